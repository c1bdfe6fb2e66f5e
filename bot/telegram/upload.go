package telegram

import (
	"context"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"powerdesk/flows/job"
)

// Upload sends a picture that is not with Telegram yet, with the Say's words
// below it, once. It gives the message's id and the id under which Telegram has
// the picture from now on: a Say with that as its Media sends it again without
// its bytes. Everything else is as with Send.
func (c *Client) Upload(ctx context.Context, o Outgoing, png []byte) (message int, file string, err error) {
	params := fresh(o.Say)
	addText(params, o, "caption", captionLimit)
	var sent struct {
		MessageID int                  `json:"message_id"`
		Photo     []tgbotapi.PhotoSize `json:"photo"`
	}
	ctx, cancel := context.WithTimeout(ctx, c.opts.Timeout)
	defer cancel()
	// Bytes, with a name of our own: the library would tell Telegram the path of a
	// file on this machine.
	x := &exchange{ctx: ctx, client: c.sending, files: []tgbotapi.RequestFile{{
		Name: string(job.Photo), Data: tgbotapi.FileBytes{Name: "picture.png", Bytes: png},
	}}}
	if err := c.exchange(x, "sendPhoto", params, &sent); err != nil {
		return 0, "", err
	}
	if len(sent.Photo) > 0 {
		file = largest(sent.Photo)
	}
	return sent.MessageID, opaque(file), nil
}
