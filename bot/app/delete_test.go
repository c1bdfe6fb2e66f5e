package app

import (
	"fmt"
	"testing"
	"time"

	"powerdesk/bot/demo"
	"powerdesk/bot/store"
	"powerdesk/flows/county"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// slot shows things in one slot of a chat, as a flow would, and says what the
// chat then holds.
type slot struct {
	*scene
	chat  int64
	turns int
}

func (s *slot) show(say talk.Say) []demo.Message {
	s.Helper()
	s.turns++
	say.Chat, say.Slot, say.Class = s.chat, "details/x", talk.AnswerClass
	event := fmt.Sprint("turn ", s.turns)
	if _, err := s.desk.Store.Commit(s.soon(), store.Change{Event: event, Op: event, At: evening, Says: []talk.Say{say}}); err != nil {
		s.Fatal(err)
	}
	s.settled()
	return s.heard(s.chat)
}

func TestWhatWasShownIsTakenAwayFromTheChat(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).openFor(&notingCrew{})
		someone := s.somebody("李强", words.ZH)
		someone.start("")
		someone.answered()
		s.settled()
		before := len(s.heard(someone.id))
		details := &slot{scene: s, chat: someone.id}
		for what, say := range map[string]talk.Say{
			"words":     {Text: "3号楼"},
			"a map pin": {Pin: county.Pin{Lat: 37.6, Lon: 116.4}},
		} {
			if got := details.show(say); len(got) != before+1 {
				t.Fatalf("%s: the chat holds %d messages, want one more than %d", what, len(got), before)
			}
			if got := details.show(talk.Say{Delete: true}); len(got) != before {
				t.Errorf("%s: the chat still holds it\n%s", what, s.screen(someone.id))
			}
			if got := details.show(talk.Say{Delete: true}); len(got) != before {
				t.Errorf("%s: taking it away twice changed something", what)
			}
		}
		first := details.show(talk.Say{Text: "first"})
		details.show(talk.Say{Delete: true})
		again := details.show(talk.Say{Text: "again"})
		if a, b := first[before], again[before]; a.ID == b.ID || b.Text != "again" || b.Edited {
			t.Errorf("after %+v was taken away came %+v, want a new message", a, b)
		}
	})
}

func TestWhatIsTooOldToTakeAwayLosesItsWords(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t)).openFor(&notingCrew{})
	someone := s.somebody("李强", words.ZH)
	someone.start("")
	someone.answered()
	s.settled()
	details := &slot{scene: s, chat: someone.id}
	shown := details.show(talk.Say{Text: "3号楼"})
	s.clock.Advance(48*time.Hour + time.Minute)
	left := details.show(talk.Say{Delete: true, Text: "taken back"})
	if last := left[len(left)-1]; len(left) != len(shown) || last.Text != "taken back" {
		t.Errorf("the chat holds %q, want the old message without its words", last.Text)
	}
	next := details.show(talk.Say{Text: "new"})
	if last := next[len(next)-1]; len(next) != len(left)+1 || last.Text != "new" {
		t.Errorf("the next words are %+v, want a message of their own", last)
	}
}
