package store

import (
	"context"
	"fmt"
	"testing"

	"powerdesk/flows/talk"
)

func TestTheLogGivesItsLastLinesTheOldestFirst(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		empty, err := s.Log(ctx, 3)
		check(t, err)
		same(t, "empty log", empty, nil)
		for i := range 3 {
			c := change()
			c.Logs = []talk.Log{
				{At: noon, Job: "1123-01", Who: "李雷", What: fmt.Sprint("claimed ", i)},
				{At: noon, Who: "desk", What: fmt.Sprint("told ", i)},
			}
			commit(t, s, c)
		}
		lines, err := s.Log(ctx, 3)
		check(t, err)
		same(t, "lines", lines, []talk.Log{
			{At: noon, Who: "desk", What: "told 1"},
			{At: noon, Job: "1123-01", Who: "李雷", What: "claimed 2"},
			{At: noon, Who: "desk", What: "told 2"},
		})

		_, err = s.write(ctx, "commit") // no arguments at all
		if err == nil {
			t.Error("a script without arguments was accepted")
		}
		check(t, s.client.Do(ctx, "XADD", s.key("log"), "*", "line", "secret").Err())
		lines, err = s.Log(ctx, 3)
		named(t, err, s.key("log"))
		same(t, "readable ones beside the error", len(lines), 2)
	})
}
