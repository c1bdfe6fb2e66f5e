package app

import (
	"testing"

	"powerdesk/flows/words"
)

// Whoever replies to a card with /job means that card.
func TestACommandThatRepliesToACardIsAboutItsJob(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		wang, li := s.resident(words.ZH), s.volunteer("李强")
		wang.reports()
		s.settled()
		card := s.sees("card.state.open")
		if _, err := li.hands.Reply(dutyChat, card.ID, "/job"); err != nil {
			t.Fatal(err)
		}
		s.until("the card is posted again", func() bool {
			moved := s.sees("card.state.open")
			return moved.ID != card.ID
		})
	})
}
