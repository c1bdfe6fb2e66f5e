package outbox

import (
	"context"
	"fmt"
	"time"
)

// drainTime is how long giving rows back may take after the grace, once the
// process ends.
const drainTime = 5 * time.Second

// drain ends a Run: rows that wait go back at once, sends in flight get the
// grace, and then their rows go the same way.
func (l *loop) drain() error {
	l.drains = true
	grace := time.AfterFunc(l.opts.Grace, l.cancel)
	defer grace.Stop()
	ctx, cancel := context.WithCancel(context.WithoutCancel(l.ctx))
	defer cancel()
	go l.patience(ctx, cancel)
	for {
		now := time.Now()
		l.takeIn(now)
		l.surrender(now)
		if l.inflight == 0 && !l.writing && l.book.empty() && l.close() {
			return nil
		}
		if ctx.Err() != nil {
			return fmt.Errorf("giving rows back: %d left to their leases", len(l.held))
		}
		l.sweep(now)
		l.write(now)
		l.wake = l.sleep(0, now)
		l.wait(ctx.Done())
	}
}

// patience ends the wait for the store.
func (l *loop) patience(drained context.Context, end context.CancelFunc) {
	if l.opts.Stopping != nil {
		select {
		case <-drained.Done():
			return
		case <-l.opts.Stopping:
		}
	}
	left := time.NewTimer(l.opts.Grace + drainTime)
	defer left.Stop()
	select {
	case <-drained.Done():
	case <-left.C:
		end()
	}
}

// surrender gives back every row that waits, due at once: the next process need
// not keep the backoff of this one.
func (l *loop) surrender(now time.Time) {
	for len(l.waiting) > 0 {
		l.giveBack(l.waiting[0], now)
	}
	for len(l.intake.pending) > 0 {
		l.giveBack(l.lane(l.intake.pending[0].Chat), now)
	}
}

// close ends Offer, unless rows have come in since the last look.
func (o *Outbox) close() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = len(o.inbox) == 0
	return o.closed
}
