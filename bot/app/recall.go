package app

import (
	"context"
	"time"
)

// recallPatience is how long a desk that begins waits for what it was told
// before: a store that is away must not keep it from hearing residents.
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
		select {
		case <-ctx.Done():
			a.log.Warn(what+" is not known yet", "err", err)
			return
		case <-time.After(tick):
		}
	}
}
