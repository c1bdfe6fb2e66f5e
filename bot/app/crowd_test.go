package app

import (
	"fmt"
	"html"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"powerdesk/bot/admission"
	"powerdesk/bot/clock"
	"powerdesk/bot/config"
	"powerdesk/bot/store"
	"powerdesk/flows/county"
	"powerdesk/flows/words"
)

// roomFor is the pace of a desk that lets so many begin at once, and nobody after
// them for as long as the clock stands still.
func roomFor(begin int) admission.Pace {
	p := admission.PaceFor(25)
	p.Crowd = admission.Crowd{Burst: begin, Every: time.Minute, Stay: time.Hour, Notice: 5 * time.Minute}
	return p
}

// A thousand accounts write one message each, and three more when they hear
// nothing new. Everybody is answered, or told once that nothing was taken; the
// dangers among them are all taken.
func TestAThousandAtOnce(t *testing.T) {
	t.Parallel()
	served, problems := config.ReadDesk("wuqiao.yaml", config.Sample(), evening)
	if problems.Fatal() {
		t.Fatal(problems)
	}
	kept, log := &oneState{}, &diary{}
	a := New(Parts{
		County: &served, Store: kept, Outbox: nowhere{}, Tg: &phoneLine{}, Clock: clock.NewFake(evening), Term: acts("test"),
		Log: slog.New(slog.NewTextHandler(log, nil)), Pace: admission.PaceFor(25),
	})
	const accounts, begin, others = 1000, 500, 10
	dangerous := func(person int64) bool { return person%100 == 99 }
	var writing sync.WaitGroup
	for lane := range int64(others) {
		writing.Go(func() {
			for person := lane + 1; person <= accounts; person += others {
				for nth := range 4 {
					text := "你好"
					if dangerous(person) {
						text = "电表冒烟了"
					}
					if err := a.Handle(t.Context(), saying(person, nth, text)); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	writing.Wait()

	heard := map[int64][]string{}
	for _, c := range kept.changes {
		for _, say := range c.Says {
			if say.Chat > 0 {
				heard[say.Chat] = append(heard[say.Chat], say.Text)
			}
		}
	}
	notice, answered, told := sentence(t, words.ZH, "router.crowded"), 0, 0
	for person := range int64(accounts) {
		all := heard[person+1]
		notices := 0
		for _, text := range all {
			if notice.MatchString(plain(text)) {
				notices++
			}
		}
		switch {
		case len(all) == 0, notices > 0 && (len(all) > 1 || dangerous(person+1)):
			t.Errorf("account %d heard %q", person+1, all)
		case notices > 0:
			told++
		case !dangerous(person + 1):
			answered++
		}
	}
	if answered != begin || told != accounts-accounts/100-begin {
		t.Errorf("%d were answered and %d told to come again", answered, told)
	}
	if n := strings.Count(log.String(), "too many begin to talk"); n != 1 {
		t.Errorf("the log says it %d times, want once", n)
	}
}

// plain is a text as it is read: without its tags.
func plain(text string) string { return html.UnescapeString(tags.ReplaceAllString(text, "")) }

// The same over the wire, with somebody in the middle of a report, who notices
// nothing of it.
func TestACrowdWhileSomebodyReports(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url)
		desk, err := Build(s.setting)
		if err != nil {
			t.Fatal(err)
		}
		desk.App.paces(roomFor(6))
		s.work(desk)
		wang, danger := s.resident(words.ZH), s.resident(words.EN)
		lines := wang.tripping()
		wang.talk(lines[:8]...)
		strangers := make([]*person, 15)
		for i := range strangers {
			strangers[i] = s.somebody(fmt.Sprint("陌生人", i), words.ZH)
			strangers[i].types("/start")
		}
		danger.say(line{types: "sparks from the meter", answer: "outage.safety.where"})
		wang.talk(lines[8:]...)
		s.settled()
		s.transcript(wang.id, answers(lines)...)
		in := 0
		for _, p := range strangers {
			if said := s.heard(p.id); len(said) > 0 && sentence(t, words.ZH, "menu.menu.say").MatchString(said[0].Text) {
				in++
				s.transcript(p.id, "menu.menu.say")
			} else {
				s.transcript(p.id, "router.crowded")
			}
		}
		if in != 5 { // she was the first of six
			t.Errorf("%d strangers were let in, want 5", in)
		}
		if want := "powerdesk_crowded_total 10\n"; !strings.Contains(s.metrics(), want) {
			t.Errorf("%s, want 10", lineWith(s.metrics(), "powerdesk_crowded_total "))
		}
	})
}

// Whom the desk knows it hears, also after a restart has emptied its memory, and
// whoever is new is told, and let in when there is room.
func TestWhomTheDeskKnowsPassesTheCrowd(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url)
		reported, talks, lives, walked, newcomer := s.resident(words.ZH), s.resident(words.ZH), s.resident(words.EN), s.resident(words.ZH), s.resident(words.EN)
		li := s.somebody("李强", words.ZH) // of the roster, and not in the group yet
		s.setting.County.Roster = append(s.setting.County.Roster, county.Member{ID: li.id, Name: "李强"})
		s.open()
		reported.reports()
		talks.talk(talks.tripping()[:4]...)
		lives.talk(append(lives.tripping(), line{tap: "outage.receipt.remember", answer: "outage.remembered.say"})...)
		walked.say(line{types: "/start", answer: "menu.menu.say"})
		s.settled()
		s.halt()

		desk, err := Build(s.setting)
		if err != nil {
			t.Fatal(err)
		}
		desk.App.paces(roomFor(0))
		s.work(desk)
		reported.types("还没来电")
		reported.answered()
		talks.say(talks.tripping()[4])
		lives.types("/status")
		lives.answered()
		li.say(line{types: "/start", answer: "menu.menu.say"})
		walked.say(line{types: "/start", answer: "router.crowded"}) // to have seen the menu is no talk
		for range 3 {
			newcomer.types("/start")
		}
		newcomer.hears("router.crowded")
		s.settled()
		s.transcript(newcomer.id, "router.crowded")
		if !strings.Contains(s.metrics(), "powerdesk_crowded_total 4\n") {
			t.Errorf("%s, want 4", lineWith(s.metrics(), "powerdesk_crowded_total "))
		}
		desk.App.paces(roomFor(1))
		newcomer.say(line{types: "/start", answer: "menu.menu.say"})
	})
}

// What cannot be told is not confirmed; and a store that is away is for the turn
// to meet, which says so.
func TestAFullDeskWhoseStoreIsAway(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	b.paces(roomFor(0))
	b.store.refuse = func(store.Change) error { return store.ErrUnavailable }
	if err := b.Handle(t.Context(), saying(5, 1, "x")); err == nil {
		t.Error("a turn was confirmed although nobody was told that it is not taken")
	}
	b.store.refuse = nil
	before := len(b.store.changes)
	for i := range 3 {
		if err := b.Handle(t.Context(), saying(5, 1+i, "x")); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(b.store.changes) - before; got != 1 {
		t.Errorf("%d notices, want one", got)
	}
}
