package demo

import (
	"fmt"
	"maps"
)

// Status is somebody's standing in a group, by Telegram's words.
type Status string

// The standings. Restricted people are in the group but may not write; Restricted with is_member=false is RestrictedAway (RELIABILITY §2,
// authorisation). Somebody a group has never heard of counts as Left.
const (
	Creator        Status = "creator"
	Administrator  Status = "administrator"
	Member         Status = "member"
	Restricted     Status = "restricted"
	RestrictedAway Status = "restricted, away"
	Left           Status = "left"
	Kicked         Status = "kicked"
)

func (s Status) inside() bool {
	return s == Creator || s == Administrator || s == Member || s == Restricted
}

func (s Status) admin() bool { return s == Creator || s == Administrator }

// statusOf is never empty.
func (ch *chat) statusOf(userID int64) Status {
	if s, ok := ch.members[userID]; ok {
		return s
	}
	return Left
}

// wireMember is Telegram's ChatMember, whose fields depend on the status.
type wireMember map[string]any

// memberFields are what each status has besides the user; Member and Left have nothing of their own.
var memberFields = map[Status]wireMember{
	Creator: {"is_anonymous": false},
	Administrator: {
		"is_anonymous": false, "can_be_edited": false, "can_promote_members": false, "can_manage_chat": true, "can_change_info": true,
		"can_delete_messages": true, "can_invite_users": true, "can_restrict_members": true, "can_pin_messages": true,
	},
	Restricted:     {"is_member": true, "can_send_messages": false, "until_date": 0},
	RestrictedAway: {"status": Restricted, "is_member": false, "can_send_messages": false, "until_date": 0},
	Kicked:         {"until_date": 0},
}

func wireMemberOf(u *wireUser, s Status) wireMember {
	m := wireMember{"user": u, "status": s}
	maps.Copy(m, memberFields[s])
	return m
}

func (t *Telegram) getChatMember(c *call, ch *chat) any {
	id := c.int64("user_id")
	who := t.wireUserByID(id)
	switch {
	case id <= 0:
		refuse(badRequest("invalid user_id specified"))
	case who == nil || ch.kind == private && id != ch.wire.ID && id != t.me.ID:
		refuse(badRequest("user not found"))
	case ch.kind == private:
		return wireMemberOf(who, Member)
	}
	return wireMemberOf(who, ch.statusOf(id))
}

func (t *Telegram) wireUserByID(id int64) *wireUser {
	if id == t.me.ID {
		return t.me
	}
	if u := t.users[id]; u != nil {
		return u.wire
	}
	return nil
}

// wireFullChat is the answer of getChat.
type wireFullChat struct {
	wireChat
	AccentColor  int            `json:"accent_color_id"`
	MaxReactions int            `json:"max_reaction_count"`
	Permissions  *chatPermitted `json:"permissions,omitempty"`
}

type chatPermitted struct {
	CanSend bool `json:"can_send_messages"`
	CanPin  bool `json:"can_pin_messages"`
}

func (t *Telegram) getChat(_ *call, ch *chat) any {
	full := wireFullChat{wireChat: *ch.wire, MaxReactions: 11}
	if ch.kind != private {
		full.Permissions = &chatPermitted{CanSend: !ch.silent}
	}
	return full
}

func (t *Telegram) leaveChat(_ *call, ch *chat) any {
	if ch.kind == private {
		refuse(badRequest("chat member status can't be changed in private chats"))
	}
	t.setStatus(ch, t.me, t.me, Left)
	return true
}

// setStatus moves somebody to another standing and tells the bot what Telegram would: my_chat_member about itself, chat_member about others
// when it is an administrator and asked for them, and the service messages of joining and leaving.
func (t *Telegram) setStatus(ch *chat, by, who *wireUser, now Status) {
	before := ch.statusOf(who.ID)
	if before == now {
		return
	}
	joined := !before.inside() && now.inside()
	left := before.inside() && !now.inside()
	if left && who.ID != t.me.ID {
		t.post(ch, &wireMessage{From: by, LeftMember: who}) // told while the one who leaves is still inside
	}
	ch.members[who.ID] = now
	change := &wireMemberUpdate{Chat: ch.wire, From: by, Date: t.now(), Old: wireMemberOf(who, before), New: wireMemberOf(who, now)}
	switch {
	case who.ID == t.me.ID:
		t.tell(ch, update{kind: "my_chat_member", body: wireUpdate{MyChatMember: change}})
	case ch.statusOf(t.me.ID).admin():
		t.tell(ch, update{kind: "chat_member", body: wireUpdate{ChatMember: change}})
	}
	if joined {
		t.post(ch, &wireMessage{From: by, NewMembers: []*wireUser{who}})
	}
	ch.changed.fire()
	t.changed.fire()
	t.showState()
}

// SetStatus is an administrator's act: it gives somebody, or the bot (BotID), another standing in a group.
// ErrNoChat and ErrNoPerson tell what is unknown.
func (a Actor) SetStatus(groupID, userID int64, s Status) error {
	return a.act("changing a member", groupID, func(_ *user, ch *chat) error {
		who := a.t.wireUserByID(userID)
		switch {
		case ch.kind == private:
			return ErrNotAllowed
		case who == nil:
			return fmt.Errorf("person %d: %w", userID, ErrNoPerson)
		}
		a.t.setStatus(ch, a.t.wireUserByID(a.id), who, s)
		return nil
	})
}

// BotID is the bot's own user id.
func (t *Telegram) BotID() int64 { return t.me.ID }

// Join enters a group, as by its invite link.
func (a Actor) Join(groupID int64) error { return a.SetStatus(groupID, a.id, Member) }

// Leave leaves a group.
func (a Actor) Leave(groupID int64) error { return a.SetStatus(groupID, a.id, Left) }

// AddBot brings the bot into a group, as Member or Administrator.
func (a Actor) AddBot(groupID int64, s Status) error { return a.SetStatus(groupID, a.t.me.ID, s) }

// RemoveBot throws the bot out: its calls are answered "bot was kicked" from then on.
func (a Actor) RemoveBot(groupID int64) error { return a.SetStatus(groupID, a.t.me.ID, Kicked) }
