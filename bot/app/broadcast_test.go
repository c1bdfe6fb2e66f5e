package app

import (
	"context"
	"slices"
	"testing"
	"time"

	"powerdesk/bot/demo"
	"powerdesk/bot/lead"
	"powerdesk/bot/outbox"
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
	heard := s.tg.Count("sendMessage")
	all[0].say(line{types: "/help", answer: "help.help.say"})
	if past := s.tg.Count("sendMessage") - heard; past > many/4 {
		t.Errorf("%d messages of the broadcast went before the answer", past)
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

// What stood in the outbox until it was no news any more is not sent, and counted.
func TestNoNewsAnyMoreIsNotSent(t *testing.T) {
	t.Parallel()
	now, late := time.Now(), 0
	sent := 0
	through := termSender{
		Sender: sending(func() { sent++ }), term: lead.Endless("me"), cut: t.Context(),
		now: func() time.Time { return now }, late: func() { late++ },
	}
	for _, until := range []time.Time{{}, now.Add(time.Second), now.Add(-time.Second)} {
		through.Send(t.Context(), outbox.Row{Say: talk.Say{Text: "20:10", Until: until}})
	}
	if sent != 2 || late != 1 {
		t.Errorf("%d were sent and %d were late, want 2 and 1", sent, late)
	}
}

// sending counts what is sent.
type sending func()

func (s sending) Send(context.Context, outbox.Row) outbox.Outcome {
	s()
	return outbox.Outcome{Kind: outbox.Sent}
}
