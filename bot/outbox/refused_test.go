package outbox

import (
	"slices"
	"testing"
	"time"
)

// A chat that refuses one row and takes others has nothing against the desk: then
// it is the row, whatever Telegram calls it.
func TestWhatAChatRefusesWhileItTakesOthersIsTheRowsFault(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.tg.answer = func(row Row, _ int) (Outcome, time.Duration) {
			if row.Say.Text == "bad" {
				return Outcome{Kind: Refused}, 0
			}
			return Outcome{Kind: Sent}, 0
		}
		rows := d.run().commit(say(duty, "bad"), say(duty, "good"))
		d.pass(3 * time.Minute)
		if r := d.store.row(rows[0].ID); r.state != "waiting" {
			t.Errorf("the row is %s after one proof: the chat may have come and gone", r.state)
		}
		d.commit(say(duty, "and another"))
		d.pass(5 * time.Minute)
		if r := d.store.row(rows[0].ID); r.state != "buried" || r.reason != ReasonBug {
			t.Errorf("the row is %s (%s), want buried (%s)", r.state, r.reason, ReasonBug)
		}
		if got := len(d.store.ids("acked")); got != 2 {
			t.Errorf("%d other rows are acked, want 2", got)
		}
	})
}

// One that nothing else passes is the chat's, however often it is refused.
func TestAChatThatTakesNothingProvesNothing(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.tg.answer = func(Row, int) (Outcome, time.Duration) { return Outcome{Kind: Refused}, 0 }
		d.run().commit(say(duty, "a"), say(duty, "b"), alarm(duty, "fire"))
		d.pass(24*time.Hour + 30*time.Second)
		if got := len(d.store.ids("waiting")); got != 3 {
			t.Errorf("%d rows wait, want all 3", got)
		}
		if got := d.box.Stats(); got.Waiting != 3 || got.Leaving != 0 {
			t.Errorf("%d rows wait and %d may leave, want 3 and none", got.Waiting, got.Leaving)
		}
	})
}

// Whoever looks sees which chat refuses, until it takes something again.
func TestAChatIsSeenToRefuseUntilItTakesSomething(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.tg.answer = func(row Row, _ int) (Outcome, time.Duration) {
			if row.Chat == duty && time.Since(d.start) < 10*time.Minute {
				return Outcome{Kind: Refused}, 0
			}
			return Outcome{Kind: Sent}, 0
		}
		d.run().commit(say(duty, "a"), say(ann, "b"))
		d.pass(5 * time.Minute)
		if got := d.box.Stats().Refusing; !slices.Equal(got, []int64{duty}) {
			t.Errorf("refusing are %v, want the duty group", got)
		}
		d.pass(10 * time.Minute)
		if got := d.box.Stats().Refusing; len(got) != 0 {
			t.Errorf("refusing are %v after it took a row", got)
		}
	})
}
