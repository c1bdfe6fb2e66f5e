package app

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestAPermitEndsByItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var p permit
		holds := func(when string, want bool) {
			t.Helper()
			if got := p.holds(); got != want {
				t.Errorf("%s: the permit holds: %v", when, got)
			}
		}
		holds("never given", false)
		p.extend(time.Now(), actFor)
		holds("given", true)
		time.Sleep(actFor - 1) // the bubble's clock: takes no time
		holds("at its last moment", true)
		time.Sleep(time.Nanosecond)
		holds("over", false)
		p.extend(time.Now(), actFor)
		holds("given again", true)
		p.extend(time.Now().Add(-actFor), actFor)
		holds("of a question asked long ago", false)
		if !endless().holds() {
			t.Error("an endless permit ends")
		}
	})
}

// The other clock counts where the monotonic one stood still, as on a machine
// that was suspended.
func TestAPermitEndsByTheClockOnTheWall(t *testing.T) {
	t.Parallel()
	p := permit{from: time.Now().Round(0).Add(-actFor), span: actFor}
	if p.holds() {
		t.Error("the permit has outlived its span by the clock on the wall")
	}
}
