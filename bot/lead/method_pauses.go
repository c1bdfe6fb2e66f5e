package lead

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"
)

// PauseStore is where pauses are kept for every replica, each by a scope.
type PauseStore interface {
	Pause(ctx context.Context, scope string, d time.Duration) error
	Pauses(ctx context.Context) (map[string]time.Duration, error)
}

// MethodScope begins the scopes of methods. The store keeps those of chats and of
// the whole bot beside them, which are the outbox's.
const MethodScope = "method/"

// MethodPauses are the methods that a 429 told the desk to leave alone for a time,
// such as getUpdates. They are kept in Redis, because whoever acts next, this
// process after a restart or another one, must not call inside a pause that it was
// not told of (RELIABILITY R6). Calls of the one that acts are so obeyed by all;
// where Telegram brings the updates, each replica also answers presses and asks who
// is a member, and of such a pause a replica that runs already learns from Telegram
// only.
//
// Messages are the outbox's, which keeps their pauses by chat.
type MethodPauses struct {
	kept PauseStore
	mu   sync.Mutex
	all  map[string]methodPause // a handful, for there are no more methods
}

// methodPause ends at a time; that it does Redis knows only if it was told.
type methodPause struct{ until, told time.Time }

// NewMethodPauses makes one that knows of no pause.
func NewMethodPauses(kept PauseStore) *MethodPauses {
	return &MethodPauses{kept: kept, all: make(map[string]methodPause)}
}

// Heard takes in the wait of a 429, and keeps it before it returns, if Redis can:
// this process may be dead a moment later. What is not kept the next Save keeps.
func (p *MethodPauses) Heard(method string, wait time.Duration) {
	if strings.HasPrefix(method, "send") || strings.HasPrefix(method, "edit") || method == "deleteMessage" {
		return // a message: the outbox's
	}
	p.extend(method, methodPause{until: time.Now().Add(wait)})
	ctx, cancel := context.WithTimeout(context.Background(), lastWordFor)
	defer cancel()
	_ = p.Save(ctx)
}

// extend takes in a pause. A shorter one never ends a longer one.
func (p *MethodPauses) extend(method string, by methodPause) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !by.until.Before(p.all[method].until) {
		p.all[method] = by
	}
}

// Left is how long a method must be left alone still; what is not above zero is
// no pause.
func (p *MethodPauses) Left(method string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Until(p.all[method].until)
}

// Save keeps every pause that is not kept yet and not over. An error is that of
// Redis: the rest must be saved later.
func (p *MethodPauses) Save(ctx context.Context) error {
	p.mu.Lock()
	all := maps.Clone(p.all)
	p.mu.Unlock()
	for method, pause := range all {
		left := time.Until(pause.until)
		if left <= 0 || pause.told.Equal(pause.until) {
			continue
		}
		if err := p.kept.Pause(ctx, MethodScope+method, left); err != nil {
			return fmt.Errorf("keep the pause of %s for %s: %w", method, left, err)
		}
		p.extend(method, methodPause{pause.until, pause.until})
	}
	return nil
}

// Recall takes in the pauses that any replica was told of.
func (p *MethodPauses) Recall(ctx context.Context) error {
	pauses, err := p.kept.Pauses(ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	for scope, left := range pauses {
		if method, ok := strings.CutPrefix(scope, MethodScope); ok {
			until := now.Add(left)
			p.extend(method, methodPause{until, until})
		}
	}
	return nil
}
