package app

import (
	"math"
	"sync"
	"time"
)

// permit is the right to act until a moment by this process's own clocks. Redis
// may hang and the process may be frozen, so whoever acts looks at the permit in
// the moment of acting, and asks nobody. The zero permit permits nothing.
type permit struct {
	mu   sync.Mutex
	from time.Time
	span time.Duration
}

// endless is the permit of an App that shares its desk with nobody.
func endless() *permit { return &permit{from: time.Now(), span: math.MaxInt64} }

// extend makes the permit last for a span, counted from a moment that has been.
func (p *permit) extend(from time.Time, span time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.from, p.span = from, span
}

// holds says whether the permit lasts. The monotonic clock stands still while
// the machine is suspended, and the other one may be set; so the one counts that
// has gone further.
func (p *permit) holds() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	return max(now.Sub(p.from), now.Round(0).Sub(p.from.Round(0))) < p.span
}

// left is how long the permit lasts still, by the monotonic clock.
func (p *permit) left() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.span - time.Since(p.from)
}
