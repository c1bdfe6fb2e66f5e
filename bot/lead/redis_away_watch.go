package lead

import (
	"context"
	"sync"
	"time"
)

// watchFor is how long an unanswered question for the lease lets a watch go on:
// longer than a call to Redis may take, and not much, for whoever wakes up from a
// freeze must ask again first.
const watchFor = 5 * time.Second

// redisAwayWatch looks who writes while Redis is away. Nobody can lead then, and so
// nobody acts; but residents still write, and must learn that they are to phone.
// The process that led last tells them, since the others cannot agree on one. It
// confirms nothing and ends when anything is heard of a leader, from Redis or by
// Telegram.
type redisAwayWatch struct {
	look  func(context.Context)
	until leaseDeadline      // to call Telegram, while the watch goes on
	stops context.CancelFunc // nil: there is no watch
	ended sync.WaitGroup
}

// heard takes in whether Redis was away when it was asked for the lease.
func (w *redisAwayWatch) heard(ctx context.Context, away bool) {
	if !away {
		w.stop()
		return
	}
	w.until.extend(time.Now(), watchFor)
	if w.stops == nil {
		ctx, w.stops = context.WithCancel(ctx)
		w.ended.Go(func() { w.look(ctx) })
	}
}

// stop ends the watch, if there is one, and waits until it has ended.
func (w *redisAwayWatch) stop() {
	if w.stops != nil {
		w.until.extend(time.Now(), 0)
		w.stops()
		w.ended.Wait()
		w.stops = nil
	}
}
