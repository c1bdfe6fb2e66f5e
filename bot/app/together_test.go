package app

import (
	"strings"
	"sync"
	"testing"

	"powerdesk/bot/demo"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// together does all of it at the same moment, as far as a machine can.
func together(acts ...func()) {
	barrier := make(chan struct{})
	var acting sync.WaitGroup
	for _, act := range acts {
		acting.Go(func() { <-barrier; act() })
	}
	close(barrier)
	acting.Wait()
}

func TestReportTappedTwiceIsOneJob(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		wang := s.resident(words.ZH)
		lines := wang.tripping()
		wang.talk(lines[:len(lines)-1]...)
		share := func() {
			if _, err := wang.hands.ShareContact(); err != nil {
				t.Error(err)
			}
		}
		together(share, share, share)
		wang.number()
		s.settled()
		s.transcript(dutyChat, "card.state.open")
		all, err := s.desk.Store.OpenJobs(s.soon())
		if err != nil || len(all) != 1 || len(all[0].Reports) != 1 {
			t.Errorf("open jobs are %v, %v; want one with one report", all, err)
		}
	})
}

func TestClaimTappedTwiceIsOneClaim(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		no := s.resident(words.ZH).reports()
		li := s.volunteer("李强")
		li.say(line{types: "/start", answer: "menu.menu.say"})
		tap := func() {
			toast, err := li.push(dutyChat, "button.claim").Wait(s.soon())
			if err != nil || toast.Text == "" {
				t.Errorf("a tap was answered %v, %v", toast, err)
			}
		}
		together(tap, tap)
		s.settled()
		stored := s.job(no, func(j *job.Job) bool { return j.Claims() > 0 })
		if stored.Claims() != 1 || len(stored.History) != 2 {
			t.Errorf("two taps of one volunteer gave %v and the history %v", stored.Pair, stored.History)
		}
	})
}

// TestClaimMeetsWithdrawal lets a volunteer claim in the moment in which the
// resident takes the report back: whoever is first, both know how it ended.
func TestClaimMeetsWithdrawal(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		for range 10 {
			s := stageFor(t, url).open()
			wang := s.resident(words.ZH)
			no := wang.reports()
			li := s.volunteer("李强")
			li.say(line{types: "/start", answer: "menu.menu.say"})
			s.sees("card.state.open")
			wang.say(line{types: "/status", answer: "report.job.say"})
			var toast demo.Toast
			claim := talk.Button{Job: no, Action: "claim"}.Data()
			together(func() { toast = li.forges(claim) }, func() { wang.tap("report.job.back") })
			wang.answered()
			card := s.sees("card.state.withdrawn")
			s.settled()
			if len(card.Buttons) > 0 {
				t.Errorf("the withdrawn card has buttons: %v", card.Buttons)
			}
			if sentence(t, words.ZH, "toast.claimed").MatchString(toast.Text) {
				li.reads("crew.withdrawn")
				li.reads("details.taken_back")
			} else {
				li.told(toast, "toast.finished")
			}
			s.halt()
		}
	})
}

func TestTwoMessagesAtOnceAreAnsweredInOrder(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		wang := s.resident(words.ZH)
		wang.say(line{types: "/start", answer: "menu.menu.say"})
		// As somebody types who knows the way: nothing is waited for.
		for _, key := range []string{"menu.menu.outage", "outage.danger.no", "outage.household.none"} {
			wang.types(words.Plain(words.ZH, key, nil))
		}
		wang.hears("place.town.say")
		s.settled()
		s.transcript(wang.id, "menu.menu.say", "outage.danger.say", "outage.household.say", "place.town.say")
	})
}

// TestDamagedSessionHoldsUpNobody stores what no desk can read.
func TestDamagedSessionHoldsUpNobody(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		wang, neighbour := s.resident(words.ZH), s.resident(words.ZH)
		wang.say(line{types: "/start", answer: "menu.menu.say"})
		s.settled()
		s.halt() // the one that wrote it remembers it
		s.damage(wang.id)
		s.open()
		wang.say(line{types: "没电了", answer: "router.away"})
		neighbour.say(line{types: "/start", answer: "menu.menu.say"})
		s.settled()
		if !strings.Contains(s.metrics(), "powerdesk_quarantined_total 1\n") {
			t.Errorf("the metrics do not count the event:\n%s", s.metrics())
		}
	})
}
