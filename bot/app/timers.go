package app

import (
	"context"
	"strconv"
	"time"

	"powerdesk/flows"
)

// tick is how often the desk looks for what has come due. Every wait of the
// desk is a minute or more.
const tick = time.Second

// dueAtOnce bounds one look: after a stop of days the rest follows a tick
// later, so what was missed comes without a burst.
const dueAtOnce = 20

// Tick fires what is due until ctx ends. A reminder is removed by the commit of
// its event, so one that is interrupted comes again.
func (a *App) Tick(ctx context.Context) error {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			if err := a.fire(ctx); err != nil {
				a.log.Warn("reminders wait", "err", err)
			}
		}
	}
}

// fire handles everything that is due now, once.
func (a *App) fire(ctx context.Context) error {
	due, err := a.store.Due(ctx, a.clock.Now(), dueAtOnce)
	if err != nil {
		return err
	}
	for _, r := range due {
		e := flows.Event{
			ID: "t:" + r.Name + ":" + strconv.FormatInt(r.At.UnixMilli(), 10), At: a.clock.Now().In(a.zone()),
			Kind: flows.Due, Timer: r, Token: token(),
			Chat: flows.Chat{ID: r.Chat, Kind: flows.Private}, From: flows.Person{ID: r.Chat},
		}
		if err := a.settle(ctx, e, &r); err != nil {
			return err
		}
	}
	return nil
}
