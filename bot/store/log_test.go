package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// always is before everything in the tests.
var always = noon.AddDate(0, -6, 0)

func TestTheLogGivesWhatIsNotTooOldTheOldestFirst(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		empty, err := s.Log(ctx, always, noon)
		check(t, err)
		same(t, "empty log", empty, nil)
		var want []talk.Log
		for _, at := range []time.Time{noon.AddDate(0, -3, 0), noon.AddDate(0, -1, 0), noon.Add(-time.Hour), noon} {
			c := change()
			c.Logs = []talk.Log{{At: at, Job: "1123-01", Who: "李雷", What: "claimed"}, {At: at, Who: "desk", What: "told"}}
			commit(t, s, c)
			want = append(want, c.Logs...)
		}
		for since, from := range map[time.Time]int{always: 0, noon.AddDate(0, -1, 0): 2, noon.Add(-time.Hour): 4, noon: 6} {
			lines, err := s.Log(ctx, since, noon)
			check(t, err)
			same(t, "lines since "+since.String(), lines, want[from:])
		}
		check(t, s.client.Do(ctx, "XADD", s.key("log:", "2026-11"), "*", "line", "secret").Err())
		lines, err := s.Log(ctx, noon, noon)
		named(t, err, s.key("log:", "2026-11"))
		same(t, "readable ones beside the error", len(lines), 2)
	})
}

func TestNoLineIsEverCut(t *testing.T) {
	t.Parallel()
	s := open(t, sharedURL(t))
	const all = 3 * logPage
	for range all / 100 {
		c := change()
		for i := range 100 {
			c.Logs = append(c.Logs, talk.Log{At: noon, What: fmt.Sprint(i)})
		}
		commit(t, s, c)
	}
	lines, err := s.Log(context.Background(), noon, noon)
	check(t, err)
	same(t, "lines", len(lines), all)
}

func TestOfAJobThatEndedTwiceTheLastWordCounts(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		for _, f := range []job.Fact{
			{No: "1023-01", At: noon.AddDate(0, -1, 0), Cause: "old"},
			{No: "1123-01", At: noon.Add(-2 * time.Hour), Cause: "card"},
			{No: "1123-02", At: noon.Add(-time.Hour), Cause: "fuse"},
			{No: "1123-01", At: noon, Cause: "switch"},
		} {
			c := change()
			c.Facts = []job.Fact{f}
			commit(t, s, c)
		}
		facts, err := s.Facts(context.Background(), noon.Add(-7*24*time.Hour), noon)
		check(t, err)
		same(t, "facts", facts, []job.Fact{{No: "1123-01", At: noon, Cause: "switch"}, {No: "1123-02", At: noon.Add(-time.Hour), Cause: "fuse"}})
	})
}
