package app

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"powerdesk/bot/demo"
	"powerdesk/flows/words"
)

// rude is what a neighbour may write for fun or by accident: each must be shown
// as the words it is, or lose what makes it harmful.
var rude = []struct{ name, typed, shown string }{
	{"markup", `<b>201</b> & <a href="tg://user?id=1">室</a> *x* _y_`, `<b>201</b> & <a href="tg://user?id=1">室</a> *x* _y_`},
	{"entities", "&lt;script&gt; &amp;nbsp;", "&lt;script&gt; &amp;nbsp;"},
	{"right to left", "2\u202e01\u2066室\u2069", "201室"},
	{"zalgo", "2" + strings.Repeat("\u0336\u0337\u0338", 40) + "号", "号"},
	{"emoji", "👩‍👩‍👧‍👦 201 🏠", "👩‍👩‍👧‍👦 201 🏠"},
	{"invisible", "2\u200b0\u00ad1\ufeff室", "201室"},
}

func TestRudeDoorsReachThePairAndNobodyElse(t *testing.T) {
	t.Parallel()
	for _, r := range rude {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			s := stageFor(t, miniURL(t)).open()
			s.secrets = append(s.secrets, r.typed, r.shown)
			wang := s.resident(words.ZH)
			lines := wang.tripping()
			for i := range lines {
				if lines[i].types == door {
					lines[i].types = r.typed
				}
			}
			wang.talk(lines...)
			li, _ := s.pair()
			details := li.reads("details.title").Text
			if !strings.Contains(details, r.shown) {
				t.Errorf("the details do not show %q:\n%s", r.shown, details)
			}
			if strings.ContainsAny(details, "\u202e\u2066\u2069\u200b\u00ad\ufeff") || strings.Count(details, "\u0336") > 2 {
				t.Errorf("the details show what should have been cleaned away: %q", details)
			}
			s.settled()
			for _, c := range s.tg.Calls("") {
				if !c.OK() {
					t.Errorf("Telegram refused %s: %s", c.Method, c.Error)
				}
			}
		})
	}
}

// inject queues a message of the person that no app can send.
func (p *person) inject(fields string) {
	p.Helper()
	p.last++
	err := p.tg.Inject(fmt.Sprintf(`{"message": {"message_id": %d, "date": %d, "chat": {"id": %d, "type": "private"},
		"from": {"id": %d, "is_bot": false, "first_name": %q, "language_code": %q}, %s}}`,
		p.last, p.clock.Now().Unix(), p.id, p.id, p.name, languages[p.lang], fields))
	if err != nil {
		p.Fatal(err)
	}
}

func TestWhatNobodyExpects(t *testing.T) {
	t.Parallel()
	for _, odd := range []struct {
		name   string
		does   func(p *person)
		answer string
	}{
		{"a sticker", func(p *person) { p.did(p.hands.SendSticker(p.id)) }, "router.unreadable"},
		{"an unknown command", func(p *person) { p.types("/frobnicate") }, "router.unknown_command"},
		{"somebody else's card", func(p *person) { p.did(p.hands.ShareForeignContact("+8613911111111", "别人", 4711)) }, "router.foreign_contact"},
		{"a card of nobody", func(p *person) { p.did(p.hands.ShareForeignContact("+8613911111111", "别人", 0)) }, "router.foreign_contact"},
		{"an album of three", func(p *person) {
			ids, err := p.hands.SendAlbum(p.id, 3, "电表")
			p.did(slices.Max(append(ids, 0)), err)
		}, "router.media_kept"},
		{"a text of 5000 characters", func(p *person) {
			long, _ := json.Marshal(strings.Repeat("没", 5000))
			p.inject(`"text": ` + string(long))
		}, "router.cut"},
		{"a forwarded command is only words", func(p *person) {
			p.did(p.hands.Forward(p.id, p.last, p.id)) // its own /start
		}, "router.chat"},
		{"a dice", func(p *person) { p.inject(`"dice": {"emoji": "🎲", "value": 6}`) }, "router.unreadable"},
	} {
		t.Run(odd.name, func(t *testing.T) {
			t.Parallel()
			s := stageFor(t, miniURL(t)).open()
			p := s.resident(words.ZH)
			p.say(line{types: "/start", answer: "menu.menu.say"})
			before := s.sends(p.id)
			odd.does(p)
			p.hears(odd.answer)
			s.settled()
			if got := s.sends(p.id) - before; got != 1 {
				t.Errorf("%d answers, want 1", got)
			}
			p.say(line{types: "/help", answer: "help.help.say"}) // the talk goes on
		})
	}
}

func TestEditedMessageIsNoAnswer(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t)).open()
	wang := s.resident(words.ZH)
	wang.talk(line{types: "/start", answer: "menu.menu.say"}, line{types: "没电了", answer: "outage.danger.say"})
	before := s.sends(wang.id)
	if err := wang.hands.Edit(wang.id, wang.last, words.Plain(words.ZH, "outage.danger.yes", nil)); err != nil {
		t.Fatal(err)
	}
	wang.reads("router.edited_stands")
	s.settled()
	if got := s.sends(wang.id) - before; got != 1 || len(s.heard(dutyChat)) != 0 {
		t.Errorf("an edit was answered %d times, and the group was told %d things; want one answer and nothing told", got, len(s.heard(dutyChat)))
	}
	wang.say(line{tap: "outage.danger.no", answer: "outage.household.say"})
}

func TestUnknownPlaceIsTakenAsWritten(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t)).open()
	wang := s.resident(words.ZH)
	const nowhere = "月亮湾外星村"
	s.secrets = append(s.secrets, nowhere)
	wang.talk(line{types: "/start", answer: "menu.menu.say"}, line{tap: "menu.menu.outage", answer: "outage.danger.say"},
		line{tap: "outage.danger.no", answer: "outage.household.say"}, line{tap: "outage.household.none", answer: "place.town.say"},
		line{types: nowhere, answer: "place.unknown"}, line{types: nowhere, answer: "outage.neighbours.say"},
		line{tap: "outage.neighbours.dark", answer: "outage.summary.say"}, line{tap: "outage.summary.share", answer: "outage.receipt_known.say"})
	s.sees("card.place_written")
	li, _ := s.pair()
	if details := li.reads("details.title"); !strings.Contains(details.Text, nowhere) {
		t.Errorf("the pair does not read where it is:\n%s", details.Text)
	}
}

func TestPoisonStopsNobodyElse(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t)).open()
	wang := s.resident(words.ZH)
	for _, poison := range []string{
		`{"message": {"message_id": 7, "date": "yesterday", "text": "` + door + `"}}`,
		`{"callback_query": [1, 2]}`,
		`{"message": {"message_id": 7, "date": 1, "chat": {"id": "x"}, "from": {"id": 5}, "contact": {"phone_number": "` + strings.TrimPrefix(wang.phone(), "+") + `"}}}`,
	} {
		if err := s.tg.Inject(poison); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.tg.Inject(`{"galaxy_brain": {"id": 1}}`); err != nil { // an update of a later Bot API is no poison
		t.Fatal(err)
	}
	wang.say(line{types: "/start", answer: "menu.menu.say"})
	s.settled()
	if want := "powerdesk_quarantined_total 3\n"; !strings.Contains(s.metrics(), want) {
		t.Errorf("the metrics do not say %q:\n%s", want, s.metrics())
	}
}

func TestForeignGroup(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t)).open()
	const foreign = -1009999999999
	s.tg.AddGroup(demo.Group{ID: foreign, Title: "Duty", Supergroup: true}) // the title of ours
	zhou := s.somebody("外人", words.ZH)
	if err := zhou.hands.Join(foreign); err != nil {
		t.Fatal(err)
	}
	if err := zhou.hands.AddBot(foreign, demo.Administrator); err != nil {
		t.Fatal(err)
	}
	said := s.awaits(foreign, 0, "group.foreign")
	if !strings.Contains(said.Text, fmt.Sprint(foreign)) {
		t.Errorf("the group is told %q, want its number in it", said.Text)
	}
	if err := s.tg.Wait(s.soon(), func() bool { return s.tg.Count("leaveChat") == 1 }); err != nil {
		t.Fatalf("the bot stays in a foreign group: %v", err)
	}
	s.resident(words.ZH).reports()
	s.sees("card.state.open")
	if got := len(s.heard(foreign)); got != 1 {
		t.Errorf("the foreign group was told %d things, want its number and no more", got)
	}
}

func TestSameUpdateTwiceChangesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		wang := s.resident(words.ZH)
		lines := wang.tripping()
		wang.talk(lines[:len(lines)-1]...)
		s.settled()

		// From here on nothing can be confirmed: the poll that waits still brings
		// the last tap, every later one fails.
		heal := s.tg.AddFault(demo.Fault{Method: "getUpdates", Kind: demo.Disconnect})
		wang.say(lines[len(lines)-1])
		no := wang.number()
		s.until("the card is there", func() bool { return len(s.heard(dutyChat)) == 1 })
		s.halt()
		if s.tg.Pending() == 0 {
			t.Fatal("the tap was confirmed: this test proves nothing")
		}
		heal()
		s.open()
		s.settled()

		s.transcript(wang.id, answers(lines)...)
		s.transcript(dutyChat, "card.state.open")
		all, err := s.desk.Store.OpenJobs(s.soon())
		if err != nil || len(all) != 1 || all[0].No != no || len(all[0].Reports) != 1 {
			t.Errorf("open jobs are %v, %v; want %s alone", all, err, no)
		}
	})
}
