package app

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"powerdesk/bot/clock"
	"powerdesk/bot/store"
	"powerdesk/flows"
	"powerdesk/flows/words"
)

// saying is a turn of a resident.
func saying(person int64, nth int, text string) flows.Event {
	return flows.Event{
		ID: fmt.Sprintf("u%d-%d", person, nth), At: evening, Kind: flows.Text, Text: text,
		Chat: flows.Chat{ID: person, Kind: flows.Private}, From: flows.Person{ID: person, Lang: words.ZH},
	}
}

func TestPaceIsThatOfPeople(t *testing.T) {
	t.Parallel()
	c := clock.NewFake(evening)
	p := newPacer(thumbs, c)
	n := 0
	takes := func(text string) verdict {
		n++
		return p.admit(saying(5, n, text))
	}
	for i := range thumbs.Burst {
		if got := takes("停电了"); got != welcome {
			t.Fatalf("turn %d of a whole report: %v", i+1, got)
		}
	}
	if got := takes("停电了"); got != tooFast {
		t.Errorf("one too many: %v, want tooFast", got)
	}
	for range 50 {
		if got := takes("停电了"); got != silent {
			t.Errorf("more of them: %v, want silent", got)
		}
	}
	for _, danger := range []string{"电表冒烟了", "sparks from the meter", "是不是着火了?"} {
		if got := takes(danger); got != welcome {
			t.Errorf("%q is held back: %v", danger, got)
		}
	}
	for _, free := range []flows.Event{
		{Kind: flows.Command, Command: "start"}, {Kind: flows.Press}, {Kind: flows.Departed}, {Kind: flows.Blocked}, {Kind: flows.Added},
		{Kind: flows.Edited, Chat: privateChat}, {Kind: flows.Text, Text: "hello all", Chat: dutyGroup}, {Kind: flows.Command, Command: "open", Chat: dutyGroup},
	} {
		free.From.ID = 5
		if got := p.admit(free); got != welcome {
			t.Errorf("%s is held back: %v", free.Kind, got)
		}
	}
	if got := p.admit(saying(6, 1, "停电了")); got != welcome {
		t.Errorf("somebody else: %v", got)
	}
	c.Advance(thumbs.Every)
	if got := takes("停电了"); got != welcome {
		t.Errorf("after a rest: %v", got)
	}
	c.Advance(thumbs.Notice - thumbs.Every*18) // the bucket fills, but not for that long
	for takes("停电了") == welcome {
	}
	c.Advance(thumbs.Notice)
	for range thumbs.Burst {
		takes("停电了")
	}
	if got := takes("停电了"); got != tooFast {
		t.Errorf("a minute later: %v, want to be told again", got)
	}
}

// Ten pictures sent at once are one act of the sender.
func TestAnAlbumIsOneTurn(t *testing.T) {
	t.Parallel()
	p := newPacer(Pace{Burst: 2, Every: time.Minute, Notice: time.Minute, People: 9}, clock.NewFake(evening))
	for i := range 10 {
		e := saying(5, i, "")
		e.Kind, e.Media = flows.Attach, flows.Attachment{Kind: flows.Photo, Album: "a"}
		if got := p.admit(e); got != welcome {
			t.Fatalf("picture %d: %v", i+1, got)
		}
	}
	if got := p.admit(saying(5, 11, "x")); got != welcome {
		t.Errorf("the words after it: %v", got)
	}
	if got := p.admit(saying(5, 12, "x")); got != tooFast {
		t.Errorf("and more: %v", got)
	}
}

// A turn that was let in and could not be stored comes again, however often, and
// is never turned away then.
func TestATurnThatFailedIsNotPaidForTwice(t *testing.T) {
	t.Parallel()
	p := newPacer(Pace{Burst: 1, Every: time.Hour, Notice: time.Minute, People: 9}, clock.NewFake(evening))
	e := saying(5, 1, "停电了")
	for range 30 {
		if got := p.admit(e); got != welcome {
			t.Fatalf("a repeat: %v", got)
		}
		p.settled(e, false)
	}
	if got := p.admit(saying(5, 2, "x")); got != tooFast {
		t.Errorf("another turn: %v", got)
	}
	p.settled(e, true)
	if w := p.people[5]; len(w.owed) != 0 {
		t.Errorf("%d events are remembered that are stored", len(w.owed))
	}
}

func TestPaceRemembersABoundedNumber(t *testing.T) {
	t.Parallel()
	c := clock.NewFake(evening)
	p := newPacer(Pace{Burst: 1, Every: time.Minute, Notice: time.Minute, People: 100}, c)
	for person := range int64(10_000) {
		if got := p.admit(saying(person+1, 1, "x")); got != welcome {
			t.Fatalf("newcomer %d is turned away: %v", person, got)
		}
	}
	if len(p.people) != 100 {
		t.Errorf("%d are remembered, want 100", len(p.people))
	}
	c.Advance(time.Hour)
	p.admit(saying(20_000, 1, "x"))
	if len(p.people) != 1 {
		t.Errorf("%d are remembered after an hour, want one", len(p.people))
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
	desk.App.pace = newPacer(Pace{Burst: 3, Every: time.Hour, Notice: time.Hour, People: 9}, s.clock)
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
	s.setting.County.Barred = []flows.Barred{{ID: wang.id, Until: evening.Add(72 * time.Hour), Reason: "canary"}}
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
	b.pace = newPacer(Pace{Burst: 1, Every: time.Hour, Notice: time.Hour, People: 9}, b.clock)
	b.pace.admit(saying(5, 1, "x"))
	b.store.refuse = func(store.Change) error { return store.ErrUnavailable }
	if err := b.Persist(t.Context(), saying(5, 2, "x")); err == nil {
		t.Error("a turn was confirmed although nobody was told that it is not handled")
	}
	b.store.refuse = nil
	before := len(b.store.changes)
	for range 2 {
		if err := b.Persist(context.Background(), saying(5, 2, "x")); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(b.store.changes) - before; got != 1 {
		t.Errorf("%d notices, want one", got)
	}
}
