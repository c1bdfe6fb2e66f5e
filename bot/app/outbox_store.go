package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"powerdesk/bot/lead"
	"powerdesk/bot/outbox"
	"powerdesk/bot/store"
)

// outboxStore is the store as the outbox sees it.
type outboxStore struct{ *store.Store }

var _ outbox.Store = outboxStore{}

func (s outboxStore) Rows(ctx context.Context, owner, after string, n int) (outbox.Page, error) {
	page, err := s.Store.Rows(ctx, owner, after, n)
	return outbox.Page{Rows: rows(page.Rows), All: page.All, Strange: page.Strange}, over(err)
}

func (s outboxStore) Dangers(ctx context.Context, owner string) ([]outbox.Row, error) {
	dangers, err := s.Store.Dangers(ctx, owner)
	return rows(dangers), over(err)
}

func (s outboxStore) Settle(ctx context.Context, owner string, w outbox.Settlement) error {
	told := store.Settlement{Tries: w.Tries, Acks: make([]store.Ack, len(w.Acks)), Buried: make([]store.Burial, len(w.Buried))}
	for i, a := range w.Acks {
		told.Acks[i] = store.Ack{Row: stored(a.Row), Slot: a.Slot, Chat: a.Chat, Message: a.Message}
	}
	for i, b := range w.Buried {
		told.Buried[i] = store.Burial{Row: stored(b.Row), Reason: b.Reason}
	}
	return over(s.Store.Settle(ctx, owner, told))
}

// Pauses gives those of chats and of the whole bot: what a method must wait is
// kept among them and is nothing to the outbox.
func (s outboxStore) Pauses(ctx context.Context) (map[string]time.Duration, error) {
	pauses, err := s.Store.Pauses(ctx)
	maps.DeleteFunc(pauses, func(scope string, _ time.Duration) bool { return strings.HasPrefix(scope, lead.MethodScope) })
	return pauses, err
}

// over says in the outbox's terms that a term is.
func over(err error) error {
	if errors.Is(err, store.ErrOver) {
		return fmt.Errorf("%w: %w", outbox.ErrOver, err)
	}
	return err
}

// rows hands committed rows from the store to the outbox.
func rows(stored []store.Row) []outbox.Row {
	out := make([]outbox.Row, len(stored))
	for i, r := range stored {
		out[i] = outbox.Row{
			ID: r.ID, Chat: r.Chat, Slot: r.Slot, Class: r.Class, Say: r.Say, Keep: r.Keep, Message: r.Message,
			Attempts: r.Attempts, At: r.At, Forget: r.Forget,
		}
	}
	return out
}

// stored is a row as the store is told of it.
func stored(r outbox.Row) store.Row {
	return store.Row{ID: r.ID, Chat: r.Chat, Slot: r.Slot, Class: r.Class, Say: r.Say, Keep: r.Keep, Attempts: r.Attempts, At: r.At}
}
