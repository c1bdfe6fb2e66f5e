package demo

import (
	"fmt"
	"slices"
	"strings"
)

// Actor is one person's hands: its methods do what Telegram's app lets that person do, and the bot is told as Telegram would tell it.
// Methods that write return the id of the message. Errors wrap ErrNoPerson, ErrNoChat, ErrNoMessage, ErrNoButton, ErrNotMember or ErrNotAllowed.
type Actor struct {
	t  *Telegram
	id int64
}

// As gives the hands of a person; whether there is one shows when they are used.
func (t *Telegram) As(userID int64) Actor { return Actor{t: t, id: userID} }

// act runs do under the lock for a person and a chat that exist. doing is what an error says was tried.
func (a Actor) act(doing string, chatID int64, do func(*user, *chat) error) error {
	a.t.mu.Lock()
	defer a.t.mu.Unlock()
	u, ch := a.t.users[a.id], a.t.chats[chatID]
	err := ErrNoPerson
	switch {
	case u == nil:
	case ch == nil || ch.kind == private && ch.user != u:
		err = ErrNoChat
	default:
		err = do(u, ch)
	}
	if err != nil {
		return fmt.Errorf("%s as %d in chat %d: %w", doing, a.id, chatID, err)
	}
	return nil
}

// mayWrite tells why the app of a person shows no text field in a chat.
func (ch *chat) mayWrite(userID int64) error {
	status := ch.statusOf(userID)
	switch {
	case ch.kind == private && ch.blocked, ch.upgradedTo != 0:
		return ErrNotAllowed
	case ch.kind == private:
		return nil
	case !status.inside():
		return ErrNotMember
	case status == Restricted, ch.silent && !status.admin():
		return ErrNotAllowed
	}
	return nil
}

// write posts what the person made, when they may write there.
func (a Actor) write(doing string, chatID int64, build func(*chat) (*wireMessage, error)) (id int, err error) {
	err = a.act(doing, chatID, func(u *user, ch *chat) error {
		if err := ch.mayWrite(a.id); err != nil {
			return err
		}
		m, err := build(ch)
		if err != nil {
			return err
		}
		a.t.postFrom(u, ch, m)
		id = m.ID
		return nil
	})
	return id, err
}

// postFrom posts a person's message; the first one in their private chat opens it.
func (t *Telegram) postFrom(u *user, ch *chat, m *wireMessage) {
	m.From = u.wire
	if ch.kind == private {
		ch.opened = true
	}
	t.post(ch, m)
}

// Send writes a text. As the apps do, it is trimmed, and one of more than 4 096 code points is sent in pieces: the id is that of the last.
// A text without anything to see is ErrNotAllowed.
func (a Actor) Send(chatID int64, text string) (int, error) {
	return a.say("writing", chatID, 0, text)
}

// Reply answers a message of the same chat.
func (a Actor) Reply(chatID int64, to int, text string) (int, error) {
	return a.say("replying", chatID, to, text)
}

func (a Actor) say(doing string, chatID int64, to int, text string) (id int, err error) {
	text, _ = tidy(strings.ToValidUTF8(text, ""), nil)
	if text == "" {
		return 0, fmt.Errorf("%s nothing: %w", doing, ErrNotAllowed)
	}
	for piece := range slices.Chunk([]rune(text), maxText) {
		id, err = a.write(doing, chatID, func(ch *chat) (*wireMessage, error) {
			m := &wireMessage{Text: string(piece), Entities: findEntities(string(piece), nil)}
			if to != 0 {
				quoted := ch.live(to)
				if quoted == nil {
					return nil, ErrNoMessage
				}
				m.ReplyTo = quoted.asReply()
			}
			return m, nil
		})
		if err != nil {
			return 0, err
		}
	}
	return id, nil
}

// Start presses START, or follows a deep link with a payload of up to 64 of A–Z a–z 0–9 _ -; other payloads are ErrNotAllowed, since
// Telegram's apps drop them. Who had blocked the bot unblocks it by this.
func (a Actor) Start(payload string) (id int, err error) {
	if !validPayload(payload) {
		return 0, fmt.Errorf("starting with payload %q: %w", payload, ErrNotAllowed)
	}
	err = a.act("starting", a.id, func(u *user, _ *chat) error {
		id = a.t.start(u, payload)
		return nil
	})
	return id, err
}

func (t *Telegram) start(u *user, payload string) int {
	ch := t.chats[u.ID]
	t.setBlocked(ch, false)
	text := strings.TrimSpace("/start " + payload)
	m := &wireMessage{Text: text, Entities: findEntities(text, nil)}
	t.postFrom(u, ch, m)
	return m.ID
}

// Edit changes the text of one of the person's own messages.
func (a Actor) Edit(chatID int64, messageID int, text string) error {
	text, _ = tidy(strings.ToValidUTF8(text, ""), nil)
	return a.act("editing", chatID, func(_ *user, ch *chat) error {
		r := ch.live(messageID)
		switch {
		case r == nil:
			return ErrNoMessage
		case r.msg.From.ID != a.id || r.msg.Text == "" || text == "":
			return ErrNotAllowed
		}
		m := *r.msg
		m.Text, m.Entities, m.EditDate = text, findEntities(text, nil), a.t.now()
		r.msg = &m
		a.t.shown(ch, &m)
		if a.t.botSees(ch, &m) {
			a.t.tell(ch, update{kind: "edited_message", body: wireUpdate{Edited: &m}})
		}
		return nil
	})
}

// Forward passes a message on to another chat. Protected messages cannot be forwarded. Buttons go along only when all of them are links.
func (a Actor) Forward(fromChat int64, messageID int, toChat int64) (int, error) {
	return a.write("forwarding", toChat, func(*chat) (*wireMessage, error) {
		from := a.t.chats[fromChat]
		if from == nil || from.kind == private && from.user.ID != a.id || from.kind != private && !from.statusOf(a.id).inside() {
			return nil, ErrNoChat
		}
		r := from.live(messageID)
		switch {
		case r == nil:
			return nil, ErrNoMessage
		case r.msg.Protected || r.isService():
			return nil, ErrNotAllowed
		}
		m := r.content()
		m.Origin = r.origin()
		if r.msg.Markup.linksOnly() {
			m.Markup = r.msg.Markup
		}
		return m, nil
	})
}

func (k *inlineMarkup) linksOnly() bool {
	return k != nil && !slices.ContainsFunc(slices.Concat(k.Rows...), func(b inlineButton) bool { return b.URL == "" })
}

// Block stops the bot from writing to the person.
func (a Actor) Block() error {
	return a.act("blocking", a.id, func(_ *user, ch *chat) error {
		if !ch.opened {
			return ErrNotAllowed
		}
		a.t.setBlocked(ch, true)
		return nil
	})
}

// setBlocked tells the bot by my_chat_member, in which a person who blocks it shows as having kicked it.
func (t *Telegram) setBlocked(ch *chat, blocked bool) {
	if ch.blocked == blocked {
		return
	}
	ch.blocked = blocked
	before, now := Member, Kicked
	if !blocked {
		before, now = Kicked, Member
	}
	t.tell(ch, update{kind: "my_chat_member", body: wireUpdate{MyChatMember: &wireMemberUpdate{
		Chat: ch.wire, From: ch.user.wire, Date: t.now(), Old: wireMemberOf(t.me, before), New: wireMemberOf(t.me, now),
	}}})
	t.changed.fire()
}
