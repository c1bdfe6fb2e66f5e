package lead

import (
	"context"
	"fmt"
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
	kept    PauseStore
	mu      sync.Mutex
	until   map[string]time.Time // by method; a handful, for there are no more
	unsaved map[string]bool      // methods whose pause is not kept yet
}

// NewMethodPauses makes one that knows of no pause.
func NewMethodPauses(kept PauseStore) *MethodPauses {
	return &MethodPauses{kept: kept, until: make(map[string]time.Time), unsaved: make(map[string]bool)}
}

// Heard takes in the wait of a 429, and keeps it before it returns, if Redis can:
// this process may be dead a moment later. What is not kept the next Save keeps.
func (p *MethodPauses) Heard(method string, wait time.Duration) {
	if strings.HasPrefix(method, "send") || strings.HasPrefix(method, "edit") || method == "deleteMessage" {
		return // a message: the outbox's
	}
	p.pause(method, time.Now().Add(wait), true)
	ctx, cancel := context.WithTimeout(context.Background(), lastWordFor)
	defer cancel()
	_ = p.Save(ctx)
}

// pause lets nobody call a method before until. A shorter pause never ends a
// longer one.
func (p *MethodPauses) pause(method string, until time.Time, unsaved bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !until.After(p.until[method]) {
		return
	}
	p.until[method] = until
	if unsaved {
		p.unsaved[method] = true
	}
}

// Left is how long a method must be left alone still; what is not above zero is
// no pause.
func (p *MethodPauses) Left(method string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	until, ok := p.until[method]
	if !ok {
		return 0
	}
	return time.Until(until)
}

// Save keeps every pause that is not kept yet and not over. An error is that of
// the store: the rest must be saved later.
func (p *MethodPauses) Save(ctx context.Context) error {
	p.mu.Lock()
	all := make(map[string]time.Time, len(p.unsaved))
	for method := range p.unsaved {
		all[method] = p.until[method]
	}
	p.mu.Unlock()
	for method, until := range all {
		if left := time.Until(until); left > 0 {
			if err := p.kept.Pause(ctx, MethodScope+method, left); err != nil {
				return fmt.Errorf("keep the pause of %s for %s: %w", method, left, err)
			}
		}
		p.saved(method, until)
	}
	return nil
}

// saved notes that a pause is kept, unless it has become longer meanwhile.
func (p *MethodPauses) saved(method string, until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.until[method].Equal(until) {
		delete(p.unsaved, method)
	}
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
			p.pause(method, now.Add(left), false)
		}
	}
	return nil
}
