package lead

import (
	"sync"
	"time"
)

// leaseDeadline is the moment until which its holder may act, by this process's own
// clocks. Redis may hang and the process may be frozen, so whoever acts looks at
// it in the moment of acting, and asks nobody. The zero one has passed.
type leaseDeadline struct {
	mu   sync.Mutex
	from time.Time
	span time.Duration
}

// extend puts the deadline a span after a moment that has been.
func (d *leaseDeadline) extend(from time.Time, span time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.from, d.span = from, span
}

// ahead says whether the deadline is still to come. The monotonic clock stands
// still while the machine is suspended, and the other one may be set; so the one
// counts that has gone further.
func (d *leaseDeadline) ahead() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := time.Now()
	return max(now.Sub(d.from), now.Round(0).Sub(d.from.Round(0))) < d.span
}

// left is how far the deadline is ahead, by the monotonic clock.
func (d *leaseDeadline) left() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.span - time.Since(d.from)
}
