package telegram

import (
	"context"
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"powerdesk/flows/county"
	"powerdesk/flows/talk"
)

// Outgoing is a Say on its way.
type Outgoing struct {
	Say     talk.Say
	Message int  // the message to edit; 0 sends a new one
	Plain   bool // without markup: the second try after Telegram refused the tags
}

// Send sends, edits or takes away a message, once, and gives the message's id,
// on an error too when it is known; 0 when there is no message any more. It
// never waits and never tries again: an error is an *Error whose class says what
// to do.
func (c *Client) Send(ctx context.Context, o Outgoing) (int, error) {
	if o.Say.Delete {
		return c.takeAway(ctx, o)
	}
	if o.Say.Pin != (county.Pin{}) && o.Message != 0 {
		// The new pin comes in place of the old one, which nobody could find again.
		if id, err := c.takeAway(ctx, o); err != nil && !Is(err, Done) {
			return id, err
		}
	}
	sent := struct {
		MessageID int `json:"message_id"`
	}{o.Message}
	for _, r := range encode(o) {
		var result any = &sent
		if strings.HasPrefix(r.method, "edit") {
			result = nil // the id is known, and an edit may answer just true
		}
		if err := c.call(ctx, r.method, r.params, result); err != nil {
			return o.Message, err
		}
	}
	return sent.MessageID, nil
}

// request is one call of the Bot API.
type request struct {
	method string
	params tgbotapi.Params
}

// encode writes a Say as calls. It is one call, but for a video note with a
// text: a video note has no caption, so the text goes ahead of it.
func encode(o Outgoing) []request {
	s := o.Say
	switch {
	case s.Pin != county.Pin{}:
		// A position that is not live cannot be edited, so it is always sent.
		return []request{{"sendLocation", location(s)}}
	case o.Message != 0 && s.Media.FileID != "":
		// The file of a slot stays; what changes is what is said of it.
		return []request{{"editMessageCaption", edit(o, "caption", captionLimit)}}
	case o.Message != 0:
		return []request{{"editMessageText", edit(o, "text", textLimit)}}
	case s.Media.FileID != "":
		return media(o)
	default:
		return []request{message(o)}
	}
}

// noPreview keeps Telegram's servers from fetching a link, and a card from
// growing a picture. It has replaced disable_web_page_preview since Bot API 7.0.
const noPreview = `{"is_disabled":true}`

func message(o Outgoing) request {
	params := fresh(o.Say)
	addText(params, o, "text", textLimit)
	return request{"sendMessage", params}
}

func media(o Outgoing) []request {
	method, field, id := upload(o.Say.Media)
	params := fresh(o.Say)
	params[field] = id
	switch {
	case field != videoNote:
		addText(params, o, "caption", captionLimit)
	case o.Say.Text != "":
		text := message(o)
		delete(text.params, "reply_markup") // the note below it has the buttons
		return []request{text, {method, params}}
	}
	return []request{{method, params}}
}

func location(s talk.Say) tgbotapi.Params {
	params := fresh(s)
	params["latitude"] = degrees(s.Pin.Lat)
	params["longitude"] = degrees(s.Pin.Lon)
	return params
}

func degrees(d float64) string { return strconv.FormatFloat(d, 'f', 6, 64) }

// number writes an id as the Bot API takes it.
func number(id int64) string { return strconv.FormatInt(id, 10) }

// fresh begins a new message.
func fresh(s talk.Say) tgbotapi.Params {
	params := tgbotapi.Params{"chat_id": number(s.Chat)}
	params.AddNonEmpty("reply_markup", replyMarkup(s))
	params.AddBool("protect_content", s.Protect)
	return params
}

// edit has no place for the keys of a talk: only inline buttons can change, and
// left out, they go.
func edit(o Outgoing, field string, limit int) tgbotapi.Params {
	params := tgbotapi.Params{"chat_id": number(o.Say.Chat), "message_id": number(int64(o.Message))}
	params.AddNonEmpty("reply_markup", inlineMarkup(o.Say.Buttons))
	addText(params, o, field, limit)
	return params
}

// addText adds the text, cut to what Telegram takes. An invalid byte would have
// the whole message refused.
func addText(params tgbotapi.Params, o Outgoing, field string, limit int) {
	if field == "text" {
		params["link_preview_options"] = noPreview
	}
	text := strings.ToValidUTF8(o.Say.Text, "\uFFFD")
	switch {
	case text == "":
	case o.Plain:
		params[field] = cutPlain(stripHTML(text), limit)
	default:
		params[field] = cutHTML(text, limit)
		params["parse_mode"] = tgbotapi.ModeHTML
	}
}
