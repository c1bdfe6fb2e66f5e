package app

import (
	"context"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"powerdesk/bot/demo"
	"powerdesk/bot/store"
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

// pausing is a store of pauses that may be away.
type pausing struct {
	mu  sync.Mutex
	err error
	all map[string]time.Duration
}

func (p *pausing) Pause(_ context.Context, scope string, d time.Duration) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.all[scope] = d
	}
	return p.err
}

func (p *pausing) Pauses(context.Context) (map[string]time.Duration, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.all), p.err
}

// A Redis that is away when a 429 comes is told of what is left of the wait.
func TestAWaitIsKeptAsSoonAsRedisIsBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kept := &pausing{err: store.ErrUnavailable, all: map[string]time.Duration{}}
		b := newBare(t)
		w := newWaits(kept, b.App.log)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go w.keep(ctx)
		w.heard("getUpdates", time.Minute)
		w.heard("getMe", 5*time.Second)
		time.Sleep(10*time.Second + tick/2)
		if w.left("getUpdates") != 50*time.Second-tick/2 || w.left("getMe") > 0 || w.left("setWebhook") > 0 {
			t.Errorf("left are %s, %s and %s", w.left("getUpdates"), w.left("getMe"), w.left("setWebhook"))
		}
		kept.mu.Lock()
		kept.err = nil
		kept.mu.Unlock()
		time.Sleep(tick)
		synctest.Wait()
		kept.mu.Lock()
		defer kept.mu.Unlock()
		if len(kept.all) != 1 || kept.all["method/getUpdates"] != 49*time.Second {
			t.Errorf("kept is %v, want what is left of the one that is not over", kept.all)
		}
	})
}

func TestWaitsOfOthersAreObeyed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kept := &pausing{all: map[string]time.Duration{"bot": time.Hour, "chat/-100": time.Hour, "method/getUpdates": time.Minute}}
		w := newWaits(kept, newBare(t).App.log)
		w.heard("getUpdates", time.Second)
		kept.all["method/getUpdates"] = time.Minute
		if err := w.look(t.Context()); err != nil || w.left("getUpdates") != time.Minute {
			t.Errorf("left is %s, %v; want the longer of the two", w.left("getUpdates"), err)
		}
		for _, method := range []string{"sendMessage", "sendPhoto", "editMessageText", "deleteMessage"} {
			w.heard(method, time.Hour)
			if w.left(method) > 0 || kept.all["method/"+method] > 0 {
				t.Errorf("%s waits as a method, and the outbox keeps it by chat", method)
			}
		}
	})
}
