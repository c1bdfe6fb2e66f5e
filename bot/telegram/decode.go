package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/talk"
)

// Env is what an update must be seen against.
type Env struct {
	Me    Self
	Chats county.Chats   // the desk's groups
	Zone  *time.Location // of Event.At
	Now   time.Time
	Token string // becomes Event.Token
}

// Update is what Telegram told.
type Update struct {
	ID       int
	Event    talk.Event // of Kind "" when Migrated is set
	Migrated Migration  // the group has a new id; zero = it has not
}

// Migration is a group's change into a supergroup. Telegram tells it twice, in
// the old chat and in the new one, in any order.
type Migration struct{ Old, New int64 }

// nobody are senders that are none: anonymous group admins, posts in the name of a
// channel, and Telegram itself (RELIABILITY §2, "Anonymous admins"). None of
// them is ever a person of the desk.
var nobody = []int64{1087968824, 136817688, 777000}

// Decode turns one update into an event. It reports false when the update is
// nothing to the desk: a bot's message, a channel's, a command for another bot,
// stickers in a group. It fails on what is not an update, with the id in the
// result when that could be read. It is pure, never panics, and shows nothing
// of the update in its error.
func Decode(raw json.RawMessage, env Env) (Update, bool, error) {
	var w wireUpdate
	if err := json.Unmarshal(raw, &w); err != nil {
		return Update{ID: updateID(w.ID)}, false, fmt.Errorf("decode update %d: %w", w.ID, shape(err))
	}
	u := Update{ID: updateID(w.ID)}
	if u.ID == 0 {
		return u, false, errors.New("decode update: no update_id")
	}
	u.Event.ID = "u" + strconv.Itoa(u.ID)
	u.Event.Token = env.Token
	switch {
	case w.Message != nil:
		return u, env.message(&u, w.Message), nil
	case w.Edited != nil:
		return u, env.edited(&u, w.Edited), nil
	case w.Callback != nil:
		return u, env.press(&u, w.Callback), nil
	case w.Mine != nil:
		return u, env.self(&u, w.Mine), nil
	case w.Member != nil:
		return u, env.departed(&u, w.Member), nil
	default:
		return u, false, nil
	}
}

// idLimit bounds an update id. Telegram's stay below 2³¹ (RELIABILITY §2,
// "Retention"). Its type keeps the desk from being built for 32 bits, where the
// library's ids would overflow.
const idLimit int = 1 << 53

// updateID is the id of an update, or 0 for what cannot be one.
func updateID(id int64) int {
	if id < 1 || id > int64(idLimit) {
		return 0
	}
	return int(id)
}

// shape says what was wrong without the value: it may be a phone number.
func shape(err error) error {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("%s is not of type %s", wrong.Field, wrong.Type)
	}
	return errors.New("not JSON")
}

// press reads a tap on an inline button. Data is read whole or not at all:
// cleaning it would make a button that nobody drew.
func (e Env) press(u *Update, w *wireCallback) bool {
	if w.Message == nil || !e.open(u, w.Message.Chat, 0) || !e.from(u, w.From) {
		return false
	}
	u.Event.Kind = talk.Press
	u.Event.Callback = opaque(w.ID)
	u.Event.Press = talk.ParseButton(opaque(w.Data))
	return true
}

// open fills in chat and time. It reports false when there is no chat.
func (e Env) open(u *Update, c *wireChat, date int64) bool {
	if c == nil || c.ID == 0 {
		return false
	}
	u.Event.Chat = talk.Chat{ID: c.ID, Kind: e.kind(c.ID)}
	u.Event.At = e.at(date)
	return true
}

// kind goes by the id alone. Telegram's ids of persons are positive and those
// of groups negative, so a configured id cannot be met by a private chat.
func (e Env) kind(chat int64) talk.ChatKind {
	switch {
	case chat > 0:
		return talk.Private
	case chat == e.Chats.Duty:
		return talk.Duty
	case chat == e.Chats.Hall:
		return talk.Hall
	case chat == e.Chats.Leader:
		return talk.Leader
	default:
		return talk.Foreign
	}
}

// at gives a message its date when that can be true: Telegram keeps an update
// for 24 h (RELIABILITY §2, "Retention").
func (e Env) at(date int64) time.Time {
	t := time.Unix(date, 0)
	if t.After(e.Now) || !t.After(e.Now.Add(-24*time.Hour)) {
		t = e.Now
	}
	return t.In(e.Zone)
}

// opaque passes an identifier that Telegram made: visible ASCII, or nothing.
// No mark of the desk, such as job.Unnumbered, can come in by it.
func opaque(s string) string {
	for _, b := range []byte(s) {
		if b <= ' ' || b > '~' {
			return ""
		}
	}
	return s
}
