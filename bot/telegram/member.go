package telegram

import (
	"context"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// member is the standing of a person in a chat.
type member struct {
	User     tgbotapi.User `json:"user"`
	Status   string        `json:"status"`
	IsMember bool          `json:"is_member"`
}

// inside says whether the person belongs to the chat. is_member means something
// for the restricted only (RELIABILITY §2, "Authorisation").
func (m member) inside() bool {
	switch m.Status {
	case "creator", "administrator", "member":
		return true
	case "restricted":
		return m.IsMember
	default:
		return false
	}
}

// Member says whether the user belongs to the chat. A user whom Telegram does
// not know there does not. On an error the answer is not known, and the caller
// must refuse.
func (c *Client) Member(ctx context.Context, chat, user int64) (bool, error) {
	var m member
	err := c.call(ctx, "getChatMember", tgbotapi.Params{"chat_id": number(chat), "user_id": number(user)}, &m)
	if Is(err, Missing) {
		return false, nil
	}
	// The answer must be about the one who was asked for.
	return err == nil && m.User.ID == user && m.inside(), err
}
