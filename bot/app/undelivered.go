package app

import (
	"context"

	"powerdesk/bot/outbox"
	"powerdesk/flows/talk"
)

// undelivered lets the writer of a message that is given up hear of it. Its
// event is named after the row, so that however often the row is given up the
// writer is told once. An error means that nobody was told yet.
func (a *App) undelivered(ctx context.Context, row outbox.Row) error {
	writer := row.Say.Writer
	if writer == 0 || writer == row.Chat {
		return nil // words of the desk itself, or words to whom nothing can be told
	}
	e := talk.Event{
		ID: "f:" + row.ID, At: a.clock.Now().In(a.County().Zone), Kind: talk.Failed, Lost: row.Say, Token: token(),
		Chat: talk.Chat{ID: writer, Kind: talk.Private}, From: talk.Person{ID: writer},
	}
	// Were it tried for ever, the row would never be buried.
	return a.tell(ctx, e, "a writer is not told of words that did not arrive")
}
