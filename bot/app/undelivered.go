package app

import (
	"context"

	"powerdesk/bot/outbox"
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
	// Were it tried for ever, the row would never be buried.
	return a.tell(ctx, e, "a writer is not told of words that did not arrive")
}
