package app

import (
	"context"
	"errors"
	"maps"
	"strings"
	"time"

	"powerdesk/bot/lead"
	"powerdesk/bot/outbox"
	"powerdesk/bot/store"
)

// outboxStore is the store as the outbox sees it. A row's lease that was lost is no error
// to the outbox: the row is somebody else's now, and they send it.
type outboxStore struct{ *store.Store }

var _ outbox.Store = outboxStore{}

func (s outboxStore) Lease(ctx context.Context, owner string, n int, lease time.Duration) ([]outbox.Row, error) {
	leased, err := s.Store.Lease(ctx, owner, n, lease)
	return rows(leased), err
}

// Pauses gives those of chats and of the whole bot: what a method must wait is
// kept among them and is nothing to the outbox.
func (s outboxStore) Pauses(ctx context.Context) (map[string]time.Duration, error) {
	pauses, err := s.Store.Pauses(ctx)
	maps.DeleteFunc(pauses, func(scope string, _ time.Duration) bool { return strings.HasPrefix(scope, lead.MethodScope) })
	return pauses, err
}

// Leased counts the rows in anybody's hands.
func (s outboxStore) Leased(ctx context.Context) (int, error) {
	b, err := s.Backlog(ctx)
	return b.Leased, err
}

func (s outboxStore) Extend(ctx context.Context, owner string, ids []string, lease time.Duration) error {
	return notLost(s.Store.Extend(ctx, owner, ids, lease))
}

func (s outboxStore) Ack(ctx context.Context, owner string, acks []outbox.Ack) error {
	stored := make([]store.Ack, len(acks))
	for i, a := range acks {
		stored[i] = store.Ack(a)
	}
	return notLost(s.Store.Ack(ctx, owner, stored))
}

func (s outboxStore) Nack(ctx context.Context, owner string, nacks []outbox.Nack) error {
	stored := make([]store.Nack, len(nacks))
	for i, n := range nacks {
		stored[i] = store.Nack{ID: n.ID, Delay: n.Delay, Ambiguous: n.Ambiguous}
	}
	return notLost(s.Store.Nack(ctx, owner, stored))
}

func (s outboxStore) Bury(ctx context.Context, owner, id, reason string) error {
	return notLost(s.Store.Bury(ctx, owner, id, reason))
}

func notLost(err error) error {
	if errors.Is(err, store.ErrLost) {
		return nil
	}
	return err
}

// termStore leases while the term lasts, by this process's clocks and by Redis's:
// a Redis that was emptied gives new rows old ids, which this outbox would take
// for what it has sent. All other words about rows carry the owner, and are heard
// late too: an ack that comes late is still true.
type termStore struct {
	outboxStore
	term *lead.Term
}

func (s termStore) Lease(ctx context.Context, owner string, n int, lease time.Duration) ([]outbox.Row, error) {
	if !s.term.Holds() {
		return nil, nil
	}
	leased, err := s.LeaseIn(ctx, s.term.Number, owner, n, lease)
	return rows(leased), err
}

// rows hands committed rows from the store to the outbox.
func rows(stored []store.Row) []outbox.Row {
	out := make([]outbox.Row, len(stored))
	for i, r := range stored {
		out[i] = outbox.Row{
			ID: r.ID, Chat: r.Chat, Slot: r.Slot, Class: r.Class, Say: r.Say, Message: r.Message,
			Attempts: r.Attempts, Ambiguous: r.Ambiguous, At: r.At,
		}
	}
	return out
}
