package outbox

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

func TestDrain(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		takes time.Duration // of each send
		state string        // of the row in flight
		lasts time.Duration
	}{
		{"a send in flight finishes", 3 * time.Second, "acked", 3 * time.Second},
		{"a send that hangs is cut off", time.Hour, "waiting", 10 * time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			bubble(t, func(t *testing.T, d *desk) {
				d.tg.answer = func(Row, int) (Outcome, time.Duration) { return Outcome{Kind: Sent}, tt.takes }
				d.run().commit(say(ann, "a"), say(ann, "b"), show(duty, "s", "card"))
				d.stop()
				synctest.Wait()
				if err := d.halt(); err != nil {
					t.Fatal(err)
				}
				if got := time.Since(d.start); got > tt.lasts+100*time.Millisecond {
					t.Errorf("stopping took %v, want %v", got, tt.lasts)
				}
				r := d.store.row("000000000001")
				if r.state != tt.state {
					t.Errorf("the row in flight is %s; want %s", r.state, tt.state)
				}
				if got := len(d.tg.all()); got != 1 {
					t.Errorf("%d attempts, want 1: nothing new is begun", got)
				}
			})
		})
	}
}

func TestTheNextProcessGoesOnAtOnce(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run()
		for i := range 30 {
			d.commit(say(duty, fmt.Sprint(i)))
		}
		d.pass(time.Second)
		if err := d.halt(); err != nil {
			t.Fatal(err)
		}
		sent := len(d.tg.all())
		d.run()
		if got := len(d.tg.all()); got == sent {
			t.Error("nothing sent at the start of the next process")
		}
		d.pass(5 * time.Minute)
		last := ""
		for _, a := range d.tg.all() {
			if a.ID <= last {
				t.Errorf("row %s sent after %s", a.ID, last)
			}
			last = a.ID
		}
	})
}

func TestOffersDuringAndAfterTheEnd(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.tg.answer = func(Row, int) (Outcome, time.Duration) { return Outcome{Kind: Sent}, time.Second }
		d.run().commit(say(ann, "a"))
		d.stop()
		d.commit(say(ann, "b"), alarm(ann, "fire"))
		if err := d.halt(); err != nil {
			t.Fatal(err)
		}
		if got := len(d.store.ids("waiting")); got != 2 {
			t.Errorf("%d rows offered during the end wait in the store, want 2", got)
		}
		d.commit(say(ann, "c"))
		if got := len(d.box.inbox); got != 0 {
			t.Errorf("%d rows kept after the end", got)
		}
	})
}

func TestDrainEndsWithoutTheStore(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run()
		d.store.breakDown(func(string) fault { return fails })
		for i := range 5 {
			d.commit(say(ann, fmt.Sprint(i)))
		}
		from := time.Now()
		if err := d.halt(); err == nil {
			t.Error("no error although the store does not know what was sent")
		}
		if got, limit := time.Since(from), 10*time.Second+drainTime+storeTimeout; got > limit {
			t.Errorf("stopping took %v, want at most %v", got, limit)
		}
	})
}
