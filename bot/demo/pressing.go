package demo

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
)

// Press presses the inline button with this data on a message. It returns at once; Press.Wait gives the bot's answer.
func (a Actor) Press(chatID int64, messageID int, data string) (*Press, error) {
	var p *Press
	err := a.act("pressing", chatID, func(u *user, ch *chat) error {
		r := ch.live(messageID)
		switch {
		case ch.kind != private && !ch.statusOf(a.id).inside():
			return ErrNotMember
		case r == nil:
			return ErrNoMessage
		case !r.msg.Markup.has(data):
			return ErrNoButton
		}
		p = a.t.press(u, ch, messageID, data)
		return nil
	})
	return p, err
}

// PressForged sends any data on any message, as a manipulated app can, or an honest one whose screen is old: the message may be gone, the button
// may be another's, and the person may have left the group (RELIABILITY §2, callbacks).
func (a Actor) PressForged(chatID int64, messageID int, data string) (*Press, error) {
	var p *Press
	err := a.act("forging a press", chatID, func(u *user, ch *chat) error {
		p = a.t.press(u, ch, messageID, data)
		return nil
	})
	return p, err
}

func (k *inlineMarkup) has(data string) bool {
	return k != nil && slices.ContainsFunc(slices.Concat(k.Rows...), func(b inlineButton) bool { return b.Data == data && data != "" })
}

func (t *Telegram) press(u *user, ch *chat, messageID int, data string) *Press {
	p := t.queries.ask(u.ID, ch.wire.ID, t.clock.Now())
	var message any = wireInaccessible{"chat": ch.wire, "message_id": messageID, "date": 0}
	if r := ch.live(messageID); r != nil {
		message = r.msg
	}
	const besideTheirMessages = 3 << 33 // a private chat has its user's number, yet presses and messages are two lanes
	t.tell(ch, update{kind: "callback_query", lane: u.ID + besideTheirMessages, body: wireUpdate{Callback: &wireCallback{
		ID: p.id, From: u.wire, Message: message, Instance: chatInstance(ch.wire.ID), Data: data,
	}}})
	t.changed.fire()
	return p
}

// chatInstance is a number that stands for a chat without being its id.
func chatInstance(chatID int64) string {
	h := fnv.New64a()
	_, _ = h.Write(strconv.AppendInt(nil, chatID, 10)) // a hash never fails
	return strconv.FormatInt(int64(h.Sum64()>>1), 10)
}

// Tap presses a key of the reply keyboard in the person's private chat: the one with this label, else the only one that contains it.
// A contact key shares the person's contact. A location key is ErrNotAllowed: use ShareLocation, which knows where.
func (a Actor) Tap(label string) (int, error) {
	var key Key
	err := a.act("tapping "+strconv.Quote(label), a.id, func(_ *user, ch *chat) error {
		var found bool
		if key, found = ch.keyboard.key(label); !found {
			return ErrNoButton
		}
		if key.Location {
			return ErrNotAllowed
		}
		return nil
	})
	switch {
	case err != nil:
		return 0, err
	case key.Contact:
		return a.ShareContact()
	}
	return a.Send(a.id, key.Text)
}

func (k *Keyboard) key(label string) (Key, bool) {
	if k == nil {
		return Key{}, false
	}
	var near []Key
	for _, key := range slices.Concat(k.Rows...) {
		if key.Text == label {
			return key, true
		}
		if strings.Contains(key.Text, label) {
			near = append(near, key)
		}
	}
	if len(near) != 1 {
		return Key{}, false
	}
	return near[0], true
}
