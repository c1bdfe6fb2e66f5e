package outbox

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

// teller is an Ended hook that notes whose rows were given up.
type teller struct {
	mu    sync.Mutex
	told  []string
	fails int // so many calls fail
}

func (w *teller) tell(_ context.Context, row Row, _ string) error {
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
				d.opts.Ended, d.tg.answer = w.tell, script(tt.outs...)
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
		d.opts.Ended = w.tell
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
		d.opts.Ended = (&teller{fails: 1 << 20}).tell
		d.tg.answer = func(Row, int) (Outcome, time.Duration) { return Outcome{Kind: Gone}, 0 }
		d.run().commit(say(ann, "x"))
		d.pass(2 * time.Second)
		d.kill()
		w := &teller{}
		d.opts.Ended = w.tell
		d.run().pass(time.Minute)
		if got := w.texts(); got != "x" {
			t.Errorf("the next process told of %q, want of x", got)
		}
		if got := len(d.store.ids("buried")); got != 1 {
			t.Errorf("%d rows are buried, want 1", got)
		}
	})
}

// Whoever asked to hear of the delivery hears of it once it was, and before the row
// is forgotten.
func TestADeliveryIsConfirmedToWhoAskedForIt(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		w := &teller{fails: 3}
		d.opts.Ended, d.tg.answer = w.tell, script(times(2, Outcome{Kind: Retry})...)
		asked, silent := say(ann, "x"), say(ann, "y")
		asked.Say.Confirm = true
		rows := d.run().commit(asked, silent)
		if got := w.texts(); got != "" {
			t.Errorf("told of %q before it was delivered", got)
		}
		d.pass(time.Minute)
		if got := w.texts(); got != "x x x x" {
			t.Errorf("told of %q; want x, until that was stored", got)
		}
		if r := d.store.row(rows[0].ID); r.state != "acked" || len(d.tg.all()) != 4 {
			t.Errorf("the row is %s after %d calls, want acked after 4", r.state, len(d.tg.all()))
		}
	})
}
