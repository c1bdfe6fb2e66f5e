package app

import (
	"context"
	"crypto/rand"

	"powerdesk/bot/outbox"
	"powerdesk/flows/talk"
)

// ended lets the writer of a message hear that it was given up and why, or, with no
// reason, that it was delivered. Its event is named after the row, so that however
// often the row ends the writer is told once. An error means that nobody was told
// yet.
func (a *App) ended(ctx context.Context, row outbox.Row, reason string) error {
	writer := row.Say.Writer
	if reason != "" && (writer == 0 || writer == row.Chat) {
		return nil // words of the desk itself, or words to whom nothing can be told
	}
	e := talk.Event{
		ID: "f:" + row.ID, At: a.clock.Now().In(a.County().Zone), Kind: talk.Failed, Lost: row.Say, Token: rand.Text(),
		Chat: talk.Chat{ID: writer, Kind: talk.Private}, From: talk.Person{ID: writer},
	}
	if reason == "" {
		e.ID, e.Kind = "d:"+row.ID, talk.Delivered
	}
	// Were it tried for ever, the row would never be buried.
	return a.tell(ctx, e, "a writer is not told of words that did not arrive")
}
