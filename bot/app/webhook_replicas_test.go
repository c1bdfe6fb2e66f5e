package app

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"powerdesk/flows/words"
)

// cord is a way to Redis that can be cut: whoever is behind it has died, as far
// as the other replicas can tell.
type cord struct {
	url      string
	listener net.Listener
	mu       sync.Mutex
	open     []net.Conn
	isCut    bool
}

func (s *scene) cord(to string) *cord {
	s.Helper()
	u, err := url.Parse(to)
	if err != nil {
		s.Fatal(err)
	}
	c := &cord{}
	if c.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		s.Fatal(err)
	}
	c.url = "redis://" + c.listener.Addr().String()
	s.Cleanup(c.cut)
	go func() {
		for {
			near, err := c.listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", u.Host)
			if err != nil {
				near.Close()
				continue
			}
			if c.holds(near, far) {
				go io.Copy(far, near)
				go io.Copy(near, far)
			}
		}
	}()
	return c
}

func (c *cord) holds(ends ...net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.isCut {
		for _, end := range ends {
			end.Close()
		}
		return false
	}
	c.open = append(c.open, ends...)
	return true
}

func (c *cord) cut() {
	c.listener.Close()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.isCut = true
	for _, end := range c.open {
		end.Close()
	}
}

// Whichever replica Telegram brings an update to stores it, and the one that acts
// sends the answer: after the end of that one it is the other.
func TestAWebhookLeadsToAReplicaThatStandsBy(t *testing.T) {
	t.Parallel()
	redis := startRedis(t)
	s := stageFor(t, redis.url(), realTime)
	h := s.threshold()
	reach := s.cord(redis.url())
	var doors [2]*doorway
	var desks [2]*Running
	for i, store := range []string{reach.url, redis.url()} {
		doors[i] = s.doorway()
		s.setting.APIURL, s.setting.RedisURL = doors[i].url, store
		s.openAt(h, freshSecret) // the last one is whom Telegram finds
		desks[i] = s.desk
		s.until("the first leads", desks[0].leads)
	}
	s.until("the webhook is set", func() bool { return desks[0].hook.Check() == nil })

	wang := s.resident(words.ZH)
	no := wang.reports()
	li := s.volunteer("李强")
	li.pressIn(dutyChat, "button.claim") // the replica that was brought the press answers it
	wang.hears("news.claimed")
	s.settled()
	for _, method := range []string{"sendMessage", "editMessageText", "setWebhook", "getWebhookInfo", "setMyCommands", "getUpdates"} {
		if calls := doors[1].since(time.Time{}, method); len(calls) > 0 {
			t.Errorf("the replica that stands by called %v", calls)
		}
	}
	if len(doors[1].since(time.Time{}, "answerCallbackQuery")) == 0 {
		t.Error("the press was answered by a replica that did not take it")
	}
	s.reportsHealth(desks[0], `"acting"`, "powerdesk_leading 1")
	s.reportsHealth(desks[1], `"standing by`, "powerdesk_leading 0")

	reach.cut()
	dead := time.Now()
	late := s.resident(words.ZH)
	late.types("/start") // stored while nobody acts
	late.hears("menu.menu.say")
	if waited := time.Since(dead); waited > takeover+time.Second {
		t.Errorf("the answer came %s after the end of the one that acted, want it with the next term", waited)
	}
	s.settled()
	s.transcript(late.id, "menu.menu.say")
	s.until("the other keeps the webhook", func() bool { return len(doors[1].since(dead, "setWebhook")) > 0 })
	s.reportsHealth(desks[1], `"acting"`, "powerdesk_leading 1")
	s.until("the first has noticed", func() bool { return !desks[0].leads() })
	if second := s.resident(words.ZH).reports(); second == no {
		t.Errorf("both jobs are number %s", no)
	}
	s.settled()
	if s.polled() {
		t.Error("a replica polls beside the webhook")
	}
}
