package app

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"powerdesk/bot/outbox"
	"powerdesk/bot/store"
	"powerdesk/flows/talk"
)

// deaf is a store whose answers may get lost: it does what it is asked, and says
// that it is away. It knows again what it has done, as the real one does.
type deaf struct {
	*oneState
	lost, away bool
	tries      int
	ops        []string // that were done
}

func (d *deaf) Commit(_ context.Context, c store.Change) (store.Result, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tries++
	if d.away {
		return store.Result{}, store.ErrUnavailable
	}
	if slices.Contains(d.ops, c.Op) {
		return store.Result{Again: true}, nil
	}
	d.ops = append(d.ops, c.Op)
	d.changes = append(d.changes, c)
	if d.lost {
		return store.Result{}, store.ErrUnavailable
	}
	return store.Result{Rows: []store.Row{{ID: c.Event}}}, nil
}

// handed notes the rows that an outbox is offered.
type handed struct {
	nowhere
	mu  sync.Mutex
	ids []string
}

func (h *handed) Missed(string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ids = append(h.ids, "missed")
}

func (h *handed) Offer(_ string, rows []outbox.Row, _ int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range rows {
		h.ids = append(h.ids, r.ID)
	}
}

// What was stored though the answer was lost goes out before what was said after
// it, whichever event comes again first.
func TestAReplyThatWasLostIsAskedForFirst(t *testing.T) {
	t.Parallel()
	for _, again := range []string{"first", "second"} {
		t.Run(again+" comes again first", func(t *testing.T) {
			t.Parallel()
			b := newBare(t)
			kept, out := &deaf{oneState: b.store, lost: true}, &handed{}
			b.App.store = kept
			b.out = out
			comes := func(id string) error {
				e := from(talk.Text, privateChat)
				e.ID = id
				return b.Handle(t.Context(), e)
			}
			if err := comes("first"); !errors.Is(err, store.ErrUnavailable) {
				t.Fatalf("the answer was lost, and the event ended with %v", err)
			}
			kept.lost, kept.away = false, true
			if err := comes("second"); !errors.Is(err, store.ErrUnavailable) {
				t.Fatalf("the store was away, and the event ended with %v", err)
			}
			kept.away = false
			if err := comes(again); err != nil {
				t.Fatal(err)
			}
			if want := map[string][]string{"first": {"missed"}, "second": {"missed", "second"}}[again]; !slices.Equal(out.ids, want) || len(b.store.changes) != len(want) {
				t.Errorf("handed out %v after %d changes, want %v", out.ids, len(b.store.changes), want)
			}
			if len(b.uncertain.all) > 0 {
				t.Errorf("%d are uncertain still", len(b.uncertain.all))
			}
		})
	}
}

// A conflict means that it was not stored: it is not asked for again, and holds
// nobody up.
func TestAnUncertainCommitThatMeetsAConflictIsOver(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	answer := store.ErrUnavailable
	b.store.refuse = func(c store.Change) error {
		if c.Event == "e" {
			return answer
		}
		return nil
	}
	if err := b.Handle(t.Context(), from(talk.Text, privateChat)); err == nil || len(b.uncertain.all) != 1 {
		t.Fatalf("%d uncertain after %v, want one", len(b.uncertain.all), err)
	}
	answer = store.ErrConflict
	other := from(talk.Text, privateChat)
	other.ID = "other"
	if err := b.Handle(t.Context(), other); err != nil || len(b.uncertain.all) > 0 {
		t.Errorf("%d uncertain, and the next event ended with %v", len(b.uncertain.all), err)
	}
}

// Each question to a store that hangs takes seconds: whoever waited behind one
// takes its answer.
func TestWhoWaitedBehindAFailureAsksNoSecondTime(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	kept := &deaf{oneState: b.store, away: true}
	b.App.store = kept
	b.uncertain.add(decision{change: store.Change{Event: "x", Op: "x"}})
	for name, c := range map[string]struct {
		failed time.Time
		tries  int
	}{
		"one that failed meanwhile": {time.Now().Add(time.Hour), 0},
		"one that failed before":    {time.Now().Add(-time.Hour), 1},
	} {
		b.uncertain.failed, b.uncertain.why, kept.tries = c.failed, store.ErrUnavailable, 0
		if _, err := b.settleUncertain(t.Context(), ""); !errors.Is(err, store.ErrUnavailable) || kept.tries != c.tries {
			t.Errorf("%s: asked %d times, and ended with %v; want %d", name, kept.tries, err, c.tries)
		}
	}
}
