// Package clock tells the time. bot/app hands a clock to everything that needs
// one, so that tests can set it. It never sleeps and holds no timers.
package clock

import (
	"sync"
	"sync/atomic"
	"time"
)

// Real is the machine's clock.
type Real struct{}

// Now gives the machine's time.
func (Real) Now() time.Time { return time.Now() }

// Ahead is the machine's clock set forward: it runs on from there. It is never set
// back while somebody remembers what it told, so that no instant comes twice.
type Ahead struct{ by atomic.Int64 }

// Now gives the machine's time and what the clock is ahead.
func (a *Ahead) Now() time.Time { return time.Now().Add(time.Duration(a.by.Load())) }

// Set sets the clock forward to an instant. One that is past already changes nothing.
func (a *Ahead) Set(at time.Time) {
	if more := at.Sub(a.Now()); more > 0 {
		a.by.Add(int64(more))
	}
}

// Reset gives the machine's time again, for whoever has forgotten everything.
func (a *Ahead) Reset() { a.by.Store(0) }

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
