package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"runtime/debug"

	"powerdesk/flows/talk"
)

// An event of the desk's own is one that no update stands for: a reminder that came
// due, a group that moved, words that did not arrive. It is decided and committed
// like any other; there is nobody to admit and to authenticate.

// dueEvent is what a reminder becomes. Chat 0 is nobody's: its session is
// neither stored nor in anybody's way. The event is never earlier than the
// reminder: the store keeps milliseconds, and what comes due between two of them
// would not be due yet.
func (a *App) dueEvent(id string, r talk.Remind) talk.Event {
	at := a.clock.Now()
	if at.Before(r.At) {
		at = r.At
	}
	return talk.Event{
		ID: id, At: at.In(a.County().Zone), Kind: talk.Due, Timer: r, Token: rand.Text(),
		Chat: talk.Chat{ID: r.Chat, Kind: talk.Private}, From: talk.Person{ID: r.Chat},
	}
}

// guarded settles an event of the desk's own. A panic would end the
// desk, and the next start would meet the same event; so it is a failure of the
// event's own.
func (a *App) guarded(ctx context.Context, e talk.Event, fired *talk.Remind) (err error) {
	defer func() {
		if r := recover(); r != nil {
			// Not its value, which may quote a person.
			err = fmt.Errorf("event %s: panic with %T at\n%s", e.ID, r, debug.Stack())
		}
	}()
	return a.settle(ctx, e, fired)
}

// tell lets the flows hear of an event of the desk's own that is not to be tried
// for ever. An error means that they have not heard of it yet; of one that fails
// for a reason of its own the log says what is undone.
func (a *App) tell(ctx context.Context, e talk.Event, undone string) error {
	err := a.guarded(ctx, e, nil)
	if !ownFault(ctx, err) {
		return err
	}
	a.count.quarantined.Inc()
	a.log.Error(undone, "event", e.ID, "err", err)
	return nil
}
