package clock

import (
	"testing"
	"time"
)

// A clock that was set forward runs on from there, and no instant comes twice until it
// is reset.
func TestAheadGoesForwardAlone(t *testing.T) {
	t.Parallel()
	var c Ahead
	later := time.Now().Add(10 * time.Hour)
	c.Set(later)
	if now := c.Now(); now.Before(later) || now.After(later.Add(time.Minute)) {
		t.Errorf("the clock set to %v shows %v", later, now)
	}
	c.Set(time.Now().Add(time.Hour))
	if now := c.Now(); now.Before(later) {
		t.Errorf("the clock went back to %v", now)
	}
	c.Reset()
	if now := c.Now(); now.After(time.Now()) {
		t.Errorf("after a reset the clock shows %v, want the machine's time", now)
	}
}
