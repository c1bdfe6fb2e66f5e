package telegram

import (
	"context"
	"regexp"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"powerdesk/flows/talk"
)

// toastLimit is the longest text of an answer to a press, in code points
// (RELIABILITY §2, "Callbacks").
const toastLimit = 200

// payloadForm is what a deep link may carry (RELIABILITY §2, "DMs").
var payloadForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// Answer answers a press. Telegram forgets a press within minutes, so this is
// called at once and never queued; that it came too late is no error, because
// what a toast says stands on the card as well.
func (c *Client) Answer(ctx context.Context, t talk.Toast) error {
	params := tgbotapi.Params{"callback_query_id": t.Callback}
	params.AddNonEmpty("text", cutPlain(t.Text, toastLimit))
	params.AddBool("show_alert", t.Alert)
	if payloadForm.MatchString(t.Start) {
		_, username, err := c.Me(ctx)
		if err != nil {
			return err
		}
		params["url"] = "https://t.me/" + username + "?start=" + t.Start
	}
	err := c.call(ctx, "answerCallbackQuery", params, nil)
	if Is(err, Done) {
		return nil
	}
	return err
}
