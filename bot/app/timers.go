package app

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"time"

	"powerdesk/bot/store"
	"powerdesk/flows"
)

// tick is how often the desk looks for what has come due. Every wait of the
// desk is a minute or more.
const tick = time.Second

// dueAtOnce bounds one look: after a stop of days the rest follows a tick
// later, so what was missed comes without a burst.
const dueAtOnce = 20

// asideAfter is how long a reminder that fails for a reason of its own is left
// alone: the others must not wait for it, and it must not fill the log.
const asideAfter = time.Minute

// Tick fires what is due until ctx ends. A reminder is removed by the commit of
// its event, so one that is interrupted comes again.
func (a *App) Tick(ctx context.Context) {
	failed := make(map[string]time.Time)
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := a.fire(ctx, failed); err != nil && ctx.Err() == nil {
				a.log.Warn("reminders wait", "err", err)
			}
		}
	}
}

// fire handles everything that is due now, once. Failed holds the reminders that
// failed for a reason of their own, each by when it is tried again; they stay in
// the store, so a restart forgets nothing but the wait. An error is the store's.
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
		if !a.term.Load().holds() {
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
			failed[key] = now.Add(asideAfter)
			a.count.poison.Inc()
			a.log.Error("a reminder cannot be handled and is tried again later", "event", e.ID, "err", err)
		}
	}
	return nil
}

func milli(at time.Time) string { return strconv.FormatInt(at.UnixMilli(), 10) }

// dueEvent is what a reminder becomes. Chat 0 is nobody's: its session is
// neither stored nor in anybody's way. The event is never earlier than the
// reminder: the store keeps milliseconds, and what comes due between two of them
// would not be due yet.
func (a *App) dueEvent(id string, r flows.Remind) flows.Event {
	at := a.clock.Now()
	if at.Before(r.At) {
		at = r.At
	}
	return flows.Event{
		ID: id, At: at.In(a.zone()), Kind: flows.Due, Timer: r, Token: token(),
		Chat: flows.Chat{ID: r.Chat, Kind: flows.Private}, From: flows.Person{ID: r.Chat},
	}
}

// guarded settles an event that no update stands for. A panic would end the
// desk, and the next start would meet the same event; so it is a failure of the
// event's own.
func (a *App) guarded(ctx context.Context, e flows.Event, fired *flows.Remind) (err error) {
	defer func() {
		if r := recover(); r != nil {
			// Not its value, which may quote a person.
			err = fmt.Errorf("event %s: panic with %T at\n%s", e.ID, r, debug.Stack())
		}
	}()
	return a.settle(ctx, e, fired)
}

// bootName is the reminder that comes at the start of every term: by it the crew
// sets the reminders that recur.
const bootName = "duty/boot"

// Boot handles the start as an event, once. While the store is away it waits;
// an event that fails for a reason of its own is tried again less often, because
// without it nothing recurs.
func (a *App) Boot(ctx context.Context) {
	id := "b:" + token()
	for ctx.Err() == nil {
		// Its time is that of the try that counts: what it sets must not be past.
		err := a.guarded(ctx, a.dueEvent(id, flows.Remind{Name: bootName, At: a.clock.Now()}), nil)
		again := tick
		switch {
		case err == nil:
			return
		case ctx.Err() != nil: // the desk stops
		case errors.Is(err, store.ErrUnavailable) || errors.Is(err, store.ErrConflict):
			a.log.Warn("the start waits for the store", "err", err)
		default:
			again = asideAfter
			a.count.poison.Inc()
			a.log.Error("the start cannot be handled and is tried again later", "event", id, "err", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(again):
		}
	}
}
