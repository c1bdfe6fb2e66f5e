package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"powerdesk/bot/store"
)

// uncertainCommits are the decisions of which nobody knows whether they are stored,
// because the reply of Redis was lost. One that is has messages that the outbox was
// not offered, and whatever is said later would be read before them. So nothing else
// is stored before an uncertain one is settled. There are no more of them than events are
// handled at once.
type uncertainCommits struct {
	mu     sync.Mutex
	all    []decision
	failed time.Time // when Redis was last found to be away still …
	why    error     // … and how
}

func (u *uncertainCommits) add(d decision) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.all = append(u.all, d)
}

// settleUncertain stores again what is uncertain, each under its own operation id,
// to which the store gives the reply that was lost. It says whether an event is
// stored by that. One that meets a conflict was not stored: its event comes again,
// and is decided anew. An error is that of a Redis that is still away; whoever
// waited while another one learned of it asks no second time, for each would ask
// for seconds.
func (a *App) settleUncertain(ctx context.Context, event string) (stored bool, err error) {
	began := time.Now()
	u := &a.uncertain
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.failed.After(began) {
		return false, u.why
	}
	for len(u.all) > 0 {
		d := u.all[0]
		err := a.put(ctx, d)
		switch {
		case errors.Is(err, store.ErrUnavailable):
			u.failed, u.why = time.Now(), err
			return false, err
		case err != nil && ctx.Err() != nil:
			return false, err
		}
		stored = stored || err == nil && d.change.Event == event
		u.all = u.all[1:]
	}
	return stored, nil
}
