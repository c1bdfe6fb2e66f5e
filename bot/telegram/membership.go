package telegram

import (
	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"powerdesk/flows/talk"
)

// self reads a change of the bot's own standing. In private that is blocked or
// unblocked. In a group it is Added, from the person who did it if that is told,
// or Departed, from the bot itself.
func (e Env) self(u *Update, w *wireMemberNew) bool {
	if !e.open(u, w.Chat, w.Date) || w.Old.inside() == w.New.inside() {
		return false
	}
	ev := &u.Event
	switch {
	case ev.Chat.Kind == talk.Private:
		ev.Kind = talk.Blocked
		if w.New.inside() {
			ev.Text = "no"
		}
		return e.from(u, w.From)
	case w.New.inside():
		ev.Kind = talk.Added
		e.from(u, w.From) // an anonymous admin may have done it
		return true
	default:
		ev.Kind = talk.Departed
		ev.From = talk.Person{ID: e.Me.ID, Name: e.Me.Username, Lang: lang("")}
		return true
	}
}

// departed reads a change of somebody's standing in the duty group. Telegram
// tells it when the bot is an admin there.
func (e Env) departed(u *Update, w *wireMemberNew) bool {
	return !w.New.inside() && e.open(u, w.Chat, w.Date) && e.leave(u, &w.New.User)
}

// leave reports that the user is no longer in the duty group. The service
// message that tells it to a bot which is no admin comes here too; a repeat is
// harmless. The bot's own leaving is told by self.
func (e Env) leave(u *Update, user *tgbotapi.User) bool {
	u.Event.Kind = talk.Departed
	return u.Event.Chat.Kind == talk.Duty && e.from(u, user)
}
