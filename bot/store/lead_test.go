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
	check(tb, s.client.HSet(context.Background(), s.key("leader"), "until", 1).Err())
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
		check(t, s.client.Del(context.Background(), s.key("leader")).Err())
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
		check(t, s.client.HSet(context.Background(), s.key("leader"), "until", far).Err())
		leader := lead(t, s, "b")
		if leader.Owner != "dead" || leader.Left > time.Minute {
			t.Errorf("%s leads for %s, want the dead one for a lease at most", leader.Owner, leader.Left)
		}
	})
}

func TestAnEmptiedRedisBeginsANewTerm(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		before := lead(t, s, "a")
		check(t, s.client.Del(context.Background(), s.key("leader"), s.key("term")).Err())
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
		for what, damage := range map[string]func() error{
			"of a wrong type": func() error {
				return s.client.Eval(ctx, "redis.call('DEL', KEYS[1], KEYS[2]); redis.call('SET', KEYS[1], 'x'); redis.call('LPUSH', KEYS[2], 'x'); return 1",
					[]string{s.key("leader"), s.key("term")}).Err()
			},
			"of wrong words": func() error {
				check(t, s.client.HSet(ctx, s.key("leader"), "owner", "x", "until", "soon").Err())
				return s.client.Set(ctx, s.key("term"), "first", 0).Err()
			},
		} {
			term := lead(t, s, "a").Term
			check(t, damage())
			c := says(wang, what).by("a")
			c.Term = term
			same(t, "leased on a lease "+what, len(commit(t, s, c).Rows), 0)
			same(t, "leads on a lease "+what, lead(t, s, "b").Owner, "b")
			check(t, s.Resign(ctx, "b"))
		}
	})
}

func TestACommitLeasesNothingOnceItsTermIsOver(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		leased := func(owner string, term int64, text string) int {
			t.Helper()
			c := says(wang, text).by(owner)
			c.Term = term
			rows := commit(t, s, c).Rows
			ack(t, s, owner, 1, rows...)
			return len(rows)
		}
		a := lead(t, s, "a")
		same(t, "in its term", leased("a", a.Term, "1"), 1)
		same(t, "by another in its term", leased("b", a.Term, "2"), 0)
		overdue(t, s)
		same(t, "after its lease", leased("a", a.Term, "3"), 0)
		again := lead(t, s, "a")
		same(t, "of its term before", leased("a", a.Term, "4"), 0)
		check(t, s.Resign(context.Background(), "a"))
		same(t, "after it resigned", leased("a", again.Term, "5"), 0)
		lead(t, s, "b")
		same(t, "after another took over", leased("a", again.Term, "6"), 0)
		late, err := s.LeaseIn(context.Background(), again.Term, "a", 9, time.Minute)
		check(t, err)
		same(t, "leased by the old one", len(late), 0)
		same(t, "what waits for the new one", told(lease(t, s, "b", 9)), []string{"2", "3", "4", "5"}) // four of a chat at a time
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
		same(t, "messages", told(lease(t, s, "desk", 9)), []string{"still dark?"})
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
