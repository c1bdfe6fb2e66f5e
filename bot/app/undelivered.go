package app

import (
	"context"
	"errors"

	"powerdesk/bot/outbox"
	"powerdesk/bot/store"
	"powerdesk/flows"
)

// undelivered lets the writer of a message that is given up hear of it. Its
// event is named after the row, so that however often the row is given up the
// writer is told once. An error means that nobody was told yet.
func (a *App) undelivered(ctx context.Context, row outbox.Row) error {
	writer := row.Say.Writer
	if writer == 0 || writer == row.Chat {
		return nil // words of the desk itself, or words to whom nothing can be told
	}
	e := flows.Event{
		ID: "f:" + row.ID, At: a.clock.Now().In(a.zone()), Kind: flows.Failed, Lost: row.Say, Token: token(),
		Chat: flows.Chat{ID: writer, Kind: flows.Private}, From: flows.Person{ID: writer},
	}
	err := a.guarded(ctx, e, nil)
	if err == nil || errors.Is(err, store.ErrUnavailable) || errors.Is(err, store.ErrConflict) || ctx.Err() != nil {
		return err
	}
	// The next try would fail as well, and the row would never be buried.
	a.count.poison.Inc()
	a.log.Error("a writer is not told of words that did not arrive", "event", e.ID, "err", err)
	return nil
}
