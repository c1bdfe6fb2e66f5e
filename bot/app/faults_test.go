package app

import (
	"strings"
	"testing"
	"time"

	"powerdesk/bot/demo"
	"powerdesk/flows"
	"powerdesk/flows/words"
)

// A group that Telegram has closed for a while waits alone: residents are
// answered, and the card comes once, when the group is open again.
func TestFloodInTheGroupIsNobodyElses(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t), realTime).open()
	wang := s.resident(words.ZH)
	lines := wang.tripping()
	wang.talk(lines[:len(lines)-1]...)
	s.tg.AddFault(demo.Fault{Method: "sendMessage", Chat: dutyChat, Times: 1, RetryAfter: 2})
	began := time.Now()
	wang.say(lines[len(lines)-1])
	wang.say(line{tap: "outage.receipt.remember", answer: "outage.remembered.say"})
	answered := time.Since(began)
	s.sees("card.state.open")
	if waited := time.Since(began); waited < 2*time.Second || answered > waited {
		t.Errorf("the card came after %s and the resident's answers after %s, want the card alone to wait 2 s", waited, answered)
	}
	s.settled()
	s.transcript(dutyChat, "card.state.open")
	if early := s.tg.Violations(); len(early) > 0 {
		t.Errorf("calls that came too early: %v", early)
	}
}

func TestResidentWhoBlocksTheBotIsStillHelped(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t)).open()
	wang := s.resident(words.ZH)
	no := wang.reports()
	if err := wang.hands.Block(); err != nil {
		t.Fatal(err)
	}
	li, zhou := s.pair()
	li.departs(li.id)
	zhou.restores("card")
	s.settled()
	job := s.job(no, func(j *flows.Job) bool { return j.State == flows.Restored })
	if job.Cause != "card" {
		t.Errorf("the job ended with cause %q, want card", job.Cause)
	}
	// Whoever comes back can end it.
	wang.start("")
	wang.answered()
	wang.say(line{types: words.Plain(words.ZH, "report.back.yes", nil), answer: "report.rating.say"})
	s.sees("card.state.closed")
}

// Telegram may refuse the desk's own markup: the words arrive all the same.
func TestRefusedMarkupIsSentPlain(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t)).open()
	wang := s.resident(words.ZH)
	lines := wang.tripping()
	wang.talk(lines[:len(lines)-1]...)
	s.tg.AddFault(demo.Fault{
		Method: "sendMessage", Chat: wang.id, Times: 1,
		Status: 400, Description: "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 7",
	})
	wang.say(lines[len(lines)-1])
	if receipt := wang.hears("outage.receipt.say"); strings.Contains(receipt.Text, "<b>") {
		t.Errorf("the plain receipt shows its tags: %q", receipt.Text)
	}
	s.settled()
	s.transcript(wang.id, answers(lines)...)
}

// A basic group that grows gets a new id, which Telegram tells twice, once or
// not at all. The old card still works, and is drawn anew where the group is.
func TestGroupGrows(t *testing.T) {
	t.Parallel()
	const grown = -1001000000077
	for name, how := range map[string]demo.Announcement{
		"told twice": demo.AnnounceOldThenNew, "told in the old": demo.AnnounceOld, "told in the new": demo.AnnounceNew, "not told": demo.AnnounceNothing,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := stageFor(t, miniURL(t))
			s.tg.AddGroup(demo.Group{ID: dutyChat, Title: "Duty", Bot: demo.Administrator})
			s.open()
			wang := s.resident(words.ZH)
			wang.reports()
			li := s.volunteer("李强")
			s.sees("card.state.open")
			if err := s.tg.Upgrade(dutyChat, grown, how); err != nil {
				t.Fatal(err)
			}
			if how != demo.AnnounceNothing {
				s.until("the desk follows the group", func() bool { return s.desk.App.Chats().Duty == grown })
			}
			li.pressIn(dutyChat, "button.claim")
			wang.hears("news.claimed")
			if how != demo.AnnounceNothing {
				s.awaits(grown, 0, "card.state.half")
			}
			s.resident(words.ZH).reports() // the next one finds the group in any case
			s.awaits(grown, 0, "card.state.open")
			s.settled()
		})
	}
}
