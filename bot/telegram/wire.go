package telegram

import (
	"encoding/json"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// The structs of this file name the fields that the desk reads, and no other.
// The library's own Update reads some three hundred: each is a chance for an
// update to fail over something nobody here asked for, and those that Telegram
// added since 2021 are not among them (RELIABILITY §1.3, §1.18).

// wireUpdate is one element of getUpdates, or the body of a webhook call.
type wireUpdate struct {
	ID       int64          `json:"update_id"`
	Message  *wireMessage   `json:"message"`
	Edited   *wireMessage   `json:"edited_message"`
	Callback *wireCallback  `json:"callback_query"`
	Mine     *wireMemberNew `json:"my_chat_member"`
	Member   *wireMemberNew `json:"chat_member"`
}

type wireChat struct {
	ID int64 `json:"id"`
}

type wireMessage struct {
	Chat *wireChat      `json:"chat"`
	From *tgbotapi.User `json:"from"`
	Date int64          `json:"date"`

	Reply *struct {
		ID int `json:"message_id"`
	} `json:"reply_to_message"`

	Text          string          `json:"text"`
	Caption       string          `json:"caption"`
	ForwardDate   int64           `json:"forward_date"`   // until Bot API 7.0
	ForwardOrigin json.RawMessage `json:"forward_origin"` // since then

	Album     string               `json:"media_group_id"`
	Photo     []tgbotapi.PhotoSize `json:"photo"`
	Voice     *wireFile            `json:"voice"`
	Video     *wireFile            `json:"video"`
	VideoNote *wireFile            `json:"video_note"`
	Animation *wireFile            `json:"animation"`
	Document  *wireFile            `json:"document"`
	Location  *tgbotapi.Location   `json:"location"` // a venue has one too
	Contact   *tgbotapi.Contact    `json:"contact"`

	Left        *tgbotapi.User `json:"left_chat_member"`
	MigrateTo   int64          `json:"migrate_to_chat_id"`
	MigrateFrom int64          `json:"migrate_from_chat_id"`

	// What Telegram itself says in a private chat.
	Pinned      json.RawMessage `json:"pinned_message"`
	AutoDelete  json.RawMessage `json:"message_auto_delete_timer_changed"`
	WriteAccess json.RawMessage `json:"write_access_allowed"`
	Background  json.RawMessage `json:"chat_background_set"`
}

// service says that Telegram wrote the message and not the person.
func (m *wireMessage) service() bool {
	return m.Pinned != nil || m.AutoDelete != nil || m.WriteAccess != nil || m.Background != nil
}

func (m *wireMessage) forwarded() bool { return m.ForwardDate != 0 || m.ForwardOrigin != nil }

type wireFile struct {
	ID string `json:"file_id"`
}

// wireCallback is a press. Its message may be out of reach for Telegram: then
// only the chat is there.
type wireCallback struct {
	ID      string         `json:"id"`
	From    *tgbotapi.User `json:"from"`
	Message *wireMessage   `json:"message"`
	Data    string         `json:"data"`
}

type wireMemberNew struct {
	Chat *wireChat      `json:"chat"`
	From *tgbotapi.User `json:"from"`
	Date int64          `json:"date"`
	Old  member         `json:"old_chat_member"`
	New  member         `json:"new_chat_member"`
}
