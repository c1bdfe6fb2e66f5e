package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"powerdesk/bot/store"
)

// decision is a change on its way into the store, with the term for which it is
// made and what is to be done once it is stored.
type decision struct {
	change store.Change
	acting *term
	after  []func()
}

// doubts are the decisions of which nobody knows whether they are stored, because
// the answer was lost. One that is may have leased messages to this process, which
// it has not been handed: they would lie until that lease runs out, and whatever is
// said later would be read before them. So nothing else is stored before a doubt is
// over. There are no more of them than events are handled at once.
type doubts struct {
	mu     sync.Mutex
	all    []decision
	failed time.Time // when the store was last found to be away still …
	why    error     // … and how
}

func (d *doubts) add(one decision) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all = append(d.all, one)
}

// resolve stores again what is in doubt, each under its own operation id, to which
// the store gives the answer that was lost. It says whether an event is stored by
// that. One that meets a conflict was not stored: its event comes again, and is
// decided anew. An error is that of a store that is still away; whoever waited
// while another one learned of it asks no second time, for each would ask for
// seconds.
func (a *App) resolve(ctx context.Context, event string) (stored bool, err error) {
	began := time.Now()
	a.doubts.mu.Lock()
	defer a.doubts.mu.Unlock()
	if a.doubts.failed.After(began) {
		return false, a.doubts.why
	}
	for len(a.doubts.all) > 0 {
		d := a.doubts.all[0]
		err := a.put(ctx, d)
		switch {
		case errors.Is(err, store.ErrUnavailable):
			a.doubts.failed, a.doubts.why = time.Now(), err
			return false, err
		case err != nil && ctx.Err() != nil:
			return false, err
		}
		stored = stored || err == nil && d.change.Event == event
		a.doubts.all = a.doubts.all[1:]
	}
	return stored, nil
}
