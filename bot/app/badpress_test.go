package app

import (
	"strings"
	"testing"

	"powerdesk/bot/demo"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// forges presses any data on the duty group's card.
func (p *person) forges(data string) demo.Toast {
	p.Helper()
	press, err := p.hands.PressForged(dutyChat, p.sees("card.title").ID, data)
	if err != nil {
		p.Fatal(err)
	}
	return p.toast(press)
}

func TestForgedAndStaleButtons(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t)).open()
	no := s.resident(words.ZH).reports()
	li, zhou := s.pair()
	sun := s.volunteer("孙伟")
	data := func(action, arg string, epoch int) string {
		return talk.Button{Job: no, Action: action, Arg: arg, Epoch: epoch}.Data()
	}
	for _, forged := range []struct {
		name  string
		who   *person
		data  string
		toast string
	}{
		{"another's step", sun, data("arrive", "", 0), "toast.not_yours"},
		{"another's end", sun, data("cause", "switch", 0), "toast.not_yours"},
		{"another's release", sun, data("reason", "busy", 0), "toast.not_yours"},
		{"a third place", sun, data("claim", "", 0), "toast.taken"},
		{"a job that is none", li, talk.Button{Job: "0101-99", Action: "claim"}.Data(), "toast.old_button"},
		{"an action that is none", li, data("explode", "", 0), "toast.old_button"},
		{"a cause that is none", li, data("cause", "magic", 0), "toast.old_button"},
		{"a later version", li, "9|" + no + "|claim|0|", "toast.old_button"},
		{"words", li, "DROP TABLE jobs", "toast.old_button"},
		{"nothing readable", li, "\u202e\x00", "toast.old_button"},
		{"more than fits", li, strings.Repeat("1|", 400), "toast.old_button"},
	} {
		toast := forged.who.forges(forged.data)
		if !sentence(t, words.ZH, forged.toast).MatchString(toast.Text) {
			t.Errorf("%s is answered %q, want %s", forged.name, toast.Text, forged.toast)
		}
	}

	// A button of an earlier claim does nothing once the job was released.
	li.drops("busy")
	li.told(li.press("button.claim"), "toast.claimed")
	li.told(li.forges(data("depart", "", 0)), "toast.outdated")

	stored := s.job(no, func(j *job.Job) bool { return j.Claims() == 2 })
	if stored.State != job.Claimed || stored.Holder(zhou.id) == nil || stored.Holder(sun.id) != nil {
		t.Errorf("the forged presses moved the job to %s with %v", stored.State, stored.Pair)
	}
}

func TestWhoIsNotInTheGroupPressesNothing(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t)).open()
	no := s.resident(words.ZH).reports()
	stranger := s.somebody("路人", words.ZH)
	stranger.told(stranger.forges(talk.Button{Job: no, Action: "claim"}.Data()), "toast.not_member")
	restricted := s.somebody("被禁", words.ZH)
	if err := restricted.hands.SetStatus(dutyChat, restricted.id, demo.RestrictedAway); err != nil {
		t.Fatal(err)
	}
	restricted.told(restricted.forges(talk.Button{Job: no, Action: "claim"}.Data()), "toast.not_member")

	// While Telegram does not answer, nobody is let in, and everybody is told.
	li := s.volunteer("李强")
	heal := s.tg.AddFault(demo.Fault{Method: "getChatMember", Status: 500})
	li.told(li.press("button.claim"), "toast.try_again")
	heal()
	li.press("button.claim")
	stored := s.job(no, func(j *job.Job) bool { return j.Claims() > 0 })
	if stored.Claims() != 1 || stored.Holder(li.id) == nil {
		t.Errorf("the pair is %v, want %s alone", stored.Pair, li.name)
	}
}

func TestRemovedVolunteerMovesNothing(t *testing.T) {
	t.Parallel()
	// An administrator is told of members by an update of its own, any other bot
	// by the service message in the group alone.
	for _, bot := range []demo.Status{demo.Administrator, demo.Member} {
		t.Run(string(bot), func(t *testing.T) {
			t.Parallel()
			s := stageFor(t, miniURL(t)).open()
			no := s.resident(words.ZH).reports()
			li, zhou := s.pair()
			s.sees("card.state.claimed")
			if err := zhou.hands.SetStatus(dutyChat, s.tg.BotID(), bot); err != nil {
				t.Fatal(err)
			}
			if err := zhou.hands.SetStatus(dutyChat, li.id, demo.Kicked); err != nil {
				t.Fatal(err)
			}
			s.settled()
			li.told(li.forges(talk.Button{Job: no, Action: "depart"}.Data()), "toast.not_member")
			zhou.departs(dutyChat)
		})
	}
}

func TestMembershipIsAskedOnceAMinute(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t)).open()
	no := s.resident(words.ZH).reports()
	sun := s.volunteer("孙伟")
	s.pair()
	asked := s.tg.Count("getChatMember")
	for range 3 {
		sun.told(sun.forges(talk.Button{Job: no, Action: "claim"}.Data()), "toast.taken")
	}
	if got := s.tg.Count("getChatMember") - asked; got != 1 {
		t.Errorf("three presses within a minute asked Telegram %d times, want 1", got)
	}
	s.clock.Advance(s.setting.County.Timers.Claim)
	sun.told(sun.forges(talk.Button{Job: no, Action: "claim"}.Data()), "toast.taken")
	if got := s.tg.Count("getChatMember") - asked; got != 2 {
		t.Errorf("a press after a minute asked Telegram %d times in all, want 2", got)
	}
}
