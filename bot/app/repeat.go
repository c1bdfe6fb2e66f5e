package app

import (
	"context"
	"time"
)

// every does something once in a while until ctx ends. What does not work the log
// says, and the next time is another try.
func (a *App) every(ctx context.Context, pause time.Duration, undone string, do func(context.Context) error) {
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := do(ctx); err != nil && ctx.Err() == nil {
				a.log.Warn(undone, "err", err)
			}
		}
	}
}

// recallPatience is how long a desk that begins waits for what it was told
// before: a Redis that is away must not keep it from hearing residents.
const recallPatience = 10 * time.Second

// recall looks until that works, for a while.
func (a *App) recall(ctx context.Context, what string, look func(context.Context) error) {
	ctx, cancel := context.WithTimeout(ctx, recallPatience)
	defer cancel()
	for {
		err := look(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		if !rest(ctx, tick) {
			a.log.Warn(what+" is not known yet", "err", err)
			return
		}
	}
}

// rest waits before another try. It reports false when ctx ends first.
func rest(ctx context.Context, pause time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(pause):
		return true
	}
}
