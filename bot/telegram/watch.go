package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"
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
	w := &watcher{Client: c, told: make(map[int]bool)}
	w.run(ctx)
}

// watcher is the state of one Watch.
type watcher struct {
	*Client
	mu   sync.Mutex
	told map[int]bool
	last []int // the messages of the latest look
}

func (w *watcher) run(ctx context.Context) {
	for ctx.Err() == nil {
		batch, _, err := w.getUpdates(ctx, int(w.settled.Load()), w.opts.LongPoll)
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

// overtaken says whether a message of the look before is gone: somebody has
// confirmed it. A press may go by itself, since it is kept for a short while.
func (w *watcher) overtaken(batch []json.RawMessage) bool {
	here := make(map[int]bool)
	var now []int
	for _, raw := range batch {
		p := w.open(raw)
		here[p.update.ID] = true
		if p.update.Event.Callback == "" {
			now = append(now, p.update.ID)
		}
	}
	for _, id := range w.last {
		if !here[id] {
			return true
		}
	}
	w.last = now
	return false
}

// tell tells of what has not been told yet, several chats at once.
func (w *watcher) tell(ctx context.Context, batch []json.RawMessage) {
	var fresh []*parcel
	var keys [][]int64
	for _, raw := range batch {
		if p := w.open(raw); p.wanted && p.poison == nil && !w.told[p.update.ID] {
			fresh = append(fresh, p)
			keys = append(keys, p.keys())
		}
	}
	inOrder(keys, w.opts.Parallel, func(i int) {
		u := fresh[i].update
		if err := guard(func() error { return w.opts.Waiting(ctx, u) }); err != nil {
			return // again at the next look
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		w.told[u.ID] = true
	})
}
