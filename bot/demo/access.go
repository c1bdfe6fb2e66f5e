package demo

import (
	"strconv"
	"strings"
)

// access is what a call wants of a chat. Each asks for more than the one before it.
type access int

const (
	toRead  access = iota
	toEdit         // also answers, deletions and leaving
	toWrite        // a new message
)

// chatByRef finds a chat that a call names and refuses, in Telegram's words, what the bot may not do there (RELIABILITY §2, error classes).
func (t *Telegram) chatByRef(ref string, want access) *chat {
	ref = strings.TrimSpace(ref)
	if ref == "" {
		refuse(badRequest("chat_id is empty"))
	}
	id, err := strconv.ParseInt(ref, 10, 64)
	ch := t.chats[id]
	switch {
	case err != nil || ch == nil:
		refuse(errChatNotFound)
	case ch.kind != private:
		t.mayInGroup(ch, want)
	case want == toWrite && !ch.opened:
		refuse(forbidden("bot can't initiate conversation with a user"))
	case want == toWrite && ch.blocked:
		refuse(forbidden("bot was blocked by the user"))
	}
	return ch
}

func (t *Telegram) mayInGroup(ch *chat, want access) {
	kind := string(ch.kind)
	standing := ch.statusOf(t.me.ID)
	switch {
	case ch.upgradedTo != 0 && want == toWrite:
		refuse(errUpgraded(ch.upgradedTo)) // what was written there stays readable and editable
	case standing == Kicked:
		refuse(forbidden("bot was kicked from the " + kind + " chat"))
	case !standing.inside():
		refuse(forbidden("bot is not a member of the " + kind + " chat"))
	case want == toWrite && (standing == Restricted || ch.silent && !standing.admin()):
		refuse(badRequest("not enough rights to send text messages to the chat"))
	}
}
