package telegram

import (
	"cmp"
	"math"
	"regexp"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"powerdesk/flows/county"
	"powerdesk/flows/talk"
)

// message reads a new message. It reports false when it is nothing to the desk.
func (e Env) message(u *Update, m *wireMessage) bool {
	if !e.open(u, m.Chat, m.Date) {
		return false
	}
	// Before the sender is looked at: an anonymous admin may upgrade the group.
	if m.MigrateTo != 0 || m.MigrateFrom != 0 {
		u.Migrated = Migration{Old: m.Chat.ID, New: m.MigrateTo}
		if m.MigrateFrom != 0 {
			u.Migrated = Migration{Old: m.MigrateFrom, New: m.Chat.ID}
		}
		return true
	}
	if m.Left != nil {
		return e.leave(u, m.Left)
	}
	if m.Reply != nil {
		u.Event.ReplyTo = m.Reply.ID
	}
	return e.from(u, m.From) && e.content(u, m)
}

// content tells apart what a person can send.
func (e Env) content(u *Update, m *wireMessage) bool {
	ev := &u.Event
	switch {
	case m.Text != "":
		return e.text(ev, m)
	case m.Contact != nil:
		ev.Kind = talk.Contact
		ev.Phone = phone(m.Contact.PhoneNumber)
		// Anybody can send anybody's card, but the server itself says whose it is
		// (RELIABILITY §2, "Contacts").
		ev.Foreign = m.Contact.UserID != ev.From.ID
		return true
	}
	if pin, ok := position(m.Location); ok {
		ev.Kind, ev.Pin = talk.Pinned, pin
		return true
	}
	if media, ok := attachment(m); ok {
		ev.Kind, ev.Media = talk.Attach, media
		ev.Text, ev.Cut = clean(m.Caption, textLimit)
		ev.Media.Note = ev.Text
		return true
	}
	// A sticker in a group is said to the others there; nobody waits for the
	// desk's answer.
	ev.Kind = talk.Other
	return ev.Chat.Kind == talk.Private && !m.service()
}

// text reads a written message. What was forwarded is never a command: somebody
// else wrote it, or it was meant for another bot.
func (e Env) text(ev *talk.Event, m *wireMessage) bool {
	name, bot, args, ok := command(m.Text)
	if !ok || m.forwarded() {
		ev.Kind = talk.Text
		ev.Text, ev.Cut = clean(m.Text, textLimit)
		return true
	}
	if bot != "" && !strings.EqualFold(bot, e.Me.Username) {
		return false
	}
	ev.Kind, ev.Command = talk.Command, strings.ToLower(name)
	ev.Text, ev.Cut = clean(args, textLimit)
	return true
}

// command splits "/name@bot arguments". The slash is the first character and a
// blank or the end follows the name, so that "/12号楼" stays the house number it
// is. Telegram's names have no hyphen, but people write "/report-for": inside a
// name that begins with a letter it is an underscore, and "/12-3" stays a door. The
// entities are not asked: their lengths count UTF-16 and can be forged
// (RELIABILITY §1.22).
func command(text string) (name, bot, args string, ok bool) {
	part := commandForm.FindStringSubmatch(text)
	if part == nil || len(part[1]) > commandLimit {
		return "", "", "", false
	}
	return strings.ReplaceAll(part[1], "-", "_"), part[2], part[3], true
}

var commandForm = regexp.MustCompile(`(?s)^/([a-zA-Z0-9_]+|[a-zA-Z][a-zA-Z0-9_]*(?:-[a-zA-Z0-9_]+)+)` +
	`(?:@([a-zA-Z0-9_]{0,32}))?([ \t\r\n\x{3000}].*)?$`)

// commandLimit is the longest name of a command.
const commandLimit = 32

// position reads a location that lies on the earth. The zero Pin means none.
func position(l *tgbotapi.Location) (county.Pin, bool) {
	if l == nil || math.Abs(l.Latitude) > 90 || math.Abs(l.Longitude) > 180 {
		return county.Pin{}, false
	}
	pin := county.Pin{Lat: l.Latitude, Lon: l.Longitude}
	return pin, pin != county.Pin{}
}

// edited reports a changed message in a private chat, with the words as they are now,
// which must never become an answer. A live location changes every few seconds
// by itself and is nobody's doing.
func (e Env) edited(u *Update, m *wireMessage) bool {
	u.Event.Kind = talk.Edited
	u.Event.Text, u.Event.Cut = clean(cmp.Or(m.Text, m.Caption), textLimit)
	return e.open(u, m.Chat, m.Date) && e.from(u, m.From) &&
		u.Event.Chat.Kind == talk.Private && m.Location == nil
}
