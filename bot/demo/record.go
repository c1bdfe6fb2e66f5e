package demo

import "strings"

// record is one message as the server keeps it. The message itself is replaced, never changed, when it is edited.
type record struct {
	msg     *wireMessage
	deleted bool // only that it once was is kept
}

// live finds a message that was not deleted.
func (ch *chat) live(id int) *record {
	if r := ch.messages[id]; r != nil && !r.deleted {
		return r
	}
	return nil
}

// asReply is the message as another one quotes it: without what it answered itself.
func (r *record) asReply() *wireMessage {
	m := *r.msg
	m.ReplyTo = nil
	return &m
}

// post gives a message its id and date, puts it into the chat, shows it, and tells the bot when the bot may see it.
// The caller has filled everything else; the message must not be changed afterwards.
func (t *Telegram) post(ch *chat, m *wireMessage) {
	if ch.kind == supergroup {
		ch.next++
		m.ID = ch.next
	} else {
		t.nextMessage++
		m.ID = t.nextMessage
	}
	m.Chat, m.Date = ch.wire, t.now()
	ch.messages[m.ID] = &record{msg: m}
	ch.order = append(ch.order, m.ID)
	if len(ch.order) > t.keepMessages {
		delete(ch.messages, ch.order[0])
		ch.order = ch.order[1:]
	}
	t.shown(ch, m)
	if t.botSees(ch, m) {
		t.tell(ch, update{kind: "message", body: wireUpdate{Message: m}})
	}
}

// shown wakes everybody who watches a chat after a message came or changed.
func (t *Telegram) shown(ch *chat, m *wireMessage) {
	ch.changed.fire()
	t.changed.fire()
	if len(t.audience) > 0 {
		t.audience.show("message", messageEvent{Chat: ch.wire.ID, Message: view(ch.messages[m.ID])})
	}
}

// botSees is Telegram's privacy mode: in a group, a bot that is no administrator is shown commands, answers to its own messages and service
// messages (RELIABILITY §2, groups). It never sees its own messages, nor anything of a chat it is not in.
func (t *Telegram) botSees(ch *chat, m *wireMessage) bool {
	switch {
	case m.From.ID == t.me.ID && m.MigrateTo == 0 && m.MigrateFrom == 0:
		return false
	case ch.kind == private:
		return true
	case ch.upgradedTo != 0 || !ch.statusOf(t.me.ID).inside():
		return false
	case ch.statusOf(t.me.ID).admin() || m.NewMembers != nil || m.LeftMember != nil || m.MigrateTo != 0 || m.MigrateFrom != 0:
		return true
	case m.ReplyTo != nil && m.ReplyTo.From.ID == t.me.ID:
		return true
	}
	return t.isCommandForBot(m)
}

// isCommandForBot accepts /name and /name@bot, not /name@anotherbot.
func (t *Telegram) isCommandForBot(m *wireMessage) bool {
	if len(m.Entities) == 0 || m.Entities[0].Type != "bot_command" || m.Entities[0].Offset != 0 {
		return false
	}
	_, bot, named := strings.Cut(m.Text[:m.Entities[0].Length], "@") // commands are ASCII: units are bytes
	return !named || strings.EqualFold(bot, t.me.Username)
}
