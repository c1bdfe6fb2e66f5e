package app

import (
	"context"
	"crypto/rand"
	"errors"
	"strconv"
	"time"

	"powerdesk/bot/store"
	"powerdesk/flows/talk"
)

// tick is how often the desk looks for what has come due. Every wait of the
// desk is a minute or more.
const tick = time.Second

// dueAtOnce bounds one look: after a stop of days the rest follows a tick
// later, so what was missed comes without a burst.
const dueAtOnce = 20

// retryAfter is how long a reminder that fails for a reason of its own is left
// alone: the others must not wait for it, and it must not fill the log.
const retryAfter = time.Minute

// Tick fires what is due until ctx ends. A reminder is removed by the commit of
// its event, so one that is interrupted comes again.
func (a *App) Tick(ctx context.Context) {
	failed := make(map[string]time.Time)
	a.every(ctx, tick, "reminders wait", func(ctx context.Context) error { return a.fire(ctx, failed) })
}

// fire handles everything that is due now, once. Failed holds the reminders that
// failed for a reason of their own, each by when it is tried again; they stay in
// Redis, so a restart forgets nothing but the wait. An error is that of Redis.
func (a *App) fire(ctx context.Context, failed map[string]time.Time) error {
	// Those that failed are the longest due: they must not crowd out the others.
	due, err := a.store.Due(ctx, a.clock.Now(), dueAtOnce+len(failed))
	if err != nil {
		return err
	}
	now := a.clock.Now()
	for key, again := range failed {
		if !again.After(now) {
			delete(failed, key)
		}
	}
	for _, r := range due {
		if !a.term().Holds() {
			return nil // whoever acts now finds them
		}
		key := r.Name + ":" + milli(r.At)
		if _, waits := failed[key]; waits {
			continue
		}
		// The same reminder may be set for the same instant again, so the event is
		// this firing's; that it is written once, whoever else fires it, follows from
		// the reminder's end (store.Change.Fired).
		e := a.dueEvent("t:"+key+":"+milli(now), r)
		err := a.guarded(ctx, e, &r)
		switch {
		case err == nil:
		case errors.Is(err, store.ErrUnavailable) || ctx.Err() != nil:
			return err
		case errors.Is(err, store.ErrConflict):
			a.log.Warn("a reminder waits", "event", e.ID, "err", err)
		default:
			failed[key] = now.Add(retryAfter)
			a.count.quarantined.Inc()
			a.log.Error("a reminder cannot be handled and is tried again later", "event", e.ID, "err", err)
		}
	}
	return nil
}

func milli(at time.Time) string { return strconv.FormatInt(at.UnixMilli(), 10) }

// bootName is the reminder that comes at the start of every term: by it the crew
// sets the reminders that recur.
const bootName = "duty/boot"

// Boot handles the start as an event, once. While Redis is away it waits;
// an event that fails for a reason of its own is tried again less often, because
// without it nothing recurs.
func (a *App) Boot(ctx context.Context) {
	id := "b:" + rand.Text()
	for ctx.Err() == nil {
		// Its time is that of the try that counts: what it sets must not be past.
		err := a.guarded(ctx, a.dueEvent(id, talk.Remind{Name: bootName, At: a.clock.Now()}), nil)
		again := tick
		switch {
		case err == nil:
			return
		case ownFault(ctx, err):
			again = retryAfter
			a.count.quarantined.Inc()
			a.log.Error("the start cannot be handled and is tried again later", "event", id, "err", err)
		case ctx.Err() == nil:
			a.log.Warn("the start waits for Redis", "err", err)
		}
		rest(ctx, again)
	}
}
