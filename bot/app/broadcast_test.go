package app

import (
	"slices"
	"testing"
	"time"

	"powerdesk/bot/demo"
	"powerdesk/bot/store"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// A broadcast whose desk is killed half-way goes on where it was: everybody hears it
// once. Who writes meanwhile is answered before it ends.
func TestABroadcastGoesOnAfterAKill(t *testing.T) {
	t.Parallel()
	redis := startRedis(t)
	s := ownStage(stageFor(t, redis.url(), realTime), redis.url())
	first := s.serve()
	const many = 450 // more than two pages
	var all []*person
	for range many {
		p := s.resident(words.ZH)
		p.types("/start")
		all = append(all, p)
	}
	s.settled()
	c := store.Change{Event: "cast", Op: "cast", At: time.Now()}
	for _, p := range all {
		c.Members = append(c.Members, talk.Member{Set: "set", ID: talk.Joiner(p.id, words.ZH), At: c.At})
	}
	heal := s.tg.AddFault(demo.Fault{Method: "sendMessage", Kind: demo.Stall, Delay: 200 * time.Millisecond})
	c.Broadcasts = []talk.Broadcast{{Name: "news", Set: "set", Until: c.At.Add(time.Hour), Says: map[words.Lang]talk.Say{
		words.ZH: {Text: "来电了", Class: talk.BroadcastClass},
	}}}
	if _, err := s.desk.Store.Commit(s.soon(), c); err != nil {
		t.Fatal(err)
	}
	begun := s.tg.Count("sendMessage")
	s.until("it is under way", func() bool { return s.tg.Count("sendMessage") > begun+50 })
	all[0].say(line{types: "/help", answer: "help.help.say"})
	if s.tg.Count("sendMessage") > begun+many {
		t.Error("the answer came after the broadcast")
	}
	first.kill()
	s.serve()
	heal()
	told := func(p *person) (n int) {
		for _, m := range s.heard(p.id) {
			if m.Text == "来电了" {
				n++
			}
		}
		return n
	}
	s.until("everybody was told", func() bool { return !slices.ContainsFunc(all, func(p *person) bool { return told(p) == 0 }) })
	s.settled()
	doubles := 0
	for _, p := range all {
		doubles += told(p) - 1
	}
	if doubles >= spreadPage {
		t.Errorf("%d were told twice: a page was, and not only who was on their way", doubles)
	}
}
