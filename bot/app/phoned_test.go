package app

import (
	"testing"

	"powerdesk/bot/demo"
	"powerdesk/flows/words"
)

// phoned is a report in one line for somebody who called. Neither the caller's
// name nor number may reach a group.
func (s *scene) phoned() string {
	const caller, number = "刘大爷", "13900000002"
	s.secrets = append(s.secrets, caller, number, door)
	return "/report_for " + s.setting.County.Towns[0].Communities[0].Name.ZH + door + " 没电 " + number + " " + caller
}

func TestAMemberReportsForACallerInOneLine(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		li := s.volunteer("李强")
		li.say(line{types: "/start", answer: "menu.menu.say"})
		li.say(line{types: s.phoned(), answer: "outage.receipt_known.say"})
		s.sees("card.state.open")

		// The news goes to who typed the report, for the caller.
		zhou := s.volunteer("周敏")
		zhou.say(line{types: "/start", answer: "menu.menu.say"})
		zhou.told(zhou.press("button.claim"), "toast.claimed")
		zhou.reads("details.typed")
		li.hears("news.typed")
		s.settled()
		if all, err := s.desk.Store.OpenJobs(s.soon()); err != nil || len(all) != 1 {
			t.Errorf("open jobs are %v, %v; want one", all, err)
		}
	})
}

func TestAStrangerReportsForNobody(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		stranger := s.somebody("路人", words.ZH)
		stranger.say(line{types: "/start", answer: "menu.menu.say"})
		stranger.say(line{types: s.phoned(), answer: "router.unknown_command"})
		s.settled()
		if all, err := s.desk.Store.OpenJobs(s.soon()); err != nil || len(all) != 0 {
			t.Errorf("open jobs are %v, %v; want none", all, err)
		}
		s.transcript(dutyChat)
	})
}

func TestARemovedMemberCommandsNothing(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		li, zhou := s.volunteer("李强"), s.volunteer("周敏")
		li.say(line{types: "/start", answer: "menu.menu.say"})
		li.say(line{types: "/open", answer: "duty.open_none"})
		if err := zhou.hands.SetStatus(dutyChat, li.id, demo.Kicked); err != nil {
			t.Fatal(err)
		}
		s.settled()
		for _, command := range []string{"/open", "/on", s.phoned()} {
			li.say(line{types: command, answer: "router.unknown_command"})
		}
		s.settled()
		if all, err := s.desk.Store.OpenJobs(s.soon()); err != nil || len(all) != 0 {
			t.Errorf("open jobs are %v, %v; want none", all, err)
		}
	})
}
