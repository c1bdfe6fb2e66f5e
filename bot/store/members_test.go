package store

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

func members(t *testing.T, s *Store, set string) []string {
	t.Helper()
	ids, err := s.Members(context.Background(), set, time.Time{}, 1000)
	check(t, err)
	return ids
}

// joins is a change by which somebody joins a set.
func joins(set string, ids ...string) Change {
	c := change()
	for i, id := range ids {
		c.Members = append(c.Members, talk.Member{Set: set, ID: id, At: noon.Add(time.Duration(i) * time.Second)})
	}
	return c
}

func TestASetKnowsItsMembersByTheirTime(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		commit(t, s, joins("joined/1123-01", "a", "b", "c"))
		commit(t, s, joins("joined/1123-01", "a")) // who is in it already is in it once
		commit(t, s, joins("joined/1123-02", "x"))
		leave := change()
		leave.Members = []talk.Member{{Set: "joined/1123-01", ID: "b", Gone: true}, {Set: "joined/1123-01", ID: "nobody", Gone: true}}
		commit(t, s, leave)
		same(t, "members", members(t, s, "joined/1123-01"), []string{"a", "c"})
		since, err := s.Members(ctx, "joined/1123-01", noon.Add(time.Second), 9)
		check(t, err)
		same(t, "since", since, []string{"c"})
		n, err := s.CountMembers(ctx, "joined/1123-01")
		check(t, err)
		same(t, "count", n, 2)
	})
}

func TestAFaultIsFoundAtItsPlaceWhileItIsOpen(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		place := county.Place{Town: "sangyuan", Community: "hanlin"}
		open := func(j *job.Job) string {
			c := opens()
			j.No, j.Place, j.Clocks.Reported = job.Unnumbered, place, noon
			c.State.Session, c.State.Jobs = nil, map[string]*job.Job{job.Unnumbered: j}
			return commit(t, s, c).No
		}
		fault := open(&job.Job{Kind: job.Fault, State: job.Open, Symptom: "area"})
		open(&job.Job{Kind: job.Fault, State: job.Open, Symptom: "home"})
		open(&job.Job{Kind: job.Call, State: job.Open})
		same(t, "open here", members(t, s, HereSet(place)), []string{fault})
		same(t, "elsewhere", members(t, s, HereSet(county.Place{Town: "sangyuan", Community: "x"})), nil)
		c := change()
		c.State = load(t, s, 0, fault)
		c.State.Jobs[fault].State = job.Closed
		commit(t, s, c)
		same(t, "closed", members(t, s, HereSet(place)), nil)
	})
}

// joinAll lets so many join one job, sixty-four at a time, and fails for every one
// that is not in it then.
func joinAll(tb testing.TB, s *Store, everybody int64) {
	tb.Helper()
	opening := opens()
	opening.State.Session = nil
	no := commit(tb, s, opening).No
	first := 1000 + desks.Add(1)*everybody
	var next atomic.Int64
	var all sync.WaitGroup
	for range 64 {
		all.Go(func() {
			for i := next.Add(1); i <= everybody; i = next.Add(1) {
				chat := first + i
				c := change().by("desk")
				c.State.Session = &talk.Session{Chat: chat, Follows: []string{no}, Joined: map[string]job.Report{no: {Chat: chat, Joined: true}}}
				c.Members = []talk.Member{{Set: talk.JoinedSet(no), ID: talk.Joiner(chat, words.ZH), At: noon}}
				c.Says = []talk.Say{{Chat: chat, Text: "you are on it", Class: talk.AnswerClass}}
				if _, err := s.Commit(context.Background(), c); err != nil {
					tb.Error(err) // a conflict is one, too
				}
			}
		})
	}
	all.Wait()
	n, err := s.CountMembers(context.Background(), talk.JoinedSet(no))
	check(tb, err)
	same(tb, "joined", int64(n), everybody)
}

func TestTenThousandMayJoinAtOnce(t *testing.T) {
	t.Parallel()
	joinAll(t, open(t, start(t, "--appendfsync", "no").url()), 10_000)
}

// BenchmarkJoins says how often Redis was held for more than 5 ms by ten thousand
// who join, on a machine that has nothing else to do: never.
func BenchmarkJoins(b *testing.B) {
	server := start(b, "--appendfsync", "no", "--slowlog-log-slower-than", "5000")
	s := open(b, server.url())
	raw := server.raw()
	defer raw.Close()
	for b.Loop() {
		joinAll(b, s, 10_000)
	}
	slow, err := raw.SlowLogGet(context.Background(), 100).Result()
	check(b, err)
	b.ReportMetric(float64(len(slow)), "slow-calls")
}

// cast is a change that says something to a set.
func cast(name, set string) Change {
	c := change()
	c.Broadcasts = []talk.Broadcast{{Name: name, Set: set, Until: noon.Add(time.Hour), Says: map[words.Lang]talk.Say{
		words.ZH: {Text: "来电了", Class: talk.BroadcastClass}, words.EN: {Text: "power is back", Class: talk.AnnounceClass},
	}}}
	return c
}

func spread(t *testing.T, s *Store, n int) Spreading {
	t.Helper()
	got, err := s.Spread(context.Background(), "desk", noon, n)
	check(t, err)
	return got
}

func TestABroadcastTellsEverybodyOnceInTheirLanguage(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		same(t, "none", spread(t, s, 9), Spreading{})
		var ids []string
		for chat := range int64(25) {
			ids = append(ids, talk.Joiner(chat+1, []words.Lang{words.ZH, words.EN}[chat%2]))
		}
		c := joins("set", ids...)
		for i := range c.Members {
			c.Members[i].At = noon.Add(time.Duration(i/10) * time.Second) // many of one time
		}
		commit(t, s, c)
		commit(t, s, cast("news", "set"))
		commit(t, s, cast("news", "set")) // asked for twice
		told := map[int64]string{}
		for round := 1; ; round++ {
			got := spread(t, s, 7)
			if round == 2 { // somebody who was told leaves, and somebody who was not
				c := change()
				c.Members = []talk.Member{{Set: "set", ID: ids[0], Gone: true}, {Set: "set", ID: ids[24], Gone: true}}
				commit(t, s, c)
			}
			if got.Over {
				same(t, "the end", got, Spreading{Name: "news", Page: 3, Told: 24, Over: true})
				break
			}
			if round > 9 {
				t.Fatal("it never ends")
			}
		}
		for _, row := range waiting(t, s) {
			if told[row.Chat] != "" || row.Say.Chat != row.Chat {
				t.Errorf("chat %d was told again, or as %d", row.Chat, row.Say.Chat)
			}
			told[row.Chat] = row.Say.Text
			same(t, "what it belongs to", row.Say.Of, "news")
		}
		same(t, "told", []any{len(told), told[1], told[2]}, []any{24, "来电了", "power is back"})
		same(t, "afterwards", spread(t, s, 9), Spreading{})
	})
}

func TestABroadcastIsNotSentWhenItIsTooLate(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		commit(t, s, joins("set", "1 zh", "2 zh", "3 zh"))
		commit(t, s, cast("news", "set"))
		spread(t, s, 1)
		got, err := s.Spread(context.Background(), "desk", noon.Add(2*time.Hour), 9)
		check(t, err)
		same(t, "the end", got, Spreading{Name: "news", Told: 1, Late: 2, Over: true})
		same(t, "rows", len(waiting(t, s)), 1)
		same(t, "by an old term", func() bool {
			_, err := s.Spread(context.Background(), "x", noon, 9)
			return fmt.Sprint(err) != "" && err != nil
		}(), true)
	})
}

// Whole villages are entered in one write: then nothing but the name says who comes
// next, and for whom it came too late.
func TestABroadcastKnowsItsPlaceAmongManyOfOneTime(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		c := change()
		for chat := range int64(120) { // "1 zh" stands before "10 zh", and "2 zh" behind both
			c.Members = append(c.Members, talk.Member{Set: "set", ID: talk.Joiner(chat+1, words.ZH), At: noon})
		}
		commit(t, s, c)
		commit(t, s, cast("news", "set"))
		told := map[int64]bool{}
		for range 3 {
			spread(t, s, 30)
			rows := waiting(t, s)
			for _, row := range rows {
				told[row.Chat] = true
			}
			same(t, "told once each", len(told), len(rows))
			leave := change()
			leave.Members = []talk.Member{{Set: "set", ID: talk.Joiner(rows[len(rows)-1].Chat, words.ZH), Gone: true}}
			commit(t, s, leave)
		}
		got, err := s.Spread(context.Background(), "desk", noon.Add(2*time.Hour), 30)
		check(t, err)
		same(t, "the end", got, Spreading{Name: "news", Told: 90, Late: 30, Over: true})
		n, err := s.CountMembers(context.Background(), "set")
		check(t, err)
		same(t, "members", n, 117)
	})
}
