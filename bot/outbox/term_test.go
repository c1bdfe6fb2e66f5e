package outbox

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"powerdesk/flows/talk"
)

// sentTwice fails for every row that was attempted more than once.
func (d *desk) sentTwice() {
	d.t.Helper()
	seen := map[string]bool{}
	for _, a := range d.tg.all() {
		if seen[a.ID] {
			d.t.Errorf("row %s sent twice", a.ID)
		}
		seen[a.ID] = true
	}
}

// away makes the store fail for a time from now on, in what the operations name.
func (d *desk) away(span time.Duration, kind fault, ops ...string) {
	from := time.Now()
	d.store.breakDown(func(op string) fault {
		for _, o := range ops {
			if time.Since(from) < span && (o == op || o == "all") {
				return kind
			}
		}
		return fine
	})
}

func TestAcksAreKeptUntilTheStoreTakesThem(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run()
		d.away(time.Hour, fails, "settle")
		d.commit(say(ann, "a"), say(bob, "b"))
		d.pass(time.Hour + 2*time.Second)
		if got := len(d.store.ids("acked")); got != 2 {
			t.Errorf("%d rows acked, want 2", got)
		}
		d.sentTwice()
	})
}

// A term may be over because the store is away: what was sent meanwhile is told to
// the store in the next, before it is asked what is to be sent.
func TestTheNextTermBeginsWithWhatTheLastCouldNotTell(t *testing.T) {
	t.Parallel()
	for name, kind := range map[string]fault{"nothing happens": fails, "the replies are lost": mute} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, func(t *testing.T, d *desk) {
				process := make(chan struct{})
				d.box = New(Options{Store: d.store, Logger: d.opts.Logger, Jitter: d.opts.Jitter})
				d.lead(process)
				d.pass(time.Second)
				d.away(time.Hour, kind, "all")
				d.commit(say(ann, "a"), show(duty, "job/1", "card"))
				d.pass(time.Second)
				if err := d.halt(); err != nil {
					t.Errorf("the term ended with %v, and the process goes on", err)
				}
				d.pass(time.Hour)
				d.lead(process).commit(show(duty, "job/1", "edited"))
				d.pass(time.Second)
				d.sentTwice()
				if got := len(d.store.ids("acked")); got != 3 {
					t.Errorf("%d rows acked, want 3", got)
				}
				if got := d.tg.calls(); got != "a(0) card(0) edited(2)" {
					t.Errorf("called %s, want an edit of the card", got)
				}
				d.away(time.Hour, fails, "all")
				d.commit(say(ann, "b"))
				d.pass(time.Second)
				close(process)
				if err := d.halt(); err == nil {
					t.Error("the process ended without a word of what it could not tell")
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
		d.away(time.Hour, fails, "settle")
		for i := range 1000 {
			d.commit(say(int64(100+i), "x"))
		}
		d.pass(time.Second)
		if got := len(d.tg.all()); got < unstoredAcks || got > unstoredAcks+64 {
			t.Errorf("%d rows sent without a stored ack, want about %d", got, unstoredAcks)
		}
		d.commit(alarm(duty, "fire"))
		all := d.tg.all()
		if got := all[len(all)-1].Say.Text; got != "fire" {
			t.Errorf("last row sent is %q, want the danger", got)
		}
	})
}

// A store that can bury nothing must not stop the rest.
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
		d.away(time.Minute, fails, "bury")
		d.commit(say(ann, "a"))
		for i := range 30 {
			d.pass(time.Second)
			d.commit(say(bob, fmt.Sprint(i)))
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

func TestANewTermReadsAllDangersFirst(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.opts.Senders = 1
		for i := range 3 * slice {
			d.store.commit("", say(int64(100+i), "x"))
		}
		d.store.commit("", alarm(duty, "fire"), say(ann, "late"))
		d.run()
		if got := d.tg.all()[0]; got.Say.Text != "fire" || !got.Ambiguous {
			t.Errorf("first %q, ambiguous %v; want the danger, which an earlier term may have sent", got.Say.Text, got.Ambiguous)
		}
		d.pass(time.Minute)
		if got := len(d.store.ids("acked")); got != 3*slice+2 {
			t.Errorf("%d rows acked, want all %d", got, 3*slice+2)
		}
		d.sentTwice()
	})
}

func TestNoMoreRowsAreTakenThanFitInMemory(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.opts.Hold = 50
		d.run()
		for i := range 300 {
			d.commit(say(int64(1+i%100), fmt.Sprint(i)))
		}
		d.pass(1500 * time.Millisecond)
		if got := d.box.Stats().Waiting; got == 0 || got > 50 {
			t.Errorf("%d rows in memory, want at most 50", got)
		}
		d.commit(alarm(duty, "fire"))
		d.store.commit("", alarm(hall, "fire"))
		before := time.Now()
		d.pass(time.Minute)
		for _, a := range d.tg.all() {
			if wait := a.Start.Sub(before); a.Class == talk.Danger && wait > poll {
				t.Errorf("a danger left after %v, want at most %v", wait, poll)
			}
		}
		if got := len(d.store.ids("acked")); got != 302 {
			t.Errorf("%d rows acked, want 302", got)
		}
		d.sentTwice()
	})
}

func TestAFullMemorySaysSo(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.opts.Hold = 50
		d.run().pass(time.Second)
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

// A process that was taken for dead wakes up: what it says is heard no more.
func TestALateWordOfAnOldTermChangesNothing(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.tg.answer = func(row Row, nth int) (Outcome, time.Duration) {
			if row.Chat == ann && nth == 0 {
				return Outcome{Kind: Gone}, 5 * time.Second
			}
			return Outcome{Kind: Sent}, 0
		}
		d.run().commit(say(ann, "a"), show(duty, "job/1", "card"))
		d.pass(time.Second)
		first, stopFirst, firstEnded := d.box, d.stop, d.ended
		d.commit(show(duty, "job/1", "newer"))
		d.run()
		d.pass(10 * time.Second)
		old := say(bob, "of an old term")
		old.ID, old.At = "000000000099", time.Now()
		first.Offer("term 1", []Row{old}, 0)
		d.pass(time.Second)
		if got := d.tg.all(); got[len(got)-1].Say.Text == "of an old term" {
			t.Error("a term that is over goes on sending")
		}
		stopFirst()
		if err := <-firstEnded; err != nil {
			t.Errorf("the old term ended with %v", err)
		}
		if r := d.store.row("000000000001"); r.state != "acked" {
			t.Errorf("the row is %s (%s): the old term has buried what the new one has sent", r.state, r.reason)
		}
		if got := d.store.slot("-1001job/1").Row.Say.Text; got != "newer" {
			t.Errorf("the slot shows %q, want the newer card", got)
		}
	})
}

// A reply of the store that is lost leaves the outcome unknown; the call is made
// again and changes nothing.
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
		d.sentTwice()
	})
}

// The reply of a commit was lost, so its rows cannot be offered: they are read
// before anything that was committed later is sent.
func TestMissedRowsAreNotOvertaken(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run().pass(time.Second)
		d.store.commit(d.owner, say(ann, "missed"))
		d.box.Missed(d.owner)
		d.commit(say(ann, "later"))
		d.pass(time.Second)
		if got, want := d.tg.texts(), "missed later"; got != want {
			t.Errorf("sent %q, want %q", got, want)
		}
	})
}

// A goroutine may come from its commit so late that its row was read meanwhile, and
// sent.
func TestARowThatIsOfferedLateIsSentOnce(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run()
		late := d.store.commit(d.owner, say(ann, "a"), alarm(ann, "fire"))
		d.pass(time.Second)
		d.box.Offer(d.owner, late, 0)
		d.pass(time.Second)
		d.sentTwice()
		if got := len(d.store.ids("acked")); got != 2 {
			t.Errorf("%d rows acked, want 2", got)
		}
	})
}

// One that waits still when it is offered is here: nothing is read anew for it, or a
// desk with a long backlog would read all of it again and again.
func TestARowThatWaitsWhenItIsOfferedIsNotReadAgain(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.tg.answer = func(Row, int) (Outcome, time.Duration) { return Outcome{Kind: Sent}, time.Minute }
		d.run()
		late := d.store.commit(d.owner, say(ann, "a"), show(duty, "job/1", "card"))
		d.pass(time.Second)
		var reads atomic.Int64
		d.store.breakDown(func(op string) fault {
			if op == "rows" {
				reads.Add(1)
			}
			return fine
		})
		d.box.Offer(d.owner, late, 0)
		d.pass(poll - time.Millisecond)
		if got := reads.Load(); got > 1 {
			t.Errorf("%d readings within one poll, want that of the poll alone", got)
		}
		d.pass(3 * time.Minute)
		d.sentTwice()
	})
}

// A Redis that lost its latest writes and counts anew gives ids that were given
// before.
func TestARowWithAnOldIDIsSent(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run().commit(say(ann, "a"), say(ann, "b"))
		d.pass(time.Second)
		d.store.edit(func() { d.store.seq = 0 })
		d.commit(say(ann, "c"))
		d.pass(time.Second)
		if got, want := d.tg.texts(), "a b c"; got != want {
			t.Errorf("sent %q, want %q", got, want)
		}
	})
}

func TestRowsThatNobodyKnowsOfAreFound(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run().commit(say(ann, "a"))
		d.pass(time.Second)
		d.store.put(Row{ID: "000000000000", Chat: bob, Say: talk.Say{Chat: bob, Text: "stray"}, At: time.Now()})
		d.pass(2 * strayWait)
		if got, want := d.tg.texts(), "a stray"; got != want {
			t.Errorf("sent %q, want %q", got, want)
		}
	})
}

func TestAttemptsSurviveTheProcess(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.opts.Attempts = 5
		d.tg.answer = script(times(100, Outcome{Kind: Retry, Ambiguous: true})...)
		rows := d.run().commit(say(ann, "x"))
		d.pass(10 * time.Second)
		d.kill()
		d.run().pass(time.Hour)
		if r := d.store.row(rows[0].ID); r.state != "buried" || len(d.tg.all()) != 5 {
			t.Errorf("the row is %s after %d attempts, want buried after 5", r.state, len(d.tg.all()))
		}
	})
}

func TestARowOlderThanAWeekIsGivenUpWithAnAlarm(t *testing.T) {
	t.Parallel()
	for name, play := range map[string]func(d *desk){
		"in the store": func(d *desk) {
			d.store.commit("", say(ann, "old"))
			d.pass(MaxAge + time.Second)
			d.run()
		},
		"in memory": func(d *desk) {
			d.tg.answer = func(Row, int) (Outcome, time.Duration) { return Outcome{Kind: Refused}, 0 }
			rows := d.run().commit(say(ann, "first")) // refused, which closes the chat for a minute
			rows[0].ID, rows[0].Say.Text = "000000000002", "old"
			rows[0].At = time.Now().Add(30*time.Second - MaxAge)
			d.store.put(rows[0])
			d.box.Offer(d.owner, rows, 0)
			d.pass(2 * time.Minute)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, func(t *testing.T, d *desk) {
				var buried []string
				d.opts.Buried = func(row Row, reason string) { buried = append(buried, row.Say.Text+": "+reason) }
				play(d)
				d.pass(time.Second)
				if got := fmt.Sprint(buried); got != "[old: "+ReasonAge+"]" {
					t.Errorf("buried %s", got)
				}
			})
		})
	}
}
