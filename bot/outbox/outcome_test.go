package outbox

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// script answers the attempts of the row with the text "x" one after another,
// and then, as for all other rows, with Sent.
func script(outs ...Outcome) func(Row, int) (Outcome, time.Duration) {
	return func(row Row, nth int) (Outcome, time.Duration) {
		if row.Say.Text == "x" && nth < len(outs) {
			return outs[nth], 0
		}
		return Outcome{Kind: Sent}, 0
	}
}

func times(n int, out Outcome) []Outcome {
	outs := make([]Outcome, n)
	for i := range outs {
		outs[i] = out
	}
	return outs
}

func TestOutcomes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		row      Row
		outs     []Outcome
		timeline string // of the row "x" and the ordinary row "y" behind it
		state    string
		reason   string
	}{
		{"sent", say(ann, "x"), nil, "x@0.0 y@0.0", "acked", ""},
		{"done already", say(ann, "x"), []Outcome{{Kind: Done}}, "x@0.0 y@0.0", "acked", ""},
		{"retry backs off twice as long each time", say(ann, "x"), times(3, Outcome{Kind: Retry, Ambiguous: true}), "x@0.0 x@1.0 x@3.0 x@7.0 y@7.0", "acked", ""},
		{"retry waits as long as it is told", say(ann, "x"), []Outcome{{Kind: Retry, RetryAfter: 9 * time.Second}}, "x@0.0 x@9.0 y@9.0", "acked", ""},
		{"retry of a danger holds no ordinary row", alarm(ann, "x"), times(2, Outcome{Kind: Retry}), "x@0.0 y@0.0 x@1.0 x@3.0", "acked", ""},
		{"a short flood", say(ann, "x"), []Outcome{{Kind: Flood, Chat: ann, RetryAfter: time.Second}}, "x@0.0 x@1.0 y@1.0", "acked", ""},
		{"a bug goes once more as plain text", say(ann, "x"), []Outcome{{Kind: Bug}}, "x@0.0 x@0.0 y@0.0", "acked", ""},
		{"a bug in plain text too is buried", say(ann, "x"), times(2, Outcome{Kind: Bug}), "x@0.0 x@0.0 y@0.0", "buried", ReasonBug},
		{"an outcome that is none buries nothing", say(ann, "x"), times(2, Outcome{}), "x@0.0 y@60.0 x@60.0 x@120.0", "acked", ""},
		{"a person's chat that takes nothing now", say(ann, "x"), times(3, Outcome{Kind: Refused}), "x@0.0 y@60.0 x@60.0 x@120.0 x@180.0", "acked", ""},
		{"a person who is gone", say(ann, "x"), []Outcome{{Kind: Gone}}, "x@0.0", "buried", ReasonGone},
		{"missing, though nothing was edited", show(ann, "s", "x"), times(2, Outcome{Kind: Missing}), "x@0.0 x@0.0 y@0.0", "buried", ReasonBug},
		{"moved to nowhere", say(duty, "x"), times(2, Outcome{Kind: Retarget}), "x@0.0 x@0.0 y@0.0", "buried", ReasonBug},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			bubble(t, func(t *testing.T, d *desk) {
				d.opts.Limits = Limits(0)
				d.tg.answer = script(tt.outs...)
				rows := d.run().commit(tt.row, say(tt.row.Chat, "y"))
				d.pass(5 * time.Minute)
				if got := d.timeline(); got != tt.timeline {
					t.Errorf("timeline = %q, want %q", got, tt.timeline)
				}
				if r := d.store.row(rows[0].ID); r.state != tt.state || r.reason != tt.reason {
					t.Errorf("the row is %s (%s), want %s (%s)", r.state, r.reason, tt.state, tt.reason)
				}
			})
		})
	}
}

func TestEveryKindHasANameAndAConclusion(t *testing.T) {
	t.Parallel()
	for k := Sent; k <= Fatal; k++ {
		if k.String() == "unknown" {
			t.Errorf("kind %d has no name", k)
		}
	}
	if got := (Fatal + 1).String(); got != "unknown" {
		t.Errorf("a kind after Fatal is called %q: TestOutcomes does not know it", got)
	}
}

func TestARowIsBuriedAfterTooManyAttempts(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		var buried []string
		d.opts.Buried = func(row Row, reason string) { buried = append(buried, row.Say.Text+": "+reason) }
		d.tg.answer = script(times(100, Outcome{Kind: Retry, Ambiguous: true})...)
		rows := d.run().commit(say(ann, "x"), say(ann, "y"))
		d.pass(65 * time.Minute) // 1 s + 2 s + … + 256 s + 11 × 5 min
		if got, want := len(d.tg.all()), 20+1; got != want {
			t.Errorf("%d attempts, want %d: twenty and the row behind", got, want)
		}
		if r := d.store.row(rows[0].ID); r.state != "buried" || r.reason != ReasonAttempts {
			t.Errorf("the row is %s (%s), want buried (%s)", r.state, r.reason, ReasonAttempts)
		}
		if diff := cmp.Diff([]string{"x: " + ReasonAttempts}, buried); diff != "" {
			t.Errorf("hook (-want +got):\n%s", diff)
		}
		if got := d.box.Stats(); got.Buried != 1 || got.Retried != 19 {
			t.Errorf("stats = %+v, want 1 buried and 19 retried", got)
		}
	})
}

func TestAnHourWithoutNetworkBuriesNothing(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.tg.answer = func(Row, int) (Outcome, time.Duration) {
			if time.Since(d.start) < time.Hour {
				return Outcome{Kind: Retry}, 0
			}
			return Outcome{Kind: Sent}, 0
		}
		d.run().commit(say(ann, "x"), say(duty, "y"), alarm(duty, "fire"))
		d.pass(time.Hour + backoffCap)
		if got := len(d.store.ids("acked")); got != 3 {
			t.Errorf("%d rows delivered after an hour without network, want 3", got)
		}
	})
}

func TestARowThatFailsWhileOthersPassIsBuried(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.opts.Attempts = 3
		d.tg.answer = script(times(100, Outcome{Kind: Retry})...)
		rows := d.run().commit(say(ann, "x"))
		for range 60 {
			d.commit(say(bob, "y"))
			d.pass(time.Second)
		}
		if r := d.store.row(rows[0].ID); r.state != "buried" {
			t.Errorf("the row is %s after its own failures, want buried", r.state)
		}
	})
}

func TestGoneBuriesAllThatWaitsForAPerson(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		var gone []int64
		d.opts.Unreachable = func(row Row, _ error) { gone = append(gone, row.Chat) }
		d.tg.answer = func(row Row, _ int) (Outcome, time.Duration) {
			if row.Chat == ann {
				return Outcome{Kind: Gone}, time.Second
			}
			return Outcome{Kind: Sent}, 0
		}
		d.run().commit(say(ann, "a"), say(ann, "b"), say(bob, "c"), show(ann, "s", "d"))
		d.pass(5 * time.Second)
		if got := len(d.store.ids("buried")); got != 3 {
			t.Errorf("%d rows buried, want 3", got)
		}
		if diff := cmp.Diff([]int64{ann}, gone); diff != "" {
			t.Errorf("hook (-want +got):\n%s", diff)
		}
	})
}

func TestAGroupThatTakesNothingKeepsItsRows(t *testing.T) {
	t.Parallel()
	for _, kind := range []Kind{Gone, Refused} {
		t.Run(kind.String(), func(t *testing.T) { keepsItsRows(t, kind) })
	}
}

func keepsItsRows(t *testing.T, kind Kind) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		calls := 0
		d.opts.Unreachable = func(Row, error) { calls++ }
		d.tg.answer = func(row Row, _ int) (Outcome, time.Duration) {
			if row.Chat == duty && time.Since(d.start) < 10*time.Minute {
				return Outcome{Kind: kind}, 0
			}
			return Outcome{Kind: Sent}, 0
		}
		d.run().commit(say(duty, "a"), show(duty, "s", "b"), alarm(duty, "fire"))
		d.pass(9 * time.Minute)
		if got := len(d.tg.all()); got > 10 {
			t.Errorf("%d calls in nine minutes, want at most one a minute", got)
		}
		d.pass(3 * time.Minute)
		if got := len(d.store.ids("acked")); got != 3 {
			t.Errorf("%d rows delivered once the bot is back, want 3", got)
		}
		if calls != 1 {
			t.Errorf("told %d times that the group is gone, want once", calls)
		}
	})
}

func TestRetargetGoesOnAtTheNewID(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		var moved [][2]int64
		d.opts.Moved = func(from, to int64) { moved = append(moved, [2]int64{from, to}) }
		d.tg.answer = func(row Row, _ int) (Outcome, time.Duration) {
			if row.Chat == duty {
				return Outcome{Kind: Retarget, Chat: super}, 0
			}
			return Outcome{Kind: Sent}, 0
		}
		d.run()
		d.store.edit(func() { d.store.slots["-1001job/1"] = Ack{Message: 77} })
		d.commit(show(duty, "job/1", "card"), say(duty, "a"))
		d.pass(time.Second)
		d.commit(say(duty, "b"), show(duty, "job/1", "card again"))
		d.pass(time.Second)
		var got []attempt
		for _, a := range d.tg.all() {
			got = append(got, attempt{Row: Row{Chat: a.Chat, Message: a.Message, Say: a.Say}})
		}
		want := []attempt{
			{Row: Row{Chat: duty, Message: 77, Say: show(duty, "job/1", "card").Say}},
			{Row: Row{Chat: super, Say: show(super, "job/1", "card").Say}},
			{Row: Row{Chat: super, Say: say(super, "a").Say}},
			{Row: Row{Chat: super, Say: say(super, "b").Say}},
			{Row: Row{Chat: super, Message: 1, Say: show(super, "job/1", "card again").Say}},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("attempts (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([][2]int64{{duty, super}}, moved); diff != "" {
			t.Errorf("hook (-want +got):\n%s", diff)
		}
		if got := d.store.slot("-100999job/1").Message; got != 1 {
			t.Errorf("the slot's message at the new id is %d, want 1", got)
		}
	})
}

func TestAGroupThatMovesInACircleIsGivenUp(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		next := map[int64]int64{duty: hall, hall: duty}
		d.tg.answer = func(row Row, _ int) (Outcome, time.Duration) {
			return Outcome{Kind: Retarget, Chat: next[row.Chat]}, 0
		}
		rows := d.run().commit(alarm(duty, "a"))
		d.pass(time.Second)
		if r := d.store.row(rows[0].ID); r.state != "buried" || len(d.tg.all()) != 20 {
			t.Errorf("the row is %s after %d calls, want buried after 20", r.state, len(d.tg.all()))
		}
	})
}

func TestAGroupThatMovesTwiceIsFollowed(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.opts.Senders = 1
		next := map[int64]int64{duty: hall, hall: super}
		d.tg.answer = func(row Row, _ int) (Outcome, time.Duration) {
			if to := next[row.Chat]; to != 0 {
				return Outcome{Kind: Retarget, Chat: to}, 0
			}
			return Outcome{Kind: Sent}, 0
		}
		d.run().commit(say(duty, "a"), say(duty, "b"))
		d.store.breakDown(func(string) fault {
			if time.Since(d.start) < 20*time.Second {
				return fails
			}
			return fine
		})
		d.pass(time.Minute)
		d.commit(say(duty, "c"))
		d.pass(time.Minute)
		var chats []int64
		for _, a := range d.tg.all() {
			chats = append(chats, a.Chat)
		}
		if diff := cmp.Diff([]int64{duty, hall, super, super, super}, chats); diff != "" {
			t.Errorf("chats called (-want +got):\n%s", diff)
		}
	})
}

func TestMissingSendsAnew(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.tg.message = 100
		d.tg.answer = func(row Row, _ int) (Outcome, time.Duration) {
			if row.Message == 77 {
				return Outcome{Kind: Missing}, 0
			}
			return Outcome{Kind: Sent}, 0
		}
		d.run()
		d.store.edit(func() { d.store.slots["-1001job/1"] = Ack{Message: 77} })
		d.commit(show(duty, "job/1", "v1"))
		d.pass(time.Second)
		d.commit(show(duty, "job/1", "v2"))
		d.pass(time.Second)
		var got []int
		for _, a := range d.tg.all() {
			got = append(got, a.Message)
		}
		if diff := cmp.Diff([]int{77, 0, 101}, got); diff != "" {
			t.Errorf("messages edited; 0 = sent (-want +got):\n%s", diff)
		}
	})
}

func TestAmbiguityIsKept(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.tg.answer = script(Outcome{Kind: Retry, Ambiguous: true}, Outcome{Kind: Flood, Chat: ann, RetryAfter: time.Minute})
		rows := d.run().commit(say(ann, "x"))
		d.pass(10 * time.Second)
		if r := d.store.row(rows[0].ID); r.state != "waiting" || r.Attempts != 1 {
			t.Errorf("the row is %s after %d attempts; want waiting, 1", r.state, r.Attempts)
		}
		d.pass(time.Minute)
		if all := d.tg.all(); len(all) != 3 || !all[2].Ambiguous {
			t.Errorf("the sender is not told that an attempt may have been delivered: %+v", all)
		}
	})
}

func TestARefusedTokenStopsSendingAndIsProbed(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		var told []bool
		d.opts.Fatal = func(err error) { told = append(told, err != nil) }
		d.tg.answer = func(Row, int) (Outcome, time.Duration) {
			if time.Since(d.start) < 10*time.Minute {
				return Outcome{Kind: Fatal, Err: errStore}, 0
			}
			return Outcome{Kind: Sent}, 0
		}
		d.opts.Senders = 1
		d.run()
		for i := range 50 {
			d.commit(say(int64(100+i), "x"))
		}
		d.pass(9*time.Minute + 30*time.Second)
		all := d.tg.all()
		for i := 1; i < len(all); i++ {
			if gap := all[i].Start.Sub(all[i-1].Start); gap < 30*time.Second {
				t.Errorf("calls %v apart with a refused token, want more than 30 s", gap)
			}
		}
		if got := len(d.store.ids("waiting")); got != 50 {
			t.Errorf("%d rows kept in the store, want 50", got)
		}
		d.commit(alarm(duty, "fire"))
		d.pass(3 * time.Minute)
		if got := len(d.store.ids("acked")); got != 51 {
			t.Errorf("%d rows delivered once the token works, want 51", got)
		}
		if diff := cmp.Diff([]bool{true, false}, told); diff != "" {
			t.Errorf("hook: refused, works (-want +got):\n%s", diff)
		}
	})
}
