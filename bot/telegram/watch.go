package telegram

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// lookEvery is the pause between two looks at what waits. Telegram gives one
// update only to whoever repeats a question within half a second (RELIABILITY
// §2, "getUpdates").
const lookEvery = 2 * time.Second

// Watch looks at the updates that wait with Telegram, tells Options.Waiting of
// each, and confirms none: they come again when somebody can store them. It is
// for a desk that cannot store, whose people should learn that they must phone;
// Options.Waiting must be set. It sees the first hundred that wait, which is all that Telegram shows to whoever
// confirms nothing. It ends with ctx, or when somebody else turns out to fetch
// updates.
func (c *Client) Watch(ctx context.Context) {
	w := &watcher{Client: c}
	for ctx.Err() == nil {
		raws, _, err := w.getUpdates(ctx, int(w.settled.Load()), w.opts.LongPoll)
		batch := w.openAll(raws)
		switch e, ok := errors.AsType[*Error](err); {
		case ctx.Err() != nil:
			return
		case ok && e.Code == 409, err == nil && w.overtaken(batch):
			w.opts.Logger.Warn("somebody else fetches updates: what waits is theirs")
			return
		case err == nil:
			w.tell(ctx, batch)
		}
		w.wait(ctx, lookEvery)
	}
}

// watcher is the state of one Watch.
type watcher struct {
	*Client
	told sync.Map // the ids of those that were told of
	last []int    // the messages of the latest look
}

// overtaken says whether a message of the look before is gone: somebody has
// confirmed it. A press may go by itself, since it is kept for a short while.
func (w *watcher) overtaken(batch []*parcel) bool {
	here := make(map[int]bool)
	var now []int
	for _, p := range batch {
		here[p.update.ID] = true
		if p.update.Event.Callback == "" {
			now = append(now, p.update.ID)
		}
	}
	if slices.ContainsFunc(w.last, func(id int) bool { return !here[id] }) {
		return true
	}
	w.last = now
	return false
}

// tell tells of what has not been told yet, several at once and in no order: what
// all of them are told is the same, and who could not be told is at the next look.
func (w *watcher) tell(ctx context.Context, batch []*parcel) {
	var all errgroup.Group
	all.SetLimit(w.opts.Parallel)
	for _, p := range batch {
		if _, told := w.told.Load(p.update.ID); told || !p.wanted || p.poison != nil {
			continue
		}
		all.Go(func() error {
			if guard(func() error { return w.opts.Waiting(ctx, p.update) }) == nil {
				w.told.Store(p.update.ID, true)
			}
			return nil
		})
	}
	_ = all.Wait()
}
