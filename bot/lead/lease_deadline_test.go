package lead

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestALeaseDeadlinePassesByItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var d leaseDeadline
		ahead := func(when string, want bool) {
			t.Helper()
			if got := d.ahead(); got != want {
				t.Errorf("%s: the deadline is ahead: %v", when, got)
			}
		}
		ahead("never set", false)
		d.extend(time.Now(), actFor)
		ahead("set", true)
		time.Sleep(actFor - 1) // the bubble's clock: takes no time
		ahead("at its last moment", true)
		time.Sleep(time.Nanosecond)
		ahead("over", false)
		d.extend(time.Now(), actFor)
		ahead("set again", true)
		d.extend(time.Now().Add(-actFor), actFor)
		ahead("of a question asked long ago", false)
		if !Endless("x").Holds() {
			t.Error("an endless term ends")
		}
	})
}

// The other clock counts where the monotonic one stood still, as on a machine
// that was suspended.
func TestALeaseDeadlinePassesByTheClockOnTheWall(t *testing.T) {
	t.Parallel()
	d := leaseDeadline{from: time.Now().Round(0).Add(-actFor), span: actFor}
	if d.ahead() {
		t.Error("the deadline has outlived its span by the clock on the wall")
	}
}
