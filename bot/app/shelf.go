package app

import (
	"context"
	"errors"
	"maps"
	"strings"
	"time"

	"powerdesk/bot/outbox"
	"powerdesk/bot/store"
)

// shelf is the store as the outbox sees it. A lease that was lost is no error
// to the outbox: the row is somebody else's now, and they send it.
type shelf struct{ *store.Store }

var _ outbox.Store = shelf{}

func (s shelf) Lease(ctx context.Context, owner string, n int, lease time.Duration) ([]outbox.Row, error) {
	leased, err := s.Store.Lease(ctx, owner, n, lease)
	return rows(leased), err
}

// Pauses gives those of chats and of the whole bot: what a method must wait is
// kept among them and is nothing to the outbox.
func (s shelf) Pauses(ctx context.Context) (map[string]time.Duration, error) {
	pauses, err := s.Store.Pauses(ctx)
	maps.DeleteFunc(pauses, func(scope string, _ time.Duration) bool { return strings.HasPrefix(scope, methodScope) })
	return pauses, err
}

// Leased counts the rows in anybody's hands.
func (s shelf) Leased(ctx context.Context) (int, error) {
	b, err := s.Backlog(ctx)
	return b.Leased, err
}

func (s shelf) Extend(ctx context.Context, owner string, ids []string, lease time.Duration) error {
	return notLost(s.Store.Extend(ctx, owner, ids, lease))
}

func (s shelf) Ack(ctx context.Context, owner string, acks []outbox.Ack) error {
	stored := make([]store.Ack, len(acks))
	for i, a := range acks {
		stored[i] = store.Ack(a)
	}
	return notLost(s.Store.Ack(ctx, owner, stored))
}

func (s shelf) Nack(ctx context.Context, owner string, nacks []outbox.Nack) error {
	stored := make([]store.Nack, len(nacks))
	for i, n := range nacks {
		stored[i] = store.Nack{ID: n.ID, Delay: n.Delay, Ambiguous: n.Ambiguous}
	}
	return notLost(s.Store.Nack(ctx, owner, stored))
}

func (s shelf) Bury(ctx context.Context, owner, id, reason string) error {
	return notLost(s.Store.Bury(ctx, owner, id, reason))
}

func notLost(err error) error {
	if errors.Is(err, store.ErrLost) {
		return nil
	}
	return err
}
