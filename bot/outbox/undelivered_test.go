package outbox

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

// teller is an Undelivered hook that notes whose rows were given up.
type teller struct {
	mu    sync.Mutex
	told  []string
	fails int // so many calls fail
}

func (w *teller) tell(_ context.Context, row Row) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.told = append(w.told, row.Say.Text)
	if w.fails > 0 {
		w.fails--
		return errors.New("the store is away")
	}
	return nil
}

func (w *teller) texts() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.Join(w.told, " ")
}

func TestEveryRowThatIsGivenUpIsToldOnce(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		outs []Outcome
		want string
	}{
		"who is gone":                {[]Outcome{{Kind: Gone}}, "y x"},
		"what Telegram refuses":      {times(2, Outcome{Kind: Bug}), "x"},
		"what fails again and again": {times(100, Outcome{Kind: Retry, Ambiguous: true}), "x"},
		"what arrives":               {nil, ""},
		"what arrives in the end":    {times(3, Outcome{Kind: Retry}), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, func(t *testing.T, d *desk) {
				w := &teller{}
				d.opts.Undelivered, d.tg.answer = w.tell, script(tt.outs...)
				d.run().commit(say(ann, "x"), say(ann, "y"))
				d.pass(2 * time.Hour)
				if got := w.texts(); got != tt.want {
					t.Errorf("told of %q, want of %q", got, tt.want)
				}
			})
		})
	}
}

func TestNoRowIsBuriedBeforeItIsTold(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		w := &teller{fails: 1 << 20}
		d.opts.Undelivered = w.tell
		d.tg.answer = script(Outcome{Kind: Gone})
		d.run().commit(say(ann, "x"), say(bob, "other"))
		d.pass(time.Minute)
		if got := len(d.store.ids("buried")); got != 0 {
			t.Errorf("%d rows are buried and nobody was told", got)
		}
		if got := len(d.store.ids("acked")); got != 1 {
			t.Errorf("%d other rows are acked, want 1: they must not wait", got)
		}
		w.mu.Lock()
		w.fails = 0
		w.mu.Unlock()
		d.pass(5 * time.Second)
		if got := len(d.store.ids("buried")); got != 1 {
			t.Errorf("%d rows are buried once it could be told, want 1", got)
		}
		if got := len(d.tg.all()); got != 2 {
			t.Errorf("%d attempts, want 2: a row that was given up is not sent again", got)
		}
	})
}

func TestARowThatWasNotToldIsToldByTheNextProcess(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.opts.Undelivered = (&teller{fails: 1 << 20}).tell
		d.tg.answer = func(Row, int) (Outcome, time.Duration) { return Outcome{Kind: Gone}, 0 }
		d.run().commit(say(ann, "x"))
		d.pass(2 * time.Second)
		d.kill()
		w := &teller{}
		d.opts.Undelivered = w.tell
		d.run().pass(time.Minute)
		if got := w.texts(); got != "x" {
			t.Errorf("the next process told of %q, want of x", got)
		}
		if got := len(d.store.ids("buried")); got != 1 {
			t.Errorf("%d rows are buried, want 1", got)
		}
	})
}
