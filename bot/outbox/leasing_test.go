package outbox

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestLeasesAreExtendedWhileRowsWait(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run()
		for i := range 40 {
			d.commit(say(duty, fmt.Sprint(i)))
		}
		for range 100 {
			d.pass(time.Second)
			for _, id := range d.store.ids("leased") {
				if r := d.store.row(id); !r.until.After(time.Now()) {
					t.Fatalf("the lease of row %s ran out while it waited", id)
				}
			}
		}
		d.pass(time.Minute)
		if got := len(d.tg.all()); got != 40 {
			t.Errorf("%d attempts for 40 rows", got)
		}
	})
}

func TestAStoreThatIsAwayStopsSendingBeforeTheLeasesEnd(t *testing.T) {
	t.Parallel()
	for _, kind := range []fault{fails, mute} {
		t.Run(fmt.Sprint(kind), func(t *testing.T) {
			t.Parallel()
			bubble(t, func(t *testing.T, d *desk) {
				d.run()
				d.pass(time.Second)
				from := time.Now()
				d.store.breakDown(func(string) fault {
					if since := time.Since(from); since > 0 && since < time.Minute {
						return kind
					}
					return fine
				})
				for i := range 40 {
					d.commit(say(ann, fmt.Sprint(i)))
				}
				d.pass(5 * time.Minute)
				for _, a := range d.tg.all() {
					since := a.Start.Sub(from)
					if since > 2*d.box.opts.Lease/3 && since < time.Minute {
						t.Errorf("row %s sent %v after the store went away, on a lease that may have run out", a.Say.Text, since)
					}
				}
				if got := len(d.store.ids("acked")); got != 40 {
					t.Errorf("%d rows acked, want 40", got)
				}
				if got := len(d.tg.all()); got != 40 {
					t.Errorf("%d attempts for 40 rows: none was ambiguous", got)
				}
				var last string
				for _, a := range d.tg.all() {
					if a.ID < last {
						t.Errorf("row %s sent after %s", a.ID, last)
					}
					last = a.ID
				}
			})
		})
	}
}

func TestAcksAreKeptUntilTheStoreTakesThem(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run()
		from := time.Now()
		d.store.breakDown(func(op string) fault {
			if op == "ack" && time.Since(from) < time.Hour {
				return fails
			}
			return fine
		})
		d.commit(say(ann, "a"), say(bob, "b"))
		d.pass(time.Hour + 2*time.Second)
		if got := len(d.store.ids("acked")); got != 2 {
			t.Errorf("%d rows acked, want 2", got)
		}
		if got := len(d.tg.all()); got != 2 {
			t.Errorf("%d attempts, want 2", got)
		}
	})
}

// A term may be over because the store is away: what was sent meanwhile is told
// to the store when it is back, or the next process would send it again.
func TestAnOutboxThatEndedStillStoresItsAcks(t *testing.T) {
	t.Parallel()
	for what, stopping := range map[string]bool{"while the process lives": false, "not beyond its end": true} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			bubble(t, func(t *testing.T, d *desk) {
				end := make(chan struct{})
				d.opts.Stopping = end
				d.run()
				from := time.Now()
				d.commit(say(ann, "a"))
				d.store.breakDown(func(string) fault {
					if time.Since(from) < time.Hour {
						return fails
					}
					return fine
				})
				d.stop()
				if stopping {
					close(end)
				}
				d.pass(time.Hour + 2*time.Second)
				err := d.halt()
				if acked := len(d.store.ids("acked")) == 1; acked == stopping || (err != nil) != stopping {
					t.Errorf("the ack is stored: %v, and the run ended with %v", acked, err)
				}
			})
		})
	}
}

func TestUnstoredAcksHoldAllButDangers(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.opts.Limits = Limits(0)
		d.run()
		d.store.breakDown(func(op string) fault {
			if op == "ack" {
				return fails
			}
			return fine
		})
		for i := range 1000 {
			d.commit(say(int64(100+i), "x"))
		}
		d.pass(time.Second)
		if got := len(d.tg.all()); got < unstoredAcks || got > unstoredAcks+16 {
			t.Errorf("%d rows sent without a stored ack, want about %d", got, unstoredAcks)
		}
		d.commit(alarm(duty, "fire"))
		all := d.tg.all()
		if got := all[len(all)-1].Say.Text; got != "fire" {
			t.Errorf("last row sent is %q, want the danger", got)
		}
	})
}

// A store that can bury nothing (Redis out of memory) must not stop the rest.
func TestOneRefusedCallDoesNotStopTheOthers(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.tg.answer = func(row Row, _ int) (Outcome, time.Duration) {
			if row.Chat == ann {
				return Outcome{Kind: Gone}, 0
			}
			return Outcome{Kind: Sent}, 0
		}
		d.run()
		from := time.Now()
		d.store.breakDown(func(op string) fault {
			if op == "bury" && time.Since(from) < time.Minute {
				return fails
			}
			return fine
		})
		d.commit(say(ann, "a"))
		for i := range 30 {
			d.pass(time.Second)
			d.store.commit("", 0, say(bob, fmt.Sprint(i)))
		}
		d.pass(10 * time.Second)
		if got := len(d.store.ids("acked")); got != 30 {
			t.Errorf("%d rows acked beside the refused call, want 30", got)
		}
		d.pass(time.Minute)
		if got := len(d.store.ids("buried")); got != 1 {
			t.Errorf("%d rows buried in the end, want 1", got)
		}
	})
}

func TestRowsOfADeadProcessComeBack(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.store.commit("dead process", 10*time.Second, say(ann, "old"))
		d.run().commit(say(ann, "new"), alarm(ann, "fire"), say(bob, "other"))
		d.pass(9 * time.Second)
		if all := d.tg.all(); len(all) != 2 || strings.Contains(d.tg.texts(), "new") {
			t.Fatalf("sent %q while the dead process's lease runs, want the danger and the other chat", d.tg.texts())
		}
		d.pass(reapEvery + 2*time.Second)
		if got, want := d.tg.texts(), " old new"; !strings.HasSuffix(got, want) {
			t.Errorf("sent %q, want at the end %q", got, want)
		}
		if old := d.tg.all()[2]; !old.Ambiguous {
			t.Error("the sender is not told that the dead process may have sent the row")
		}
	})
}

func TestNoMoreRowsAreTakenThanFitInMemory(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.opts.Hold = 50
		var rows []Row
		for i := range 300 {
			rows = append(rows, say(int64(1+i%100), "x"))
		}
		d.store.commit("", 0, rows...)
		d.run()
		d.pass(2 * time.Second)
		if got := len(d.store.ids("leased")); got > 50+10 {
			t.Errorf("%d rows leased, want about 50", got)
		}
		d.store.commit("", 0, alarm(duty, "fire"))
		before := time.Now()
		d.pass(time.Minute)
		for _, a := range d.tg.all() {
			if wait := a.Start.Sub(before); a.Say.Text == "fire" && wait > poll {
				t.Errorf("the danger in the store left after %v, want at most %v", wait, poll)
			}
		}
		if got := len(d.store.ids("acked")); got != 301 {
			t.Errorf("%d rows acked, want 301", got)
		}
	})
}

// Rows that commits offer have no other bound than that commits look first.
func TestAFullMemorySaysSo(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.opts.Hold = 50
		d.run()
		var rows []Row
		for i := range 200 {
			rows = append(rows, say(int64(1+i), "x"))
		}
		d.commit(rows...)
		d.pass(2 * time.Second)
		if !d.box.Full() {
			t.Error("150 rows wait in memory, and there is room")
		}
		d.pass(time.Minute)
		if d.box.Full() {
			t.Error("all is sent, and there is no room")
		}
	})
}

// When the leases have run out and the store is back, the rows must go back to
// it before anything newer is sent.
func TestNothingOvertakesRowsWhoseLeaseLapsed(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run()
		from := time.Now()
		d.store.breakDown(func(string) fault {
			if time.Since(from) < time.Minute {
				return fails
			}
			return fine
		})
		for i := range 10 {
			d.commit(say(ann, fmt.Sprint(i)))
		}
		d.pass(time.Minute - time.Millisecond)
		for i := range 200 {
			d.commit(say(ann, fmt.Sprint(10+i)))
			d.pass(10 * time.Millisecond)
		}
		d.pass(10 * time.Minute)
		last := ""
		for _, a := range d.tg.all() {
			if a.ID <= last {
				t.Fatalf("row %s sent after %s", a.ID, last)
			}
			last = a.ID
		}
		if got := len(d.store.ids("acked")); got != 210 {
			t.Errorf("%d rows acked, want 210", got)
		}
	})
}

// A process that was cut off for longer than its leases must not send what
// another has sent meanwhile.
func TestAProcessThatWasCutOffSendsNothingTwice(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run()
		for i := range 20 {
			d.commit(say(duty, fmt.Sprint(i))) // the last three wait for the next minute
		}
		first, stopFirst := d.dead, d.stop
		defer stopFirst()
		d.pass(time.Second)
		first.Store(true)
		d.run()
		d.pass(50 * time.Second)
		first.Store(false)
		d.pass(time.Minute)
		all := d.tg.all()
		if len(all) != 20 || all[19].Process != "process 2" {
			t.Errorf("sent %q, the last by %s; want 20 rows, the last by process 2", d.tg.texts(), all[len(all)-1].Process)
		}
		if got := len(d.store.ids("acked")); got != 20 {
			t.Errorf("%d rows acked, want 20", got)
		}
	})
}

// A row that was committed before older ones of its chat were back in the store,
// and is offered just after, must not overtake them.
func TestARowOfferedLateDoesNotOvertakeRowsGivenBack(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run()
		for i := range 5 {
			d.commit(say(ann, fmt.Sprint(i)))
		}
		from := time.Now()
		d.store.breakDown(func(string) fault {
			if time.Since(from) < 30*time.Second {
				return fails
			}
			return fine
		})
		d.pass(25 * time.Second)
		late := d.store.commit(d.box.opts.Owner, d.box.opts.Lease, say(ann, "late"))
		for d.store.row("000000000005").state == "leased" {
			d.pass(time.Millisecond)
		}
		d.box.Offer(late)
		d.pass(time.Minute)
		if got, want := d.tg.texts(), "0 1 2 3 4 late"; got != want {
			t.Errorf("sent %q, want %q", got, want)
		}
	})
}

// A reply of the store that is lost leaves the outcome unknown; the call is
// made again and changes nothing.
func TestLostRepliesDoubleNothing(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		calls := 0
		d.run()
		d.store.breakDown(func(string) fault {
			if calls++; calls%3 == 0 {
				return mute
			}
			return fine
		})
		for i := range 60 {
			d.commit(say(int64(1+i%5), fmt.Sprint(i)), show(duty, "s", fmt.Sprint(i)))
			d.pass(time.Second)
		}
		d.pass(5 * time.Minute)
		if got := len(d.store.ids("acked")); got != 120 {
			t.Errorf("%d rows acked, want 120", got)
		}
		seen := map[string]bool{}
		for _, a := range d.tg.all() {
			if seen[a.ID] {
				t.Errorf("row %s sent twice", a.ID)
			}
			seen[a.ID] = true
		}
	})
}
