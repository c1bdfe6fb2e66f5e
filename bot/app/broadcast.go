package app

import (
	"context"
)

const (
	// spreadPage is how many of a set are told at once.
	spreadPage = 200
	// spreadBelow is how few messages that can leave must wait for it: what is for
	// everybody stands behind what is for somebody.
	spreadBelow = 200
)

// Spread tells the members of sets what was broadcast to them, until ctx ends. Each
// page is one write of Redis, which remembers how far it is, so whoever acts next
// goes on with the next member.
func (a *App) Spread(ctx context.Context) {
	a.every(ctx, tick, "broadcasts wait", a.spread)
}

// spread goes on with the oldest broadcast, by a page.
func (a *App) spread(ctx context.Context) error {
	owner := a.owner()
	if owner == "" || a.out.Stats().Leaving >= spreadBelow {
		return nil
	}
	s, err := a.store.Spread(ctx, owner, a.clock.Now(), spreadPage)
	if err != nil || s.Name == "" {
		return err
	}
	a.out.Missed(owner) // they are read in the order of all others
	a.count.told.Add(float64(s.Page))
	a.count.late.Add(float64(s.Late))
	if s.Over {
		a.log.Info("a broadcast is over", "told", s.Told, "late", s.Late)
	}
	return nil
}
