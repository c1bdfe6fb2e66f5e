package app

import (
	"testing"

	"powerdesk/bot/demo"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// account is the number of a resident's account: the clerk's and the crew's.
const account = "canary-account-5566778899"

// clerk brings a member of the hall's group who has opened the bot.
func (s *scene) clerk(name string) *person {
	s.Helper()
	p := s.somebody(name, s.setting.County.Lang)
	if err := p.hands.Join(hallChat); err != nil {
		s.Fatal(err)
	}
	p.say(line{types: "/start", answer: "menu.menu.say"})
	return p
}

// emptied is a resident's whole request for credit, the hall being closed.
func (p *person) emptied(risk string) []line {
	town, community := p.place()
	return []line{
		{types: "/start", answer: "menu.menu.say"},
		{tap: "menu.menu.topup", answer: "topup.trouble.say"},
		{tap: "topup.trouble.credit", answer: "topup.shows.say"},
		{tap: "topup.shows.cut", answer: "topup.kind.say"},
		{tap: "topup.kind.slot", answer: "topup.bought.say"},
		{tap: "topup.bought.no", answer: "topup.buy.say"},
		{tap: "topup.buy.clerk", answer: "topup.risk.say"},
		{tap: "topup.risk." + risk, answer: "place.town.say"},
		{label: town, answer: "place.community.say"},
		{label: community, answer: "place.building.say"},
		{types: door, answer: "topup.phone.say"},
		{tap: "topup.phone.share", answer: "topup.account.say"},
		{types: account, answer: "topup.wanted.say"},
		{tap: "topup.wanted.unsure", answer: "topup.asked.say"},
	}
}

// At night a clerk tops the card up, and the light is back: nobody of the crew
// was woken, and nobody outside the hall could press anything.
func TestAtNightTheClerkBringsTheLightBack(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		s.secrets = append(s.secrets, account)
		wang, feng, sun := s.resident(words.ZH), s.clerk("冯会计"), s.clerk("孙秋实")
		wang.talk(wang.emptied("none")...)
		no := numbers.FindString(wang.hears("topup.asked.say").Text)

		feng.told(feng.pressIn(hallChat, "button.hall_take"), "toast.topup.yours")
		sun.told(sun.pressIn(hallChat, "button.hall_pay"), "toast.topup.not_yours")
		feng.reads("details.account")
		wang.hears("news.topup.took")

		feng.pressIn(feng.id, "button.hall_pay")
		feng.press50(feng.id)
		wang.hears("news.topup.paid")
		feng.told(feng.pressIn(feng.id, "button.hall_wrote.card"), "toast.topup_wrote")
		wang.hears("news.wrote.card")
		wang.say(line{tap: "topup.light_card.yes", answer: "report.rating.say"})
		wang.content()
		feng.reads("details.taken_back")

		s.settled()
		if n := s.sends(dutyChat); n != 0 {
			t.Errorf("the duty group was told %d times of what the hall did alone", n)
		}
		// The same address from another chat is taken, and the clerk sees that it is
		// the second of the night.
		tom := s.resident(words.EN)
		tom.talk(tom.emptied("none")...)
		if m := s.awaits(hallChat, 0, "hall.again"); m.Text == "" || numbers.FindString(m.Text) == no {
			t.Errorf("the card of the second request is %q", m.Text)
		}
	})
}

// press50 presses the first of the sums that the desk file offers.
func (p *person) press50(chat int64) {
	p.Helper()
	label := words.Plain(p.langOf(chat), "yuan", words.Args{"N": p.setting.County.Urgent.Amounts[0]})
	m, err := p.tg.Await(p.soon(), chat, 0, func(m demo.Message) bool { _, ok := m.Button(label); return ok })
	if err != nil {
		p.Fatalf("no button %s: %v", label, err)
	}
	button, _ := m.Button(label)
	press, err := p.hands.Press(chat, m.ID, button.Data)
	if err != nil {
		p.Fatal(err)
	}
	p.told(p.toast(press), "toast.topup_paid")
}

// The hall's group gets a new id: what waits for a clerk stands there again, and
// the buttons of before still count.
func TestTheHallMovesAndItsRequestsWithIt(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url)
		s.tg.AddGroup(demo.Group{ID: hallChat, Title: "Hall", Bot: demo.Administrator})
		s.open()
		wang, feng := s.resident(words.ZH), s.clerk("冯会计")
		wang.talk(wang.emptied("goods")...)
		no := numbers.FindString(wang.hears("topup.asked.say").Text)
		s.awaits(hallChat, 0, "hall.title")
		li := s.volunteer("李强")
		li.told(li.forges(talk.Button{Job: no, Clerks: true, Action: "take"}.Data()), "toast.not_clerk")
		const grown = -1009876543211
		if err := s.tg.Upgrade(hallChat, grown, demo.AnnounceOldThenNew); err != nil {
			t.Fatal(err)
		}
		s.awaits(grown, 0, "hall.title")
		feng.told(feng.pressIn(grown, "button.hall_take"), "toast.topup.yours")
		s.job(no, func(j *job.Job) bool { return j.TopUp.Clerk.User == feng.id && j.Kind == job.Fault })
		s.sees("card.need.goods") // the crew is called as well
	})
}
