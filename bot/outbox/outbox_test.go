package outbox

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"powerdesk/flows/talk"
)

func TestOfferedRowsLeaveAtOnceAndAreAcked(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run().commit(say(ann, "a"), say(ann, "b"))
		if got, want := d.timeline(), "a@0.0 b@0.0"; got != want {
			t.Errorf("timeline = %q, want %q", got, want)
		}
		if got := len(d.store.ids("acked")); got != 0 {
			t.Errorf("%d rows acked at once; acks gather for %v", got, linger)
		}
		d.pass(linger)
		if got := len(d.store.ids("acked")); got != 2 {
			t.Errorf("%d rows acked, want 2", got)
		}
		if got := len(d.store.acks); got != 1 {
			t.Errorf("%d ack calls, want 1", got)
		}
	})
}

func TestRowsThatNobodyOffersAreFetched(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run()
		d.pass(time.Second + time.Millisecond)
		d.store.commit("", say(ann, "a"))
		d.pass(poll)
		if got, want := d.tg.texts(), "a"; got != want {
			t.Errorf("sent %q within %v, want %q", got, poll, want)
		}
	})
}

func TestLimits(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.opts.Senders = 1
		d.run()
		d.commit(say(ann, "a1"), say(ann, "a2"), say(ann, "a3"), say(ann, "a4"), say(ann, "a5"))
		d.commit(say(bob, "b1"))
		d.pass(10 * time.Second)
		if got, want := d.timeline(), "a1@0.0 a2@0.0 a3@0.0 b1@0.0 a4@3.0 a5@3.0"; got != want {
			t.Errorf("timeline = %q, want %q", got, want)
		}
	})
}

func TestGroupLimitLeavesRoomForDangers(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run()
		for i := range 20 {
			d.commit(say(duty, fmt.Sprintf("c%d", i)))
		}
		d.pass(10 * time.Second)
		d.commit(alarm(duty, "fire"))
		d.pass(2 * time.Minute)
		at := map[string]float64{}
		for _, a := range d.tg.all() {
			at[a.Say.Text] = a.Start.Sub(d.start).Truncate(2 * groupWait).Seconds()
		}
		got := []float64{at["c0"], at["c16"], at["fire"], at["c17"], at["c18"], at["c19"]}
		if diff := cmp.Diff([]float64{0, 0, 10, 60, 60, 60}, got); diff != "" {
			t.Errorf("c0, c16, fire, c17 … (-want +got):\n%s", diff)
		}
	})
}

func TestOverallLimit(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run()
		for i := range 60 {
			d.commit(say(int64(100+i), "x"))
		}
		d.pass(10 * time.Second)
		var perSecond [4]int
		for _, a := range d.tg.all() {
			perSecond[int(a.Start.Sub(d.start)/time.Second)]++
		}
		if diff := cmp.Diff([4]int{25, 25, 10, 0}, perSecond); diff != "" {
			t.Errorf("sends in each second (-want +got):\n%s", diff)
		}
	})
}

func TestOneRowOfAChatInFlight(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.tg.answer = func(Row, int) (Outcome, time.Duration) { return Outcome{Kind: Sent}, 4 * time.Second }
		d.run().commit(say(ann, "a"), say(ann, "b"), say(ann, "c"))
		d.pass(time.Minute)
		if got, want := d.timeline(), "a@0.0 b@4.0 c@8.0"; got != want {
			t.Errorf("timeline = %q, want %q", got, want)
		}
	})
}

func TestHangingSendsDoNotHoldADanger(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.opts.Limits = Limits(0)
		d.tg.answer = func(Row, int) (Outcome, time.Duration) { return Outcome{Kind: Sent}, 15 * time.Second }
		d.run()
		for i := range 100 {
			d.commit(say(int64(100+i), "x"))
		}
		d.pass(time.Second)
		d.commit(alarm(duty, "fire"))
		all := d.tg.all()
		if got, want := len(all), 64-spareSenders+1; got != want {
			t.Fatalf("%d sends in flight, want %d", got, want)
		}
		if last := all[len(all)-1]; last.Say.Text != "fire" || last.Start.Sub(d.start) != time.Second {
			t.Errorf("last send is %q, want fire at once", last.Say.Text)
		}
	})
}

func TestDangerPassesALargeBacklog(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		rows := make([]Row, 1000)
		for i := range rows {
			rows[i] = say(int64(100+i%300), "x")
		}
		d.store.commit("", rows...)
		d.run()
		d.pass(3 * time.Second)
		before := len(d.tg.all())
		d.commit(alarm(duty, "fire"))
		all := d.tg.all()
		if got := all[len(all)-1]; got.Say.Text != "fire" || len(all) != before+1 {
			t.Errorf("after the danger %d rows left, the last %q; want the danger alone", len(all)-before, got.Say.Text)
		}
	})
}

func TestASlotWaitsForItsStoredAckAndThenEdits(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run()
		d.store.breakDown(func(op string) fault {
			if op == "settle" && time.Since(d.start) < 5*time.Second {
				return fails
			}
			return fine
		})
		d.commit(show(ann, "job/1", "v1"))
		d.commit(show(ann, "job/1", "v2"), say(ann, "a"))
		d.commit(show(ann, "job/1", "v3"))
		d.pass(4 * time.Second)
		if got, want := d.tg.texts(), "v1"; got != want {
			t.Fatalf("sent %q while the ack could not be stored, want %q", got, want)
		}
		d.pass(10 * time.Second)
		if got, want := d.tg.texts(), "v1 v3 a"; got != want {
			t.Fatalf("sent %q, want %q", got, want)
		}
		if got := d.tg.all()[1].Message; got != 1 {
			t.Errorf("v3 was sent with message %d, want an edit of message 1", got)
		}
		if r := d.store.row("000000000002"); r.state != "acked" || !r.unsent {
			t.Errorf("v2 is %s, unsent %v; want acked unsent", r.state, r.unsent)
		}
		if got := d.box.Stats().Replaced; got != 1 {
			t.Errorf("Replaced = %d, want 1", got)
		}
	})
}

func TestADangerThatOvertookItsOlderWordsDropsThem(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.tg.answer = func(Row, int) (Outcome, time.Duration) { return Outcome{Kind: Sent}, time.Second }
		d.run()
		d.store.commit("", show(duty, "s", "card"))
		d.commit(urgentShow("s", "wire down"))
		d.pass(time.Minute)
		if got, want := d.tg.texts(), "wire down"; got != want {
			t.Errorf("sent %q, want %q", got, want)
		}
		if r := d.store.row("000000000001"); r.state != "acked" || !r.unsent {
			t.Errorf("the older words are %s, unsent %v; want acked unsent", r.state, r.unsent)
		}
	})
}

func TestRowsOfAStandbyAreNotOvertaken(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run()
		d.commit(say(ann, "first"))
		d.pass(poll / 2)
		d.store.commit("", say(ann, "second"))
		d.commit(say(ann, "third"))
		d.pass(time.Second)
		if got, want := d.tg.texts(), "first second third"; got != want {
			t.Errorf("sent %q, want %q", got, want)
		}
	})
}

func TestCommitsOfferedInTheWrongOrderAreNotMixedUp(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run().commit(say(duty, "first"))
		second := d.store.commit(d.owner, say(duty, "second"))
		third := d.store.commit(d.owner, say(duty, "third"))
		d.box.Offer(d.owner, third, 0)
		d.pass(groupWait / 2)
		d.box.Offer(d.owner, second, 0)
		d.pass(time.Second)
		if got, want := d.tg.texts(), "first second third"; got != want {
			t.Errorf("sent %q, want %q", got, want)
		}
	})
}

func TestASenderThatPanicsCostsOneRow(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		var log bytes.Buffer
		d.opts.Logger = slog.New(slog.NewTextHandler(&log, nil))
		d.tg.answer = func(row Row, _ int) (Outcome, time.Duration) {
			if row.Say.Text == "bad" {
				d.tg.mu.Unlock()
				panic("keyboard of Zhang San")
			}
			return Outcome{Kind: Sent}, 0
		}
		d.run()
		rows := d.commit(say(ann, "bad"), say(ann, "good"))
		d.pass(time.Second)
		if text := log.String(); strings.Contains(text, "Zhang") || !strings.Contains(text, "outbox_test.go") {
			t.Errorf("the log must say where the panic was, and not its words:\n%s", text)
		}
		if r := d.store.row(rows[0].ID); r.state != "buried" || r.reason != ReasonBug {
			t.Errorf("the row is %s (%s), want buried (%s)", r.state, r.reason, ReasonBug)
		}
		if got, want := d.tg.texts(), "good"; got != want {
			t.Errorf("sent %q, want %q", got, want)
		}
	})
}

func TestStatsSayWhatWaits(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run().commit(say(ann, "a"), say(ann, "b"), say(ann, "c"), say(ann, "d"), say(ann, "e"))
		d.pass(sweepEvery)
		got := d.box.Stats()
		if diff := cmp.Diff(Stats{Sent: 3, Waiting: 2, Leaving: 2, Oldest: time.Unix(0, d.start.UnixNano())}, got); diff != "" {
			t.Errorf("stats (-want +got):\n%s", diff)
		}
		d.pass(5 * time.Second)
		if diff := cmp.Diff(Stats{Sent: 5}, d.box.Stats()); diff != "" {
			t.Errorf("stats at the end (-want +got):\n%s", diff)
		}
	})
}

func TestMemoryReturnsToNothing(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.opts.Limits = Limits(25)
		l := newLoop(context.Background(), New(d.opts), Term{})
		defer l.cancel()
		for i := range 2000 {
			l.place(&entry{Row: Row{ID: fmt.Sprint(i), Chat: int64(1000 + i)}, rank: fmt.Sprint(i)}, time.Now())
		}
		for len(l.waiting) > 0 {
			l.forget(Row{ID: "a later one", Chat: l.waiting[0].chat}, time.Now())
		}
		l.confirm(l.book)
		time.Sleep(2 * time.Minute) // the bubble's clock: takes no time
		l.sweep(time.Now())
		if len(l.lanes)+len(l.waiting)+len(l.held) != 0 {
			t.Errorf("%d lanes, %d waiting, %d rows held after all is done", len(l.lanes), len(l.waiting), len(l.held))
		}
	})
}

func TestLogNamesNoPerson(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		var log bytes.Buffer
		d.opts.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		d.opts.LogKey = []byte("key")
		const person = 7_999_888_777
		d.tg.answer = func(Row, int) (Outcome, time.Duration) { return Outcome{Kind: Bug}, 0 }
		d.run().commit(say(person, "Zhang San, 13800001111"), say(duty, "card"), classed(person, talk.EditClass, "x"))
		d.pass(time.Second)
		if err := d.halt(); err != nil {
			t.Fatal(err)
		}
		text := log.String()
		for _, canary := range []string{"7999888777", "Zhang", "13800001111"} {
			if strings.Contains(text, canary) {
				t.Errorf("the log holds %q:\n%s", canary, text)
			}
		}
		for _, want := range []string{"chat=-1001", "row=000000000001", d.box.chatName(person)} {
			if !strings.Contains(text, want) {
				t.Errorf("the log lacks %q:\n%s", want, text)
			}
		}
	})
}
