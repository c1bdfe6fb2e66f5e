package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"powerdesk/bot/admission"
	"powerdesk/bot/store"
	"powerdesk/flows/county"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// paces lets people be as fast as a pace says.
func (a *App) paces(p admission.Pace) { a.admission = admission.New(p, a, a.clock, a.log) }

// saying is a turn of a resident.
func saying(person int64, nth int, text string) talk.Event {
	return talk.Event{
		ID: fmt.Sprintf("u%d-%d", person, nth), At: evening, Kind: talk.Text, Text: text,
		Chat: talk.Chat{ID: person, Kind: talk.Private}, From: talk.Person{ID: person, Lang: words.ZH},
	}
}

// Who floods the desk is told once, others are served, and what is too much is
// neither stored nor answered.
func TestFloodOfOnePerson(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t))
	desk, err := Build(s.setting)
	if err != nil {
		t.Fatal(err)
	}
	desk.App.paces(admission.Pace{Burst: 3, Every: time.Hour, Notice: time.Hour, People: 9})
	s.work(desk)
	wang, zhao := s.resident(words.ZH), s.resident(words.EN)
	for range 3 {
		wang.say(line{types: "/help", answer: "help.help.say"})
	}
	for i := range 30 {
		wang.types(fmt.Sprintf("hello %d", i))
	}
	zhao.say(line{types: "/start", answer: "menu.menu.say"})
	s.settled()
	s.transcript(wang.id, "help.help.say", "help.help.say", "help.help.say", "router.slow")
	if !strings.Contains(s.metrics(), "powerdesk_limited_total 30") {
		t.Errorf("the metric does not say 30:\n%s", lineWith(s.metrics(), "powerdesk_limited_total"))
	}
	wang.types("电表冒烟了")
	s.until("a danger is in the group", func() bool { return len(s.heard(dutyChat)) > 0 })
}

// A barred person hears once a day whom to call, and moves nothing.
func TestBarredPerson(t *testing.T) {
	t.Parallel()
	s := stageFor(t, miniURL(t))
	wang := s.resident(words.ZH)
	s.setting.County.Barred = []county.Barred{{ID: wang.id, Until: evening.Add(72 * time.Hour), Reason: "canary"}}
	s.secrets = append(s.secrets, "canary reason")
	s.open()
	for _, text := range []string{"/start", "停电了", "电表冒烟了", "/status"} {
		wang.types(text)
	}
	s.settled()
	s.halt()
	s.open() // a restart tells it no second time
	wang.types("停电了")
	s.settled()
	s.transcript(wang.id, "router.barred")
	if open, err := s.desk.Store.OpenJobs(s.soon()); err != nil || len(open) > 0 {
		t.Errorf("open jobs %v, %v", open, err)
	}
	if strings.Contains(s.log.String(), fmt.Sprint(wang.id)) {
		t.Errorf("the log names who is barred: %s", lineWith(s.log.String(), fmt.Sprint(wang.id)))
	}
	s.clock.Advance(24 * time.Hour)
	wang.types("停电了")
	wang.hears("router.barred")
	s.clock.Advance(72 * time.Hour)
	wang.types("/start")
	wang.hears("menu.menu.say")
}

// What cannot be told is not confirmed: the event comes again.
func TestANoticeThatIsNotStoredIsToldLater(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	b.paces(admission.Pace{Burst: 1, Every: time.Hour, Notice: time.Hour, People: 9})
	b.admission.Judge(t.Context(), saying(5, 1, "x"))
	b.store.refuse = func(store.Change) error { return store.ErrUnavailable }
	if err := b.Handle(t.Context(), saying(5, 2, "x")); err == nil {
		t.Error("a turn was confirmed although nobody was told that it is not handled")
	}
	b.store.refuse = nil
	before := len(b.store.changes)
	for range 2 {
		if err := b.Handle(t.Context(), saying(5, 2, "x")); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(b.store.changes) - before; got != 1 {
		t.Errorf("%d notices, want one", got)
	}
}
