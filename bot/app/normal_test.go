package app

import (
	"slices"
	"strings"
	"testing"

	"powerdesk/bot/demo"
	"powerdesk/flows/job"
	"powerdesk/flows/words"
)

// inEach runs a test in each language on each kind of Redis.
func inEach(t *testing.T, test func(s *scene, l words.Lang)) {
	t.Helper()
	onEach(t, func(t *testing.T, url string) {
		for _, l := range words.Langs {
			t.Run(string(l), func(t *testing.T) {
				t.Parallel()
				test(stageFor(t, url).in(l).open(), l)
			})
		}
	})
}

func TestReportFromDarkToRated(t *testing.T) {
	inEach(t, func(s *scene, l words.Lang) {
		wang := s.resident(l)
		no := wang.reports()
		wang.say(line{tap: "outage.receipt.remember", answer: "outage.remembered.say"})

		// One has opened the bot before, one has not: the press takes her there.
		li, zhou := s.volunteer("李强"), s.volunteer("周敏")
		li.say(line{types: "/start", answer: "menu.menu.say"})
		li.told(li.press("button.claim"), "toast.claimed")
		wang.hears("news.claimed")
		if toast := zhou.press("button.claim"); toast.URL == "" {
			s.Errorf("who has not opened the bot is told %q, want to be taken there", toast.Text)
		}
		wang.hears("news.claimed_both")
		for _, v := range []*person{li, zhou} {
			details := v.reads("details.title")
			for _, private := range []string{wang.name, strings.TrimPrefix(wang.phone(), "+86"), door} {
				if !strings.Contains(details.Text, private) {
					s.Errorf("the details of %s do not tell %q:\n%s", v.name, private, details.Text)
				}
			}
			if !details.Protected {
				s.Errorf("the details of %s can be forwarded", v.name)
			}
		}

		li.departs(li.id)
		wang.hears("news.on_the_way_eta")
		s.sees("card.state.on_the_way_eta")
		zhou.told(zhou.press("button.arrive"), "toast.arrive")
		wang.hears("news.arrived")
		s.sees("card.state.arrived")
		li.restores("switch")
		wang.hears("news.restored")
		s.sees("card.state.restored")

		wang.say(line{tap: "report.back.yes", answer: "report.rating.say"})
		wang.content()
		s.settled()

		s.transcript(wang.id, append(answers(wang.tripping()), "outage.remembered.say", "news.claimed", "news.claimed_both",
			"news.on_the_way_eta", "news.arrived", "news.restored", "report.rating.say", "report.praise.say", "report.thanks.say")...)
		s.transcript(dutyChat, "card.state.closed")
		s.transcript(li.id, "menu.menu.say", "details.taken_back", "work.done.say", "crew.confirmed", "crew.rated")
		s.transcript(zhou.id, "details.taken_back", "crew.confirmed", "crew.rated")
		if card := s.heard(dutyChat)[0]; len(card.Buttons) > 0 || !strings.Contains(card.Text, no) {
			s.Errorf("the finished card is %q with %v, want number %s and no buttons", card.Text, card.Buttons, no)
		}
		s.forgotten(li.id, zhou.id)
	})
}

// forgotten fails when a chat still shows what is a resident's.
func (s *scene) forgotten(chats ...int64) {
	s.Helper()
	for _, chat := range chats {
		for _, m := range s.heard(chat) {
			for _, secret := range s.secrets {
				if strings.Contains(m.Text, secret) {
					s.Errorf("chat %d still shows %q: %s", chat, secret, m.Text)
				}
			}
		}
	}
}

func TestStillDarkReopensTheSameJob(t *testing.T) {
	inEach(t, func(s *scene, l words.Lang) {
		wang := s.resident(l)
		no := wang.reports()
		li, zhou := s.pair()
		zhou.restores("fuse")
		wang.hears("news.restored")

		wang.say(line{tap: "report.back.no", answer: "report.reopened"})
		s.sees("group.still_dark")
		s.sees("card.state.claimed")
		li.reads("crew.still_dark")
		again := s.job(no, func(j *job.Job) bool { return j.State == job.Claimed })
		if !again.Clocks.Reported.Equal(evening) || again.Epoch == 0 {
			s.Errorf("reopened with start %v and epoch %d, want the old start and a new epoch", again.Clocks.Reported, again.Epoch)
		}

		// The same pair goes on; the resident has the last word again.
		li.restores("switch")
		wang.hears("news.restored")
		wang.say(line{tap: "report.back.yes", answer: "report.rating.say"})
		wang.say(line{tap: "report.rating.poor", answer: "report.comment.say"})
		wang.say(line{types: "来了两次才好", answer: "report.thanks.say"})
		s.awaits(leaderChat, 0, "group.comment")
		s.settled()
		s.forgotten(li.id, zhou.id)
	})
}

func TestDangerIsInTheGroupAfterTwoTaps(t *testing.T) {
	inEach(t, func(s *scene, l words.Lang) {
		wang := s.resident(l)
		wang.say(line{types: "/start", answer: "menu.menu.say"})
		wang.say(line{tap: "menu.menu.outage", answer: "outage.danger.say"})
		wang.say(line{tap: "outage.danger.yes", answer: "outage.kind.say"})
		s.sees("card.place_unknown")

		wang.say(line{tap: "outage.kind.fire", answer: "outage.safety.fire"})
		s.sees("group.danger")
		li := s.volunteer("李强")
		li.press("button.claim") // nobody waits for the place
		wang.hears("news.claimed")

		town, community := wang.place()
		wang.talk(line{tap: "outage.safety.type", answer: "outage.where.say"}, line{tap: "outage.where.list", answer: "place.town.say"},
			line{label: town, answer: "place.community.say"}, line{label: community, answer: "place.building.say"},
			line{types: door, answer: "outage.danger_phone.say"}, line{tap: "outage.danger_phone.share", answer: "outage.danger_receipt.say"})
		s.until("the details tell the door", func() bool {
			return slices.ContainsFunc(s.heard(li.id), func(m demo.Message) bool { return strings.Contains(m.Text, door) })
		})
	})
}

func TestWithdrawn(t *testing.T) {
	inEach(t, func(s *scene, l words.Lang) {
		wang := s.resident(l)
		wang.reports()
		li, zhou := s.pair()
		wang.say(line{types: "/status", answer: "report.job.say"})
		wang.tap("report.job.back")
		wang.answered()
		card := s.sees("card.state.withdrawn")
		li.reads("crew.withdrawn")
		zhou.reads("details.taken_back")
		s.settled()
		if len(card.Buttons) > 0 {
			s.Errorf("the withdrawn card still has buttons: %v", card.Buttons)
		}
		s.forgotten(li.id, zhou.id)
	})
}

func TestReleasedAndClaimedAnew(t *testing.T) {
	inEach(t, func(s *scene, l words.Lang) {
		wang := s.resident(l)
		wang.reports()
		li, zhou := s.pair()
		li.drops("far")
		wang.hears("news.released_one")
		s.sees("card.state.half")
		li.reads("details.taken_back")

		sun := s.volunteer("孙伟")
		sun.press("button.claim")
		sun.reads("details.title")
		card := s.sees("card.state.claimed")
		for _, name := range []string{sun.name, zhou.name} {
			if !strings.Contains(card.Text, name) {
				s.Errorf("the card %q does not name %s", card.Text, name)
			}
		}
		li.told(li.press("button.depart"), "toast.not_yours")
		s.settled()
		s.forgotten(li.id)
	})
}
