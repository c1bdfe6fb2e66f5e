package store

import (
	"context"
	"testing"
	"time"

	"powerdesk/flows/talk"
)

func TestRemindersComeDueInOrderAndStayUntilTheyFired(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		late := talk.Remind{Name: "late/1123-01", At: noon.Add(2 * time.Hour), Job: "1123-01"}
		solved := talk.Remind{Name: "solved/42", At: noon.Add(time.Hour + 5*time.Nanosecond), Chat: wang}
		c := change()
		c.Reminds = []talk.Remind{late, solved}
		commit(t, s, c)

		due := func(after time.Duration, n int) []talk.Remind {
			reminders, err := s.Due(context.Background(), noon.Add(after), n)
			check(t, err)
			return reminders
		}
		same(t, "at noon", due(0, 9), nil)
		same(t, "at one", due(time.Hour+time.Millisecond, 9), []talk.Remind{solved})
		same(t, "at two", due(2*time.Hour, 9), []talk.Remind{solved, late})
		same(t, "one of them", due(2*time.Hour, 1), []talk.Remind{solved})

		fired := change()
		fired.Fired = &solved
		commit(t, s, fired)
		same(t, "after the first fired", due(2*time.Hour, 9), []talk.Remind{late})
	})
}

func TestAReminderReplacesTheOneOfItsName(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		at := func(h int) talk.Remind {
			return talk.Remind{Name: "solved/42", At: noon.Add(time.Duration(h) * time.Hour), Chat: wang}
		}
		steps := []struct {
			what   string
			change Change
			want   []talk.Remind
		}{
			{"set", Change{Reminds: []talk.Remind{at(1)}}, []talk.Remind{at(1)}},
			{"replaced", Change{Reminds: []talk.Remind{at(2)}}, []talk.Remind{at(2)}},
			{"fired as it was before", Change{Fired: &talk.Remind{Name: "solved/42", At: at(1).At}}, []talk.Remind{at(2)}},
			{"fired and set again", Change{Fired: &talk.Remind{Name: "solved/42", At: at(2).At}, Reminds: []talk.Remind{at(3)}}, []talk.Remind{at(3)}},
			{"kept, being set", Change{Reminds: []talk.Remind{{Name: "solved/42", At: at(9).At, Chat: wang, Keep: true}}}, []talk.Remind{at(3)}},
			{"taken back", Change{Reminds: []talk.Remind{{Name: "solved/42"}}}, nil},
			{"fired after all", Change{Fired: &talk.Remind{Name: "solved/42", At: at(3).At}}, nil},
			{"kept, with nothing set", Change{Reminds: []talk.Remind{{Name: "solved/42", At: at(4).At, Chat: wang, Keep: true}}}, []talk.Remind{at(4)}},
		}
		for _, step := range steps {
			c := change()
			c.Fired, c.Reminds = step.change.Fired, step.change.Reminds
			_, err := s.Commit(context.Background(), c)
			check(t, err)
			got, err := s.Due(context.Background(), noon.Add(24*time.Hour), 9)
			check(t, err)
			same(t, step.what, got, step.want)
		}
	})
}

func TestAReminderThatLostItsBodyStillFires(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		c := change()
		c.Reminds = []talk.Remind{{Name: "solved/42", At: noon, Chat: wang}}
		commit(t, s, c)
		check(t, s.client.Del(context.Background(), s.key("reminders")).Err())
		due, err := s.Due(context.Background(), noon, 9)
		check(t, err)
		same(t, "due", due, []talk.Remind{{Name: "solved/42", At: time.UnixMilli(noon.UnixMilli())}})
	})
}
