package telegram

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"time"
)

// window is what Telegram has shown to a Poll and may show again: the updates
// that are handled now, and those that are done but stand behind one that is not.
// It confirms by sliding: the offset follows the first that is not settled, so one
// that cannot be stored holds nobody but those it must not be overtaken by. It is
// never longer than a batch, because Telegram shows no more to whoever does not
// confirm.
type window struct {
	mu       sync.Mutex
	shown    []*parcel     // in Telegram's order
	progress chan struct{} // one token: something was settled
	handlers sync.WaitGroup
}

func newWindow() *window { return &window{progress: make(chan struct{}, 1)} }

// take gives those of a batch that are not in the window yet, which they are from
// now on.
func (w *window) take(batch []*parcel) (fresh []*parcel) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range batch {
		if !slices.ContainsFunc(w.shown, p.same) {
			w.shown, fresh = append(w.shown, p), append(fresh, p)
		}
	}
	return fresh
}

// settle notes that an update is stored for good.
func (w *window) settle(p *parcel) {
	w.mu.Lock()
	p.settled = true
	w.mu.Unlock()
	select {
	case w.progress <- struct{}{}:
	default:
	}
}

// slide lets go of what is settled at the front, and gives the offset that
// confirms it; the one before, when nothing is. The offset follows the last id
// even when that is lower than the one before: Telegram starts again at a random
// number after a quiet week (RELIABILITY §1.2).
func (w *window) slide(offset int) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.shown) > 0 && w.shown[0].settled {
		if w.shown[0].identified() {
			offset = w.shown[0].update.ID + 1
		}
		w.shown = slices.Delete(w.shown, 0, 1) // and of what it holds
	}
	return offset
}

// look says how many updates are not settled, and whether the first one is.
func (w *window) look() (open int, movable bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range w.shown {
		if !p.settled {
			open++
		}
	}
	return open, len(w.shown) > 0 && w.shown[0].settled
}

// restarted says whether a batch has an id below what the window shows: Telegram
// counts anew, and an offset of the old count could confirm what is in hand.
func (w *window) restarted(batch []*parcel) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	first := slices.IndexFunc(w.shown, (*parcel).identified)
	return first >= 0 && slices.ContainsFunc(batch, func(p *parcel) bool {
		return p.identified() && p.update.ID < w.shown[first].update.ID
	})
}

// identified says whether the id of the update could be read.
func (p *parcel) identified() bool { return p.update.ID != 0 }

// same says whether two parcels are one update, shown twice: by its id, or where
// that cannot be read by its words.
func (p *parcel) same(other *parcel) bool {
	return p.update.ID == other.update.ID && (p.identified() || bytes.Equal(p.raw, other.raw))
}

// When Telegram is asked again though something is in hand. A few updates are
// waited for, as most take a moment; of many, half is enough, so that the slowest
// keeps nobody idle. An update that hangs is gone round after a while, but not
// sooner than Telegram allows: to whoever repeats an offset within half a second it
// shows one update only (RELIABILITY §2, "getUpdates").
const (
	fewUpdates = 8
	goRound    = 600 * time.Millisecond
)

// until waits until it is worth asking Telegram again, after an answer that gave
// so many updates.
func (p *poller) until(ctx context.Context, gave int) {
	after := p.again(goRound) // of the wire, as how long a call is held
	for {
		switch open, movable := p.window.look(); {
		case open == 0, movable && gave > fewUpdates && open <= gave/2:
			return
		}
		select {
		case <-p.window.progress:
		case <-after:
			return
		case <-ctx.Done():
			return
		}
	}
}
