package app

import (
	"strings"
	"testing"
	"time"

	"powerdesk/bot/demo"
	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
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
	stored := s.job(no, func(j *job.Job) bool { return j.State == job.Restored })
	if stored.Cause != "card" {
		t.Errorf("the job ended with cause %q, want card", stored.Cause)
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

// What is open is posted where the group is now, once, and a desk that starts
// again goes there at once, although its desk file names the old group.
func TestGroupThatGrewIsKnownAfterARestart(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		const grown = -1001000000078
		s := stageFor(t, url)
		s.tg.AddGroup(demo.Group{ID: dutyChat, Title: "Duty", Bot: demo.Administrator})
		s.open()
		wang, zhao := s.resident(words.ZH), s.resident(words.ZH)
		no := wang.reports()
		zhao.reports()
		li := s.volunteer("李强")
		s.settled()
		if err := s.tg.Upgrade(dutyChat, grown, demo.AnnounceOldThenNew); err != nil {
			t.Fatal(err)
		}
		s.awaits(grown, 0, "card.state.open")
		s.settled()
		if cards := s.heard(grown); len(cards) != 2 {
			t.Errorf("%d cards in the new group, want one of each open job:\n%s", len(cards), s.screen(grown))
		}

		s.halt()
		s.open()
		before := s.sends(dutyChat)
		s.until("the desk knows where the group is", func() bool { return s.desk.App.Chats().Duty == grown })
		li.forges(talk.Button{Job: no, Action: "claim"}.Data()) // on a card in the old group
		wang.hears("news.claimed")
		s.resident(words.ZH).reports()
		s.settled()
		if cards := s.heard(grown); len(cards) != 3 {
			t.Errorf("%d cards in the new group, want three:\n%s", len(cards), s.screen(grown))
		}
		if now := s.sends(dutyChat); now != before {
			t.Errorf("%d calls to the old group after a restart, want none", now-before)
		}
	})
}

// Without the group nobody sees a card: the leaders hear it, each once, and the
// cards wait.
func TestLeadersHearThatTheDeskIsOutOfTheGroup(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t))
	leader, other := s.somebody("赵主任", words.ZH), s.somebody("钱主任", words.ZH)
	s.setting.County.Roster = append(s.setting.County.Roster,
		county.Member{ID: leader.id, Name: leader.name, Leader: true}, county.Member{ID: other.id, Name: other.name, Leader: true})
	s.open()
	leader.say(line{types: "/start", answer: "menu.menu.say"})
	other.say(line{types: "/start", answer: "menu.menu.say"})
	li := s.volunteer("李强")
	if err := li.hands.RemoveBot(dutyChat); err != nil {
		t.Fatal(err)
	}
	leader.hears("leader.removed")
	other.hears("leader.removed")
	wang := s.resident(words.ZH)
	wang.reports() // whose card is refused
	s.until("the card was refused", func() bool { return strings.Contains(s.log.String(), "is the bot still in it?") })
	for _, p := range []*person{leader, other} {
		s.transcript(p.id, "menu.menu.say", "leader.removed")
	}
	b, err := s.desk.Store.Backlog(s.soon())
	if err != nil || b.Waiting == 0 {
		t.Errorf("backlog %+v, %v: want the card kept", b, err)
	}
}

// A refusal that nobody has heard before is a state of the chat, never of the
// text: the danger's card is kept and the leaders read Telegram's own words. That
// the card comes once the chat takes it is the outbox's to show.
func TestAnUnknownRefusalOfTheGroupBuriesNoDanger(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"", "Bad Request: TOPIC_CLOSED", "Bad Request: not enough rights to send text messages to the chat", "Bad Request: something of tomorrow"} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			s := stageFor(t, miniURL(t))
			leader := s.somebody("赵主任", words.ZH)
			s.setting.County.Roster = append(s.setting.County.Roster, county.Member{ID: leader.id, Name: leader.name, Leader: true})
			s.open()
			leader.say(line{types: "/start", answer: "menu.menu.say"})
			s.tg.AddFault(demo.Fault{Method: "sendMessage", Chat: dutyChat, Kind: demo.Refuse, Status: 400, Description: said})
			wang := s.resident(words.ZH)
			wang.start("")
			wang.types("电线冒火花了")
			leader.hears("leader.refused")
			b, err := s.desk.Store.Backlog(s.soon())
			if err != nil || b.Waiting == 0 || b.Dead > 0 {
				t.Errorf("backlog %+v, %v: want the card kept", b, err)
			}
		})
	}
}

// A poller that is not ours keeps updates away: health says so.
func TestForeignPoller(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t)).open()
	wang := s.resident(words.ZH)
	wang.say(line{types: "/start", answer: "menu.menu.say"})
	s.settled()
	s.tg.AddFault(demo.Fault{
		Method: "getUpdates", Status: 409, Description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
	})
	s.until("the desk was refused", func() bool { return strings.Contains(s.log.String(), "terminated by other getUpdates") })
	s.clock.Advance(2 * deafAfter)
	if err := (health{s.desk, s.clock}).telegram(); err == nil {
		t.Error("health calls a deaf desk well")
	}
	if calls := len(s.tg.Calls("getUpdates")); calls > 5 {
		t.Errorf("%d polls, want the desk to stay away for a while", calls)
	}
}

// A token that was taken back stops the desk's calls and nothing else: what is
// stored stays, and it goes on with the token that works again.
func TestRevokedTokenKeepsTheOutbox(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t)).open()
	wang := s.resident(words.ZH)
	lines := wang.tripping()
	wang.talk(lines[:len(lines)-1]...)
	s.tg.AddFault(demo.Fault{Method: "sendMessage", Status: 401, Description: "Unauthorized"})
	wang.act(lines[len(lines)-1])
	s.until("the refusal is told", func() bool { return strings.Contains(s.log.String(), "telegram refuses the token") })
	s.job(s.clock.Now().Format("0102")+"-01", func(j *job.Job) bool { return len(j.Reports) == 1 })
	before := s.tg.Count("sendMessage")
	s.halt()
	s.lookInto(s.setting.RedisURL)
	b, err := s.desk.Store.Backlog(s.soon())
	if err != nil || b.Waiting < 2 {
		t.Errorf("backlog %+v, %v: want receipt and card kept", b, err)
	}
	if extra := s.tg.Count("sendMessage") - before; extra > 1 {
		t.Errorf("%d more calls with a refused token", extra)
	}
}

// A card that somebody deleted comes anew with the next change.
func TestDeletedCardIsSentAnew(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t)).open()
	wang := s.resident(words.ZH)
	no := wang.reports()
	card := s.sees("card.state.open")
	s.tg.AddFault(demo.Fault{Method: "editMessageText", Chat: dutyChat, Times: 1, Status: 400, Description: "Bad Request: message to edit not found"})
	li := s.volunteer("李强")
	li.forges(talk.Button{Job: no, Action: "claim"}.Data())
	anew := s.awaits(dutyChat, card.ID, "card.state.half")
	if anew.ID == card.ID {
		t.Error("the card was edited that is not there")
	}
}
