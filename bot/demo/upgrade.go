package demo

import (
	"fmt"
	"maps"
	"slices"
)

// Announcement says which of the two service messages of an upgrade the bot gets: the desk must live with any (RELIABILITY §2, groups; §5 A).
type Announcement int

// The ways an upgrade is announced: in the old group, in the new one, usually in both.
const (
	AnnounceNothing    Announcement = 0
	AnnounceOld        Announcement = 1
	AnnounceNew        Announcement = 2
	AnnounceOldThenNew              = AnnounceOld | AnnounceNew
)

// Upgrade turns a basic group into a supergroup with the id newID. From then on sending to the old id is refused with migrate_to_chat_id;
// its old messages can still be edited. ErrNoChat when the id is no basic group.
func (t *Telegram) Upgrade(groupID, newID int64, how Announcement) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	old := t.chats[groupID]
	if old == nil || old.kind != basicGroup || old.upgradedTo != 0 {
		return fmt.Errorf("upgrading %d: %w", groupID, ErrNoChat)
	}
	grown := t.addGroup(Group{ID: newID, Title: old.wire.Title, Supergroup: true, Silent: old.silent})
	maps.Copy(grown.members, old.members)
	by := t.founder(old)
	if how&AnnounceOld != 0 {
		t.post(old, &wireMessage{From: by, MigrateTo: newID})
	}
	if how&AnnounceNew != 0 {
		t.post(grown, &wireMessage{From: by, MigrateFrom: groupID})
	}
	old.upgradedTo = newID
	t.showState()
	return nil
}

// founder is who a group's own acts are signed with: its creator, else its member with the lowest id, else the bot.
func (t *Telegram) founder(ch *chat) *wireUser {
	best := t.me
	for _, id := range slices.Backward(slices.Sorted(maps.Keys(ch.members))) {
		switch u, status := t.users[id], ch.members[id]; {
		case u == nil || !status.inside():
		case status == Creator:
			return u.wire
		default:
			best = u.wire
		}
	}
	return best
}
