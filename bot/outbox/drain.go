package outbox

import (
	"context"
	"fmt"
	"time"
)

// drainTime is how long the store may take after the grace to hear what became of
// rows, once the process ends.
const drainTime = 5 * time.Second

// drain ends a Run: sends in flight get the grace, and the store is told.
func (l *loop) drain() error {
	l.open("")
	l.drains, l.pending = true, nil
	grace := time.AfterFunc(l.opts.Grace, l.cancel)
	defer grace.Stop()
	late, end := context.WithTimeout(context.WithoutCancel(l.ctx), l.opts.Grace+drainTime)
	defer end()
	for {
		now := time.Now()
		told := l.book.empty() || l.over || l.failures > 0 && !l.stopping()
		if l.inflight == 0 && !l.writing && told || late.Err() != nil {
			break
		}
		l.sweep(now)
		l.write(now)
		l.wake = l.sleep(0, now)
		l.wait(late.Done())
	}
	l.left = l.book
	l.counters.waiting.Store(0)
	l.counters.leaving.Store(0)
	l.counters.oldest.Store(0)
	if n := len(l.book.acks) + len(l.book.ends); n > 0 && l.stopping() && !l.over {
		return fmt.Errorf("the store could not be told what became of %d messages", n)
	}
	return nil
}

// stopping says whether the process ends, and no other Run comes.
func (l *loop) stopping() bool {
	select {
	case <-l.term.Stopping:
		return true
	default:
		return l.term.Stopping == nil
	}
}
