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

// chatFor finds the chat of a call and refuses, in Telegram's words, what the bot may not do there (RELIABILITY §2, error classes).
func (t *Telegram) chatFor(c *call, want access) (*chat, *apiError) {
	return t.chatByRef(c.str("chat_id"), want)
}

func (t *Telegram) chatByRef(ref string, want access) (*chat, *apiError) {
	ref = strings.TrimSpace(ref)
	if ref == "" {
		return nil, badRequest("chat_id is empty")
	}
	id, err := strconv.ParseInt(ref, 10, 64)
	ch := t.chats[id]
	if err != nil || ch == nil {
		return nil, errChatNotFound
	}
	if ch.kind == private {
		return ch, ch.refusePrivate(want)
	}
	return ch, t.refuseGroup(ch, want)
}

func (ch *chat) refusePrivate(want access) *apiError {
	switch {
	case want != toWrite:
		return nil
	case !ch.opened:
		return forbidden("bot can't initiate conversation with a user")
	case ch.blocked:
		return forbidden("bot was blocked by the user")
	}
	return nil
}

func (t *Telegram) refuseGroup(ch *chat, want access) *apiError {
	kind := "group"
	if ch.kind == supergroup {
		kind = "supergroup"
	}
	standing := ch.statusOf(t.me.ID)
	switch {
	case ch.upgradedTo != 0 && want == toWrite:
		return errUpgraded(ch.upgradedTo) // what was written there stays readable and editable
	case standing == Kicked:
		return forbidden("bot was kicked from the " + kind + " chat")
	case !standing.inside():
		return forbidden("bot is not a member of the " + kind + " chat")
	case want == toWrite && (standing == Restricted || ch.silent && !standing.admin()):
		return badRequest("not enough rights to send text messages to the chat")
	}
	return nil
}
