package telegram

import (
	"encoding/json"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"powerdesk/flows/talk"
)

// replyKeyboard adds to the library's the field that Telegram added in 2022: a
// keyboard that comes back when the reader has closed it. It is no one-time
// keyboard, since a resident answers many questions with it.
type replyKeyboard struct {
	tgbotapi.ReplyKeyboardMarkup
	Persistent bool `json:"is_persistent"`
}

// replyMarkup gives the keyboard of a message as JSON, "" for none: a null or an
// empty one is an error at Telegram (RELIABILITY §1.20). A message has one
// keyboard, and the buttons of a card go before the keys of a talk.
func replyMarkup(s talk.Say) string {
	if len(s.Buttons) == 0 && len(s.Keys) > 0 {
		return keysMarkup(s.Keys)
	}
	return inlineMarkup(s.Buttons)
}

func inlineMarkup(rows [][]talk.Inline) string {
	if len(rows) == 0 {
		return ""
	}
	var markup tgbotapi.InlineKeyboardMarkup
	for _, row := range rows {
		buttons := make([]tgbotapi.InlineKeyboardButton, 0, len(row))
		for _, b := range row {
			if b.URL != "" {
				buttons = append(buttons, tgbotapi.NewInlineKeyboardButtonURL(b.Text, b.URL))
			} else {
				buttons = append(buttons, tgbotapi.NewInlineKeyboardButtonData(b.Text, b.Data))
			}
		}
		markup.InlineKeyboard = append(markup.InlineKeyboard, buttons)
	}
	return asJSON(markup)
}

func keysMarkup(rows [][]talk.Key) string {
	markup := replyKeyboard{Persistent: true}
	markup.ResizeKeyboard = true
	for _, row := range rows {
		keys := make([]tgbotapi.KeyboardButton, 0, len(row))
		for _, k := range row {
			keys = append(keys, tgbotapi.KeyboardButton{Text: k.Text, RequestContact: k.Contact, RequestLocation: k.Location})
		}
		markup.Keyboard = append(markup.Keyboard, keys)
	}
	return asJSON(markup)
}

// asJSON encodes a value of this package or the library, none of which can fail
// to encode.
func asJSON(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}
