package telegram

import (
	"context"
	"errors"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"powerdesk/flows/county"
)

// takeAway deletes the message of a Say. One that Telegram no longer lets go
// (RELIABILITY §2: after 48 h) loses its words instead, because what must not be
// read any more is in them; when not even that can be done nobody can do more
// than say so in the log.
func (c *Client) takeAway(ctx context.Context, o Outgoing) (int, error) {
	if o.Message == 0 {
		return 0, nil // nothing was ever sent
	}
	err := c.call(ctx, "deleteMessage", tgbotapi.Params{"chat_id": number(o.Say.Chat), "message_id": number(int64(o.Message))}, nil)
	switch {
	case err == nil:
		return 0, nil
	case !undeletable(err):
		return o.Message, err
	}
	if r, ok := emptied(o); ok {
		err = c.call(ctx, r.method, r.params, nil)
	}
	switch {
	case err == nil, Is(err, Done):
		return 0, nil
	case undeletable(err), Is(err, Missing):
		c.opts.Logger.Warn("a message stays: it can be neither deleted nor emptied", "err", err)
		return 0, nil
	default:
		return o.Message, err
	}
}

// emptied is the edit that takes the words of a message: its caption, or its
// text for what the Say has instead. A text cannot become nothing.
func emptied(o Outgoing) (request, bool) {
	switch {
	case o.Say.Pin != county.Pin{}:
		return request{}, false
	case o.Say.Media.Kind != "":
		return request{"editMessageCaption", edit(o, "caption", captionLimit)}, true
	case o.Say.Text != "":
		return request{"editMessageText", edit(o, "text", textLimit)}, true
	default:
		return request{}, false
	}
}

// undeletable says that Telegram would delete the message if it were younger.
func undeletable(err error) bool {
	failed, ok := errors.AsType[*Error](err)
	return ok && failed.Code == 400 && strings.Contains(strings.ToLower(failed.Description), "message can't be deleted")
}
