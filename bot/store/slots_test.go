package store

import (
	"context"
	"testing"

	"powerdesk/flows/talk"
)

func TestOfASlotOnlyTheNewestWaitingOneCounts(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		commit(t, s, shows(duty, "job/1", "open"))
		commit(t, s, says(duty, "something else"))
		urgent := shows(duty, "job/1", "claimed")
		urgent.Says[0].Class = talk.Danger
		commit(t, s, urgent)
		commit(t, s, shows(duty, "job/1", "arrived"))

		rows := lease(t, s, "desk", 9)
		same(t, "leased", told(rows), []string{"arrived", "something else"})
		same(t, "class", rows[0].Class, talk.Danger)
		same(t, "message", rows[0].Message, 0)
	})
}

func TestASlotRemembersItsMessage(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		first := commit(t, s, shows(duty, "job/1", "open").by("desk")).Rows
		same(t, "leased at once", told(first), []string{"open"})
		// The first message is on its way and has no id yet: a second would be a
		// second card, not an edit.
		same(t, "leased meanwhile", told(commit(t, s, shows(duty, "job/1", "claimed").by("desk")).Rows), nil)
		commit(t, s, shows(duty, "job/1", "arrived").by("desk"))
		ack(t, s, "desk", 900, first...)

		edit := lease(t, s, "desk", 9)
		same(t, "leased after the ack", told(edit), []string{"arrived"})
		same(t, "message to edit", edit[0].Message, 900)
		ack(t, s, "desk", 901, edit...) // 900 was not found and sent anew
		next := commit(t, s, shows(duty, "job/1", "closed").by("desk")).Rows
		same(t, "message to edit next", next[0].Message, 901)
		ack(t, s, "desk", 901, next...)

		moved := commit(t, s, shows(-100999, "job/1", "in another group").by("desk")).Rows
		same(t, "message in another chat", moved[0].Message, 0)
	})
}

func TestARowThatComesBackGivesWayToTheNewerOneOfItsSlot(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		old := commit(t, s, shows(duty, "job/1", "open").by("desk")).Rows
		commit(t, s, shows(duty, "job/1", "claimed"))
		check(t, s.Nack(context.Background(), "desk", []Nack{{ID: old[0].ID, Ambiguous: true}}))
		rows := lease(t, s, "desk", 9)
		same(t, "leased", told(rows), []string{"claimed"})
		same(t, "a card may be there already", rows[0].Ambiguous, true)
	})
}

// takes is a change that takes the message of a slot away.
func takes(chat int64, slot string) Change {
	c := shows(chat, slot, "")
	c.Says[0].Delete = true
	return c
}

func TestASlotWhoseMessageWasTakenAwayBeginsAnew(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		first := commit(t, s, shows(wang, "details/1", "address").by("desk")).Rows
		ack(t, s, "desk", 900, first...)
		gone := commit(t, s, takes(wang, "details/1").by("desk")).Rows
		same(t, "message to take away", gone[0].Message, 900)
		same(t, "to be taken away", gone[0].Say.Delete, true)
		ack(t, s, "desk", 0, gone...)
		next := commit(t, s, shows(wang, "details/1", "address again").by("desk")).Rows
		same(t, "message to edit", next[0].Message, 0)
		ack(t, s, "desk", 901, next...)
		same(t, "message to edit next", commit(t, s, shows(wang, "details/1", "again").by("desk")).Rows[0].Message, 901)
	})
}

func TestWhatStillWaitsIsCancelledByTakingItAway(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		commit(t, s, shows(wang, "details/1", "address"))
		commit(t, s, takes(wang, "details/1"))
		rows := lease(t, s, "desk", 9)
		same(t, "rows", len(rows), 1)
		same(t, "to be taken away", rows[0].Say.Delete, true)
		same(t, "message", rows[0].Message, 0)
		same(t, "words", rows[0].Say.Text, "")
	})
}

func TestARowThatANewerOneReplacedLeavesTheSlotItsMessage(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ack(t, s, "desk", 900, commit(t, s, shows(duty, "job/1", "open").by("desk")).Rows...)
		row := commit(t, s, shows(duty, "job/1", "claimed").by("desk")).Rows[0]
		check(t, s.Ack(context.Background(), "desk", []Ack{{ID: row.ID}}))
		same(t, "message to edit", commit(t, s, shows(duty, "job/1", "closed").by("desk")).Rows[0].Message, 900)
	})
}
