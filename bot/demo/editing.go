package demo

import (
	"reflect"
	"time"
)

// deleteAge is how old a message may be to be deleted; edits of own messages have no limit (RELIABILITY §2, channel posts and edits).
const deleteAge = 48 * time.Hour

// own finds a message the bot wrote and may edit.
func (t *Telegram) own(c *call, ch *chat) *record {
	if c.int("message_id") == 0 {
		refuse(badRequest("message identifier is not specified"))
	}
	r := ch.live(c.int("message_id"))
	switch {
	case r == nil:
		refuse(badRequest("message to edit not found"))
	case r.msg.From.ID != t.me.ID:
		refuse(badRequest("message can't be edited"))
	}
	return r
}

// editing makes a method of what changes a copy of a message of the bot. Its buttons become those of the call, so a call without reply_markup
// takes them away.
func editing(change func(*Telegram, *call, *wireMessage)) func(*Telegram, *call) any {
	return in(toEdit, func(t *Telegram, c *call, ch *chat) any {
		r := t.own(c, ch)
		m := *r.msg
		change(t, c, &m)
		markup := c.markup(ch)
		if markup.keyboard != nil || markup.remove {
			refuse(badRequest("inline keyboard expected"))
		}
		m.Markup = markup.inline
		if reflect.DeepEqual(&m, r.msg) {
			refuse(errNotModified)
		}
		m.EditDate = t.now()
		r.msg = &m
		t.shown(ch, &m)
		return &m
	})
}

func (t *Telegram) editText(c *call, m *wireMessage) {
	if m.Text == "" {
		refuse(badRequest("there is no text in the message to edit"))
	}
	m.Text, m.Entities = t.messageText(c)
}

func (t *Telegram) editCaption(c *call, m *wireMessage) {
	if len(m.Photo) == 0 && m.Voice == nil && m.Video == nil && m.Document == nil {
		refuse(badRequest("there is no caption in the message to edit"))
	}
	m.Caption, m.CapEnts = t.caption(c)
}

func (t *Telegram) deleteMessage(c *call, ch *chat) any {
	r := ch.live(c.int("message_id"))
	switch {
	case r == nil:
		refuse(badRequest("message to delete not found"))
	case r.msg.From.ID != t.me.ID && ch.kind != private && !ch.statusOf(t.me.ID).admin():
		refuse(badRequest("message can't be deleted"))
	case t.clock.Now().Sub(time.Unix(r.msg.Date, 0)) > deleteAge:
		refuse(badRequest("message can't be deleted for everyone"))
	}
	t.remove(ch, r)
	return true
}

// remove leaves of a message only that it was there.
func (t *Telegram) remove(ch *chat, r *record) {
	r.deleted = true
	r.msg = &wireMessage{ID: r.msg.ID, From: r.msg.From, Chat: r.msg.Chat, Date: r.msg.Date}
	ch.changed.fire()
	t.changed.fire()
	t.audience.show("gone", goneEvent{Chat: ch.wire.ID, ID: r.msg.ID})
}

func (t *Telegram) pinChatMessage(c *call, ch *chat) any {
	r := ch.live(c.int("message_id"))
	switch {
	case r == nil:
		refuse(badRequest("message to pin not found"))
	case ch.kind != private && !ch.statusOf(t.me.ID).admin():
		refuse(badRequest("not enough rights to manage pinned messages in the chat"))
	case ch.kind != private:
		t.post(ch, &wireMessage{From: t.me, Pinned: r.asReply()})
	}
	return true
}
