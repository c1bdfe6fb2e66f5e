package demo

import (
	"reflect"
	"time"
)

// deleteAge is how old a message may be to be deleted; edits of own messages have no limit (RELIABILITY §2, channel posts and edits).
const deleteAge = 48 * time.Hour

// own finds a message the bot wrote and may edit.
func (t *Telegram) own(c *call) (*chat, *record, *apiError) {
	ch, refused := t.chatFor(c, toEdit)
	if refused != nil {
		return nil, nil, refused
	}
	if c.int("message_id") == 0 {
		return nil, nil, badRequest("message identifier is not specified")
	}
	r := ch.live(c.int("message_id"))
	switch {
	case r == nil:
		return nil, nil, badRequest("message to edit not found")
	case r.msg.From.ID != t.me.ID:
		return nil, nil, badRequest("message can't be edited")
	}
	return ch, r, nil
}

func (t *Telegram) editMessageText(c *call) (any, *apiError) {
	ch, r, refused := t.own(c)
	if refused != nil {
		return nil, refused
	}
	if r.msg.Text == "" {
		return nil, badRequest("there is no text in the message to edit")
	}
	m := *r.msg
	if m.Text, m.Entities, refused = t.messageText(c); refused != nil {
		return nil, refused
	}
	return t.edit(c, ch, r, m)
}

func (t *Telegram) editMessageCaption(c *call) (any, *apiError) {
	ch, r, refused := t.own(c)
	if refused != nil {
		return nil, refused
	}
	if len(r.msg.Photo) == 0 && r.msg.Voice == nil && r.msg.Video == nil && r.msg.Document == nil {
		return nil, badRequest("there is no caption in the message to edit")
	}
	m := *r.msg
	m.Caption, m.CapEnts, refused = t.caption(c.str("caption"), c.str("parse_mode"), c.str("caption_entities"))
	if refused != nil {
		return nil, refused
	}
	return t.edit(c, ch, r, m)
}

func (t *Telegram) editMessageReplyMarkup(c *call) (any, *apiError) {
	ch, r, refused := t.own(c)
	if refused != nil {
		return nil, refused
	}
	return t.edit(c, ch, r, *r.msg)
}

// edit replaces a message of the bot. Its buttons become those of the call, so a call without reply_markup takes them away.
func (t *Telegram) edit(c *call, ch *chat, r *record, m wireMessage) (any, *apiError) {
	markup, refused := c.markup(ch)
	switch {
	case refused != nil:
		return nil, refused
	case markup.keyboard != nil || markup.remove:
		return nil, badRequest("inline keyboard expected")
	}
	m.Markup = markup.inline
	if reflect.DeepEqual(&m, r.msg) {
		return nil, errNotModified
	}
	m.EditDate = t.now()
	r.msg = &m
	t.shown(ch, &m)
	return &m, nil
}

func (t *Telegram) deleteMessage(c *call) (any, *apiError) {
	ch, refused := t.chatFor(c, toEdit)
	if refused != nil {
		return nil, refused
	}
	r := ch.live(c.int("message_id"))
	if r == nil {
		return nil, badRequest("message to delete not found")
	}
	own := r.msg.From.ID == t.me.ID
	switch {
	case !own && ch.kind != private && !ch.statusOf(t.me.ID).admin():
		return nil, badRequest("message can't be deleted")
	case t.clock.Now().Sub(time.Unix(r.msg.Date, 0)) > deleteAge:
		return nil, badRequest("message can't be deleted for everyone")
	}
	t.remove(ch, r)
	return true, nil
}

// remove leaves of a message only that it was there.
func (t *Telegram) remove(ch *chat, r *record) {
	r.deleted = true
	r.msg = &wireMessage{ID: r.msg.ID, From: r.msg.From, Chat: r.msg.Chat, Date: r.msg.Date}
	ch.changed.fire()
	t.changed.fire()
	t.audience.show("gone", goneEvent{Chat: ch.wire.ID, ID: r.msg.ID})
}

func (t *Telegram) pinChatMessage(c *call) (any, *apiError) {
	ch, refused := t.chatFor(c, toWrite)
	if refused != nil {
		return nil, refused
	}
	r := ch.live(c.int("message_id"))
	switch {
	case r == nil:
		return nil, badRequest("message to pin not found")
	case ch.kind != private && !ch.statusOf(t.me.ID).admin():
		return nil, badRequest("not enough rights to manage pinned messages in the chat")
	}
	if ch.kind != private {
		t.post(ch, &wireMessage{From: t.me, Pinned: r.asReply()})
	}
	return true, nil
}
