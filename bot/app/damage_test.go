package app

import (
	"context"
	"fmt"
	"testing"

	"powerdesk/flows/words"
)

// replaceKey makes a key of the desk one of another type.
func (s *scene) replaceKey(name string) {
	s.Helper()
	client, key := s.stored(name)
	for _, err := range []error{client.Del(s.soon(), key).Err(), client.LPush(s.soon(), key, "x").Err()} {
		if err != nil {
			s.Fatal(err)
		}
	}
}

func TestAKeyOfAnotherTypeHoldsUpNobodyElse(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		wang, neighbour := s.resident(words.ZH), s.resident(words.ZH)
		wang.say(line{types: "/start", answer: "menu.menu.say"})
		s.settled()
		s.replaceKey(fmt.Sprint("session:", wang.id))
		s.replaceKey("leader")
		wang.say(line{types: "没电了", answer: "router.away"})
		neighbour.say(line{types: "/start", answer: "menu.menu.say"})
		s.settled()
	})
}

// An emptied Redis is a new desk: whoever was in mid-talk begins again.
func TestAnEmptiedRedisIsANewDesk(t *testing.T) {
	t.Parallel()
	r := startRedis(t)
	s := stageFor(t, r.url(), realTime).open()
	old := s.resident(words.ZH).reports()
	wang := s.resident(words.ZH)
	wang.talk(wang.tripping()[:4]...)
	s.settled()
	term := s.desk.elector.Term()
	if err := r.raw(t).FlushAll(context.Background()).Err(); err != nil {
		t.Fatal(err)
	}
	town, _ := wang.place()
	wang.tapOn(town)
	wang.answered() // whatever it is, it is not silence
	s.until("a new term has begun", func() bool { return s.desk.leads() && s.desk.elector.Term() != term })
	no := s.resident(words.ZH).reports()
	if no == old {
		t.Errorf("two jobs are number %s: the card of the first would claim the second", no)
	}
	card := s.sees("card.state.open")
	s.settled()
	if cards := s.heard(dutyChat); len(cards) != 2 || card.ID == 0 {
		t.Errorf("the group has %d cards, want one for each job", len(cards))
	}
}
