package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"powerdesk/flows/job"
)

func TestOpenJobsAreThoseNotClosedOrWithdrawn(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		numbers := func() []string {
			jobs, err := s.OpenJobs(ctx)
			check(t, err)
			var numbers []string
			for _, j := range jobs {
				numbers = append(numbers, j.No)
			}
			return numbers
		}
		same(t, "of none", numbers(), nil)
		for range 4 {
			c := opens()
			c.State.Session = nil
			commit(t, s, c)
		}
		for no, state := range map[string]job.State{"1123-01": job.Closed, "1123-02": job.Withdrawn, "1123-03": job.Restored} {
			c := change()
			c.State = load(t, s, 0, no)
			c.State.Jobs[no].State = state
			commit(t, s, c)
		}
		same(t, "open", numbers(), []string{"1123-03", "1123-04"})

		again := change()
		again.State = load(t, s, 0, "1123-01")
		again.State.Jobs["1123-01"].State = job.Open
		commit(t, s, again)
		same(t, "after one was opened again", numbers(), []string{"1123-01", "1123-03", "1123-04"})
	})
}

func TestAnUnreadableBodyIsNamedNotQuoted(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		commit(t, s, opens())
		second := opens()
		second.State.Session = nil
		commit(t, s, second)
		for _, body := range []string{
			`secret`, `{"phone":"secret"`, `{"chat":"secret","no":13900000000}`, `{"chat":13900000000.5,"reports":13900000000}`,
			`{"at":"secret","clocks":{"reported":"secret"}}`,
		} {
			check(t, s.client.Set(ctx, s.key("session:", wang), "1 "+body, time.Hour).Err())
			check(t, s.client.Set(ctx, s.key("job:", "1123-01"), "1 "+body, time.Hour).Err())
			_, _, err := s.Load(ctx, Want{Chat: wang})
			named(t, err, s.key("session:", wang))
			_, _, err = s.Load(ctx, Want{Job: "1123-01"})
			named(t, err, s.key("job:", "1123-01"))

			jobs, err := s.OpenJobs(ctx)
			named(t, err, s.key("job:", "1123-01"))
			same(t, "readable ones beside the error", len(jobs), 1)
		}
	})
}

// named fails unless an error names the key and nothing of its body.
func named(t *testing.T, err error, key string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), key) {
		t.Errorf("got %v, want an error that names %s", err, key)
	} else if strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "13900000000") {
		t.Errorf("the error quotes the body: %v", err)
	}
}
