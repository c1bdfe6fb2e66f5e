package store

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"testing"

	"powerdesk/flows/talk"
)

// fill makes a backlog of rows, ten in each chat.
func fill(tb testing.TB, s *Store, rows int) {
	tb.Helper()
	for first := 0; first < rows; first += 500 {
		c := change()
		for i := range 500 {
			c.Says = append(c.Says, talk.Say{Chat: int64(1 + (first+i)/10), Text: "planned outage", Class: talk.AnnounceClass})
		}
		commit(tb, s, c)
	}
}

var callsOf = regexp.MustCompile(`cmdstat_[^:]+:calls=(\d+)`)

func TestTheWorkOfACallDependsOnItsBatchNotOnTheBacklog(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	work := func(backlog int) map[string]int {
		server := start(t, "--appendfsync", "no")
		raw := server.raw()
		defer raw.Close()
		s := open(t, server.url())
		fill(t, s, backlog)
		var rows []Row
		calls := map[string]int{}
		for _, step := range []struct {
			name string
			do   func()
		}{
			{"rows", func() {
				page, err := s.Rows(ctx, "desk", "", 100)
				check(t, err)
				rows = page.Rows
			}},
			{"ack", func() { ack(t, s, 1, rows[:50]...) }},
			{"bury", func() { bury(t, s, "blocked", rows[50]) }},
			{"commit", func() { commit(t, s, says(1, "answer").by("desk")) }},
			{"backlog", func() {
				if _, err := s.Backlog(ctx); err != nil {
					t.Fatal(err)
				}
			}},
		} {
			check(t, raw.ConfigResetStat(ctx).Err())
			step.do()
			for _, match := range callsOf.FindAllStringSubmatch(raw.Info(ctx, "commandstats").Val(), -1) {
				n, _ := strconv.Atoi(match[1])
				calls[step.name] += n
			}
		}
		return calls
	}
	small, large := work(1_000), work(20_000)
	same(t, "commands inside each script with a backlog twenty times as long", large, small)
	for _, name := range []string{"rows", "ack", "bury", "commit"} {
		if small[name] < 3 {
			t.Errorf("%s: %s", name, fmt.Sprint("only ", small[name], " commands counted: the statistics miss the scripts"))
		}
	}
}
