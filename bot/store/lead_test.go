package store

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"powerdesk/flows/talk"
)

// lead asks to lead for a minute, which no test outlives.
func lead(tb failer, s *Store, owner string) Leader {
	tb.Helper()
	leader, err := s.Lead(context.Background(), owner, time.Minute)
	check(tb, err)
	return leader
}

// overdue ends the lease of whoever leads, as time would.
func overdue(tb failer, s *Store) {
	tb.Helper()
	check(tb, s.client.HSet(context.Background(), s.key("root"), "until", 1).Err())
}

func TestOneLeadsAtATimeAndEveryNewTermIsHigher(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		first := lead(t, s, "a").Term
		who := func(owner string) string {
			leader := lead(t, s, owner)
			if leader.Left <= 0 || leader.Left > time.Minute {
				t.Errorf("%s has %s left", leader.Owner, leader.Left)
			}
			return fmt.Sprint(leader.Owner, " ", leader.Term-first+1)
		}
		same(t, "the first", who("a"), "a 1")
		same(t, "another meanwhile", who("b"), "a 1")
		same(t, "renewed", who("a"), "a 1")
		check(t, s.Resign(context.Background(), "b"))
		same(t, "after another resigned in vain", who("b"), "a 1")
		check(t, s.Resign(context.Background(), "a"))
		same(t, "after it resigned", who("b"), "b 2")
		overdue(t, s)
		same(t, "after the lease ran out", who("a"), "a 3")
		overdue(t, s)
		same(t, "its own lease ran out", who("a"), "a 4")
		check(t, s.client.HDel(context.Background(), s.key("root"), "owner", "until").Err())
		same(t, "forgotten by Redis", who("b"), "b 5")
	})
}

func TestOfManyWhoAskAtOnceOneLeads(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		leaders := make([]Leader, 20)
		var all sync.WaitGroup
		for i := range leaders {
			all.Go(func() { leaders[i] = lead(t, s, fmt.Sprint("desk ", i)) })
		}
		all.Wait()
		for _, leader := range leaders {
			same(t, "leader", leader.Owner, leaders[0].Owner)
			same(t, "term", leader.Term, leaders[0].Term)
		}
	})
}

func TestALeaseNeverOutlivesAClockThatWasSetBack(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		lead(t, s, "dead")
		far := time.Now().Add(time.Hour).UnixMilli()
		check(t, s.client.HSet(context.Background(), s.key("root"), "until", far).Err())
		leader := lead(t, s, "b")
		if leader.Owner != "dead" || leader.Left > time.Minute {
			t.Errorf("%s leads for %s, want the dead one for a lease at most", leader.Owner, leader.Left)
		}
	})
}

func TestAnEmptiedRedisBeginsANewTerm(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		before := lead(t, s, "a")
		check(t, s.client.Del(context.Background(), s.key("root")).Err())
		for time.Now().UnixMilli() <= before.Term { // terms are counted in milliseconds, and nobody empties Redis within one
		}
		if after := lead(t, s, "a"); after.Term <= before.Term {
			t.Errorf("term %d follows %d", after.Term, before.Term)
		}
	})
}

func TestADamagedLeaseIsNobodys(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		lead(t, s, "a")
		check(t, s.client.HSet(ctx, s.key("root"), "owner", "x", "until", "soon", "term", "first").Err())
		same(t, "given on it", len(commit(t, s, says(wang, "hello").by("a")).Rows), 0)
		same(t, "leads on it", lead(t, s, "b").Owner, "b")
	})
}

func TestACommitIsGivenNothingOnceAnotherTermHasBegun(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		given := func(owner, text string) int {
			t.Helper()
			return len(commit(t, s, says(wang, text).by(owner)).Rows)
		}
		lead(t, s, "a's first")
		same(t, "in its term", given("a's first", "1"), 1)
		same(t, "by another in its term", given("b", "2"), 0)
		overdue(t, s)
		same(t, "after its lease, while nobody else leads", given("a's first", "3"), 1)
		lead(t, s, "a's second")
		same(t, "of its term before", given("a's first", "4"), 0)
		check(t, s.Resign(context.Background(), "a's second"))
		same(t, "after it resigned", given("a's second", "5"), 0)
		lead(t, s, "b")
		same(t, "after another took over", given("a's second", "6"), 0)
		page, err := s.Rows(context.Background(), "b", "", 9)
		check(t, err)
		same(t, "what waits for the new one", told(page.Rows), []string{"1", "2", "3", "4", "5", "6"})
	})
}

// Two processes may find the same reminder due; each makes an event of it.
func TestAReminderFiresOnceHoweverManyFireIt(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		remind := talk.Remind{Name: "ladder/1123-01", At: noon, Chat: wang}
		c := change()
		c.Reminds = []talk.Remind{remind}
		commit(t, s, c)
		seen := make([]bool, 8)
		var all sync.WaitGroup
		for i := range seen {
			all.Go(func() {
				c := says(wang, "still dark?")
				c.Fired = &remind
				result, err := s.Commit(context.Background(), c)
				if err != nil {
					t.Error(err)
				}
				seen[i] = result.Seen
			})
		}
		all.Wait()
		wrote := 0
		for _, late := range seen {
			if !late {
				wrote++
			}
		}
		same(t, "commits that wrote", wrote, 1)
		same(t, "messages", told(waiting(t, s)), []string{"still dark?"})
	})
}

func TestAFullRedisStillHasALeader(t *testing.T) {
	t.Parallel()
	server := start(t)
	s := open(t, server.url())
	term := lead(t, s, "a").Term
	server.config(t, "maxmemory", "1")
	same(t, "renewed while full", lead(t, s, "a").Term, term)
	check(t, s.Resign(context.Background(), "a"))
	same(t, "handed over while full", lead(t, s, "b").Term, term+1)
}
