package app

import (
	"strings"
	"testing"
	"time"

	"powerdesk/bot/demo"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// nothingDue waits until no reminder is left that is due now, and everything said
// by it has arrived: what a reminder would do twice it has done by then.
func (s *scene) nothingDue() {
	s.Helper()
	ctx := s.soon()
	s.until("nothing is due", func() bool {
		due, err := s.desk.Store.Due(ctx, s.setting.Clock.Now(), dueAtOnce)
		return err == nil && len(due) == 0
	})
	s.settled()
}

// again puts a new desk in the place of the one that was stopped, a moment later.
func (s *scene) again() {
	s.Helper()
	s.clock.Advance(time.Second)
	s.open()
}

// TestAJobThatNobodyTakes lets real time pass: the card comes anew with who is on
// duty, the leaders are told, the resident gets a number to phone. The card that
// was left behind can still be claimed by who has it on their screen.
func TestAJobThatNobodyTakes(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url, realTime)
		s.setting.County.Ladders.Unclaimed = [3]time.Duration{200 * time.Millisecond, 2 * time.Second, 4 * time.Second} // each is met by a look of its own
		s.open()
		wang, li := s.resident(words.ZH), s.volunteer("李强")
		li.say(line{types: "/start", answer: "menu.menu.say"})
		no := wang.reports()
		old := s.sees("card.title")
		wang.hears("news.unclaimed")
		s.sees("card.calling")
		s.awaits(leaderChat, 0, "leader.station")
		s.nothingDue()
		s.transcript(dutyChat, "card.moved", "card.calling")
		s.transcript(leaderChat, "leader.unclaimed", "leader.station")
		s.transcript(wang.id, append(answers(wang.tripping()), "news.unclaimed")...)

		press, err := li.hands.PressForged(dutyChat, old.ID, talk.Button{Job: no, Action: "claim"}.Data())
		if err != nil {
			t.Fatal(err)
		}
		li.told(li.toast(press), "toast.claimed")
		li.reads("details.title")
		wang.hears("news.claimed")
		s.settled()
		s.transcript(dutyChat, "card.moved", "card.state.half")
	})
}

// TestAClaimThatIsForgotten asks who took the job and did nothing, in private,
// and then gives it back to the others.
func TestAClaimThatIsForgotten(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url, realTime)
		s.setting.County.Ladders.Idle = [2]time.Duration{200 * time.Millisecond, 1500 * time.Millisecond}
		s.open()
		wang, li := s.resident(words.ZH), s.volunteer("李强")
		li.say(line{types: "/start", answer: "menu.menu.say"})
		no := wang.reports()
		li.told(li.press("button.claim"), "toast.claimed")
		question := li.hears("crew.idle")
		for _, key := range []string{"eta.30", "button.stay", "button.drop"} {
			if _, ok := question.Button(words.Plain(words.ZH, key, nil)); !ok {
				t.Errorf("the question %q has no button %s: %v", question.Text, key, question.Buttons)
			}
		}
		li.hears("crew.lost.idle")
		wang.hears("news.released")
		s.job(no, func(j *job.Job) bool { return j.State == job.Open && j.Claims() == 0 })
		s.sees("card.state.open")
		s.nothingDue()
		s.transcript(li.id, "menu.menu.say", "details.taken_back", "crew.idle", "crew.lost.idle")
		s.forgotten(li.id)
	})
}

// TestALadderOutlivesTheDesk stops the desk between all rungs, and once over the
// instant of one: each is climbed once, by whichever desk is there.
func TestALadderOutlivesTheDesk(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		wang := s.resident(words.ZH)
		wang.reports()
		s.settled()
		waits := s.setting.County.Ladders.Unclaimed
		s.clock.Advance(waits[0])
		s.sees("card.calling")
		s.nothingDue()
		s.halt()

		s.again()
		s.clock.Advance(waits[1] - waits[0])
		s.awaits(leaderChat, 0, "leader.unclaimed")
		s.nothingDue()
		s.halt()

		s.clock.Advance(waits[2] - waits[1])
		s.again()
		wang.hears("news.unclaimed")
		s.awaits(leaderChat, 0, "leader.station")
		s.nothingDue()
		s.halt()

		s.again()
		s.resident(words.ZH).say(line{types: "/start", answer: "menu.menu.say"}) // it works
		s.nothingDue()
		s.transcript(dutyChat, "card.moved", "card.state.open")
		s.transcript(leaderChat, "leader.unclaimed", "leader.station")
		s.transcript(wang.id, append(answers(wang.tripping()), "news.unclaimed")...)
	})
}

// TestAClaimedJobKeepsItsReminder restarts the desk while a pair holds a job and
// has not set out.
func TestAClaimedJobKeepsItsReminder(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		wang := s.resident(words.ZH)
		no := wang.reports()
		li, zhou := s.pair()
		s.settled()
		s.halt()
		s.again()
		s.clock.Advance(s.setting.County.Ladders.Idle[0])
		li.hears("crew.idle")
		zhou.hears("crew.idle")

		// The answer is on the question.
		li.told(li.pressIn(li.id, "eta.30"), "toast.depart")
		wang.hears("news.on_the_way_eta")
		s.job(no, func(j *job.Job) bool { return j.State == job.OnTheWay && j.Claims() == 2 })
		s.clock.Advance(s.setting.County.Ladders.Idle[1])
		s.nothingDue()
		for _, v := range []*person{li, zhou} {
			if n := said(s.heard(v.id), sentence(t, words.ZH, "crew.idle").MatchString); n != 1 {
				t.Errorf("%s was asked %d times, want once", v.name, n)
			}
		}
	})
}

// said counts the messages that say something.
func said(all []demo.Message, says func(string) bool) (n int) {
	for _, m := range all {
		if says(m.Text) {
			n++
		}
	}
	return n
}

// TestWhoIsOnDutyIsWhoIsCalled: the card that comes anew names who has said /on,
// and no longer who has said /off.
func TestWhoIsOnDutyIsWhoIsCalled(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		sun := s.volunteer("孙伟")
		for _, step := range []struct {
			command, answer string
			called          bool
		}{{"/on", "duty.on", true}, {"/off", "duty.off", false}} {
			id, err := sun.hands.Send(dutyChat, step.command)
			if err != nil {
				t.Fatal(err)
			}
			s.awaits(dutyChat, id, step.answer)
			s.resident(words.ZH).reports()
			s.settled()
			s.clock.Advance(s.setting.County.Ladders.Unclaimed[0])
			card := s.awaits(dutyChat, id, "card.calling")
			if got := strings.Contains(card.Text, sun.name); got != step.called {
				t.Errorf("after %s the card calls %q, want %s in it: %t", step.command, card.Text, sun.name, step.called)
			}
		}
	})
}
