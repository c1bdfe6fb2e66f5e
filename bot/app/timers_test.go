package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"powerdesk/bot/store"
	"powerdesk/flows/talk"
)

// fired names the reminders that reached the crew.
func (b *bare) fired() []string {
	var names []string
	for _, e := range b.crew.given() {
		names = append(names, e.Timer.Name)
	}
	return names
}

func reminds(names ...string) []talk.Remind {
	var all []talk.Remind
	for _, name := range names {
		all = append(all, talk.Remind{Name: name, At: evening})
	}
	return all
}

func TestAReminderThatFailsDoesNotHoldUpTheOthers(t *testing.T) {
	t.Parallel()
	for what, fail := range map[string]func(*bare){
		"with an error": func(b *bare) {
			b.store.refuse = func(c store.Change) error {
				if c.Fired.Name == "duty/bad" {
					return errors.New("damaged")
				}
				return nil
			}
		},
		"with a panic": func(b *bare) {
			b.crew.do = func(t *talk.Turn) {
				if t.E.Timer.Name == "duty/bad" {
					panic("王桂兰")
				}
			}
		},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			b := newBare(t)
			fail(b)
			b.store.due = reminds("duty/bad", "duty/good")
			failed := map[string]time.Time{}
			look := func(want string) {
				t.Helper()
				before := len(b.fired())
				if err := b.fire(t.Context(), failed); err != nil {
					t.Fatal(err)
				}
				if got := strings.Join(b.fired()[before:], " "); got != want {
					t.Errorf("handled %q, want %q", got, want)
				}
			}
			look("duty/bad duty/good")
			b.clock.Advance(tick)
			look("duty/good") // the store of this test never takes one away
			b.clock.Advance(retryAfter)
			look("duty/bad duty/good")
			if strings.Contains(b.log.String(), "王桂兰") {
				t.Errorf("the log quotes what the flows panicked with:\n%s", b.log)
			}
		})
	}
}

func TestManyRemindersThatFailDoNotCrowdOutTheOthers(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	b.store.refuse = func(c store.Change) error {
		if c.Fired.Name != "duty/good" {
			return errors.New("damaged")
		}
		return nil
	}
	for i := range 2 * dueAtOnce {
		b.store.due = append(b.store.due, reminds(fmt.Sprint("duty/bad/", i))...)
	}
	b.store.due = append(b.store.due, reminds("duty/good")...)
	failed := map[string]time.Time{}
	for range 3 {
		if err := b.fire(t.Context(), failed); err != nil {
			t.Fatal(err)
		}
	}
	if got := b.fired(); got[len(got)-1] != "duty/good" {
		t.Errorf("after three looks the good one has not come: %q", got)
	}
}

// The store keeps milliseconds, and what comes due is compared in nanoseconds:
// an event that were earlier than its reminder would find nothing due. And a
// reminder that is set for the same instant again is another event, or the store
// would take it for one that has been handled.
func TestAReminderIsNeverEarlyAndNeverTheSameTwice(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	b.store.due = []talk.Remind{{Name: "duty/a", At: evening.Add(900 * time.Microsecond)}}
	failed := map[string]time.Time{}
	for range 2 {
		if err := b.fire(t.Context(), failed); err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(tick)
	}
	events := b.crew.given()
	if len(events) != 2 || events[0].At.Before(events[0].Timer.At) || events[0].ID == events[1].ID {
		t.Errorf("the reminder of %v came as %v at %v and as %v", events[0].Timer.At, events[0].ID, events[0].At, events[1].ID)
	}
}

func TestRemindersWaitForTheStore(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	b.store.due = reminds("duty/a", "duty/b")
	b.store.refuse = func(store.Change) error { return store.ErrUnavailable }
	failed := map[string]time.Time{}
	if err := b.fire(t.Context(), failed); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("got %v, want ErrUnavailable", err)
	}
	b.store.refuse = nil
	if err := b.fire(t.Context(), failed); err != nil {
		t.Fatal(err)
	}
	if len(b.store.changes) != 2 {
		t.Errorf("%d reminders were stored, want both at once", len(b.store.changes))
	}
}

func TestTheStartIsAnEventThatWaitsForTheStore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBare(t)
		away := 3
		b.store.refuse = func(store.Change) error {
			if away--; away >= 0 {
				return store.ErrUnavailable
			}
			return nil
		}
		b.Boot(t.Context())
		events := b.crew.given()
		if len(events) != 4 || len(b.store.changes) != 1 {
			t.Fatalf("handled %d times and stored %d times, want 4 and 1", len(events), len(b.store.changes))
		}
		for _, e := range events {
			if e.Kind != talk.Due || e.Timer.Name != "duty/boot" || e.Timer.Chat != 0 || e.ID != events[0].ID {
				t.Errorf("the start is %+v", e)
			}
		}
	})
}

func TestEveryStartIsAnotherEvent(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	for range 2 {
		b.Boot(t.Context())
	}
	if events := b.crew.given(); events[0].ID == events[1].ID {
		t.Errorf("both starts are event %q", events[0].ID)
	}
}

func TestADeskThatStopsDoesNotWaitForItsStart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBare(t)
		b.store.refuse = func(store.Change) error { return store.ErrUnavailable }
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { b.Boot(ctx); close(ended) }()
		synctest.Wait()
		stop()
		<-ended
	})
}

// A reminder of the crew belongs to no chat. Many of them, at once with the
// talks of people, must neither meet each other nor leave a session behind.
func TestRemindersOfNobodyLeaveNoSessionAndMeetNobody(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).openFor(&notingCrew{do: func(t *talk.Turn) { t.S.Opened = true }})
		ctx := s.soon()
		change := store.Change{Event: "set", Op: "set", At: evening, Reminds: reminds("duty/a", "duty/b", "duty/c")}
		if _, err := founded(t, s.desk.Store).Commit(ctx, change); err != nil {
			t.Fatal(err)
		}
		s.until("all are handled", func() bool {
			due, err := s.desk.Store.Due(ctx, evening, 9)
			return err == nil && len(due) == 0
		})
		state, _, err := s.desk.Store.Load(ctx, store.Want{})
		if err != nil {
			t.Fatal(err)
		}
		if state.Session.Rev != 0 || state.Session.Opened {
			t.Errorf("nobody has a session: %+v", state.Session)
		}
		if !strings.Contains(s.metrics(), "powerdesk_conflicts_total 0") {
			t.Error("reminders of nobody met each other")
		}
	})
}

func TestARunningDeskHasStarted(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t))
	c := &notingCrew{}
	s.openFor(c)
	s.until("the crew is told", func() bool { return len(c.given()) > 0 })
	s.halt()
	if got := c.given(); len(got) != 1 || got[0].Timer.Name != bootName {
		t.Errorf("the crew was told %+v, want the start once", got)
	}
}
