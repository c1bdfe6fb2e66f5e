// Package clock tells the time. bot/app hands a clock to everything that needs
// one, so that tests can set it. It never sleeps and holds no timers.
package clock

import (
	"sync"
	"time"
)

// Real is the machine's clock.
type Real struct{}

// Now gives the machine's time.
func (Real) Now() time.Time { return time.Now() }

// Fake is a clock that stands until it is moved.
type Fake struct {
	mu  sync.Mutex
	now time.Time
}

// NewFake gives a clock that stands at now.
func NewFake(now time.Time) *Fake { return &Fake{now: now} }

// Now gives the time at which the clock stands.
func (f *Fake) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// Advance moves the clock on.
func (f *Fake) Advance(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = f.now.Add(d)
}
