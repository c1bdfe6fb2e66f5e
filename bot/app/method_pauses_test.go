package app

import (
	"strings"
	"testing"
	"time"

	"powerdesk/bot/demo"
	"powerdesk/flows/words"
)

// floodsPolls lets the next poll that comes be answered 429, and waits until that
// has happened. It gives when the wait is over.
func (s *scene) floodsPolls(seconds int) time.Time {
	s.Helper()
	s.tg.AddFault(demo.Fault{Method: "getUpdates", Times: 1, RetryAfter: seconds})
	flooded := func() int {
		n := 0
		for _, c := range s.tg.Calls("getUpdates") {
			if c.Code == 429 {
				n++
			}
		}
		return n
	}
	for before := flooded(); flooded() == before; { // a poll that is held ends when somebody writes
		s.resident(words.ZH).types("/start")
		s.until("everybody is answered or a poll is refused", func() bool { return s.tg.Pending() == 0 || flooded() > before })
	}
	return time.Now().Add(time.Duration(seconds) * time.Second)
}

// obeyed fails the test for every call inside the wait of a 429.
func (s *scene) obeyed() {
	s.Helper()
	if early := s.tg.Violations(); len(early) > 0 {
		s.Errorf("calls that came too early: %v", early)
	}
}

// The wait of a poll is Telegram's word to the bot and not to a process: whoever
// acts next, another replica or the same one started again, polls after it.
func TestWhoActsNextObeysTheWaitOfAPoll(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url, realTime)
		first, second := s.doorway(), s.doorway()
		s.setting.APIURL = first.url
		s.open()
		s.until("the first polls", func() bool { return first.polls(time.Time{}) })
		over := s.floodsPolls(2)
		s.until("the wait is kept", func() bool { return s.pauses()["method/getUpdates"] > 0 })
		s.halt()
		s.setting.APIURL = second.url
		s.open()
		s.until("the second leads", s.desk.leads)
		s.until("the second polls", func() bool { return second.polls(time.Time{}) })
		if at := second.since(time.Time{}, "getUpdates")[0].at; at.Before(over.Add(-100 * time.Millisecond)) {
			t.Errorf("polled %s before the wait was over", over.Sub(at))
		}
		s.settled()
		s.obeyed()
		if strings.Contains(s.log.String(), "unknown pause") {
			t.Error("the outbox wonders about the wait of a method")
		}
	})
}

// pauses are what Redis holds back.
func (s *scene) pauses() map[string]time.Duration {
	s.Helper()
	all, err := s.desk.Store.Pauses(s.soon())
	if err != nil {
		s.Fatal(err)
	}
	return all
}

// A leader that is killed inside the wait has told Redis of it first.
func TestTheWaitOfAPollOutlivesItsLeader(t *testing.T) {
	t.Parallel()
	redis := startRedis(t)
	s := ownStage(stageFor(t, redis.url(), realTime), redis.url())
	acts, waits := s.replicas()
	const wait = 14 // seconds: longer than a takeover
	over := s.floodsPolls(wait)
	s.until("the wait is kept", func() bool { return s.pauses()["method/getUpdates"] > 0 })
	acts.kill()
	killed := time.Now()
	s.until("the other polls", func() bool { return waits.door.polls(killed) })
	if at := waits.door.since(killed, "getUpdates")[0].at; at.Before(over.Add(-100 * time.Millisecond)) {
		t.Errorf("the other polled %s before the wait was over", over.Sub(at))
	}
	s.settled()
	s.obeyed()
}
