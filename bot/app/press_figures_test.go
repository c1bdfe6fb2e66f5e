package app

import (
	"maps"
	"testing"

	"powerdesk/flows/words"
)

// calls are what was asked of Telegram since before, polls left out.
func (s *scene) calls(before map[string]int) map[string]int {
	all := s.tg.Counts()
	for method, n := range before {
		all[method] -= n
	}
	maps.DeleteFunc(all, func(method string, n int) bool { return n == 0 || method == "getUpdates" })
	return all
}

// TestWhatAPressCosts: every press is one round trip like a resident's turn, and
// as many calls as people and cards have something new to read, its own answer
// among them. Who is a member is asked once a minute.
func TestWhatAPressCosts(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s, behind := metered(t, url)
		s.resident(words.ZH).reports()
		li, zhou := s.volunteer("李强"), s.volunteer("周敏")
		for _, v := range []*person{li, zhou} {
			v.say(line{types: "/start", answer: "menu.menu.say"})
		}
		for _, press := range []struct {
			what string
			who  *person
			key  string
			want map[string]int
		}{
			{"a claim: resident, details, card", li, "button.claim",
				map[string]int{"getChatMember": 1, "answerCallbackQuery": 1, "sendMessage": 2, "editMessageText": 1}},
			{"the second claim: the other's details as well", zhou, "button.claim",
				map[string]int{"getChatMember": 1, "answerCallbackQuery": 1, "sendMessage": 2, "editMessageText": 2}},
			{"a choice that opens: card", li, "button.depart", map[string]int{"answerCallbackQuery": 1, "editMessageText": 1}},
			{"setting out with a time: resident, card, details of both", li, "eta.15",
				map[string]int{"answerCallbackQuery": 1, "sendMessage": 1, "editMessageText": 3}},
			{"arriving: the same", li, "button.arrive", map[string]int{"answerCallbackQuery": 1, "sendMessage": 1, "editMessageText": 3}},
		} {
			s.settled()
			trips, counts := behind.turns(), s.tg.Counts()
			press.who.press(press.key)
			if got := behind.turns() - trips; got > 1 { // it may share one with the outbox
				t.Errorf("%s: answered after %d round trips to Redis, want 1 at most", press.what, got)
			}
			s.until(press.what+" has reached everybody", func() bool { return maps.Equal(s.calls(counts), press.want) })
			s.settled()
			if got := s.calls(counts); !maps.Equal(got, press.want) {
				t.Errorf("%s: called %v, want %v", press.what, got, press.want)
			}
		}
	})
}
