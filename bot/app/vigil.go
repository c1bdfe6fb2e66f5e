package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"powerdesk/bot/store"
	"powerdesk/bot/telegram"
)

// vigilFor is how long an unanswered question for the lease lets a vigil go on:
// longer than the store is patient, and not much, for whoever wakes up from a
// freeze must ask again first.
const vigilFor = 5 * time.Second

// vigil is what a leader does whose term is over because its store is away.
// Nobody can lead then, and so nobody acts; but residents still write, and must
// learn that they are to phone. The process that led last tells them, since the
// others cannot agree on one. It confirms nothing and ends when anything is
// heard of a leader, from Redis or by Telegram.
type vigil struct {
	tg    *telegram.Client
	until *permit // to call Telegram, while the vigil lasts
	end   func()
}

// keep begins the vigil, or goes on with it.
func (v *vigil) keep(ctx context.Context) {
	v.until.extend(time.Now(), vigilFor)
	if v.end != nil {
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	var watching sync.WaitGroup
	watching.Go(func() { v.tg.Watch(ctx) })
	v.end = func() {
		v.until.extend(time.Now(), 0)
		cancel()
		watching.Wait()
	}
}

// over ends the vigil and waits until it has.
func (v *vigil) over() {
	if v.end != nil {
		v.end()
		v.end = nil
	}
}

// heard takes in an answer to the question for the lease.
func (v *vigil) heard(ctx context.Context, err error) {
	if errors.Is(err, store.ErrUnavailable) {
		v.keep(ctx)
	} else {
		v.over()
	}
}
