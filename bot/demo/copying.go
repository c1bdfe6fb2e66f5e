package demo

import "cmp"

// source finds the message that a call wants to copy or forward.
func (t *Telegram) source(c *call, verb, done string) *record {
	r := t.chatByRef(c.str("from_chat_id"), toRead).live(c.int("message_id"))
	switch {
	case r == nil:
		refuse(badRequest("message to %s not found", verb))
	case r.msg.Protected || r.isService():
		refuse(badRequest("message can't be %s", done))
	}
	return r
}

// isService tells whether a message reports an event instead of saying something.
func (r *record) isService() bool {
	m := r.msg
	return m.NewMembers != nil || m.LeftMember != nil || m.Pinned != nil || m.MigrateTo != 0 || m.MigrateFrom != 0
}

// content is a new message that says the same: without sender, answer, buttons, album and edits.
func (r *record) content() *wireMessage {
	m := r.msg
	return &wireMessage{
		Text: m.Text, Entities: m.Entities, Caption: m.Caption, CapEnts: m.CapEnts,
		Photo: m.Photo, Voice: m.Voice, Video: m.Video, Document: m.Document, Sticker: m.Sticker,
		Contact: m.Contact, Location: m.Location, Venue: m.Venue,
	}
}

// origin says where a message was first written; a message that was forwarded already keeps the origin it has.
func (r *record) origin() *wireOrigin {
	return cmp.Or(r.msg.Origin, &wireOrigin{Type: "user", User: r.msg.From, Date: r.msg.Date})
}

// copyMessage answers only the id of the copy. A caption of the call takes the place of the one that was there.
func (t *Telegram) copyMessage(c *call, ch *chat) any {
	m := t.source(c, "copy", "copied").content()
	if _, given := c.params["caption"]; given && m.Text == "" {
		m.Caption, m.CapEnts = t.caption(c)
	}
	return map[string]int{"message_id": t.deliver(c, ch, m).ID}
}

func (t *Telegram) forwarded(c *call) *wireMessage {
	r := t.source(c, "forward", "forwarded")
	m := r.content()
	m.Origin = r.origin()
	return m
}
