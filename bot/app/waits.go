package app

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// Pauses is where waits are kept for every replica, each by a name.
type Pauses interface {
	Pause(ctx context.Context, scope string, d time.Duration) error
	Pauses(ctx context.Context) (map[string]time.Duration, error)
}

// methodScope names the waits of methods among the pauses of the outbox, which
// keeps those of chats and of the whole bot.
const methodScope = "method/"

// waits are the methods that a 429 told the desk to leave alone for a time, such
// as getUpdates. They are kept in Redis, because whoever acts next, this process
// after a restart or another one, must not call inside a wait that it was not told
// of (RELIABILITY R6). Calls of the one that acts are so obeyed by all; where
// Telegram brings the updates, each replica also answers presses and asks who is a
// member, and of such a wait a replica that runs already learns from Telegram only.
//
// Messages are the outbox's, which keeps their waits by chat.
type waits struct {
	kept   Pauses
	log    *slog.Logger
	mu     sync.Mutex
	until  map[string]time.Time // by method; a handful, for there are no more
	untold map[string]bool      // methods whose wait is not kept yet
}

func newWaits(kept Pauses, log *slog.Logger) *waits {
	return &waits{kept: kept, log: log, until: make(map[string]time.Time), untold: make(map[string]bool)}
}

// heard takes in the wait of a 429, and keeps it before it returns, if the store
// can: this process may be dead a moment later.
func (w *waits) heard(method string, wait time.Duration) {
	if sends(method) {
		return
	}
	w.close(method, time.Now().Add(wait), true)
	ctx, cancel := context.WithTimeout(context.Background(), resignFor)
	defer cancel()
	w.save(ctx)
}

// sends says whether a method is one of the outbox's.
func sends(method string) bool {
	return strings.HasPrefix(method, "send") || strings.HasPrefix(method, "edit") || method == "deleteMessage"
}

// close lets nobody call a method before until. A shorter wait never ends a
// longer one.
func (w *waits) close(method string, until time.Time, untold bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !until.After(w.until[method]) {
		return
	}
	w.until[method] = until
	if untold {
		w.untold[method] = true
	}
}

// left is how long a method must be left alone still; what is not above zero is
// no wait.
func (w *waits) left(method string) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	until, ok := w.until[method]
	if !ok {
		return 0
	}
	return time.Until(until)
}

// keep saves what could not be saved at once, until ctx ends.
func (w *waits) keep(ctx context.Context) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			w.save(ctx)
		}
	}
}

// save keeps every wait that is not kept yet and not over.
func (w *waits) save(ctx context.Context) {
	for method, until := range w.unsaved() {
		left := time.Until(until)
		if left > 0 {
			if err := w.kept.Pause(ctx, methodScope+method, left); err != nil {
				w.log.Warn("other replicas cannot be told of a wait yet", "method", method, "wait", left, "err", err)
				return
			}
		}
		w.saved(method, until)
	}
}

func (w *waits) unsaved() map[string]time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := make(map[string]time.Time, len(w.untold))
	for method := range w.untold {
		all[method] = w.until[method]
	}
	return all
}

// saved notes that a wait is kept, unless it has become longer meanwhile.
func (w *waits) saved(method string, until time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.until[method].Equal(until) {
		delete(w.untold, method)
	}
}

// look takes in the waits that any replica was told of.
func (w *waits) look(ctx context.Context) error {
	pauses, err := w.kept.Pauses(ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	for scope, left := range pauses {
		if method, ok := strings.CutPrefix(scope, methodScope); ok {
			w.close(method, now.Add(left), false)
		}
	}
	return nil
}
