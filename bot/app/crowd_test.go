package app

import (
	"fmt"
	"html"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"powerdesk/bot/clock"
	"powerdesk/bot/config"
	"powerdesk/bot/store"
	"powerdesk/flows"
	"powerdesk/flows/words"
)

// roomFor is a pacer for a desk that lets so many begin at once, and nobody after
// them for as long as the clock stands still.
func roomFor(begin int, c Clock) *pacer {
	p := thumbs
	p.Crowd = Crowd{Burst: begin, Every: time.Minute, Stay: time.Hour, Notice: 5 * time.Minute}
	return newPacer(p, c)
}

func TestTheLimitOfNewcomersFollowsTelegrams(t *testing.T) {
	t.Parallel()
	got := paceFor(25).Crowd
	if want := (Crowd{Burst: 500, Every: 600 * time.Millisecond, Stay: 30 * time.Minute, Notice: 5 * time.Minute}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if paceFor(0) != (Pace{}) {
		t.Error("a stand-in has a limit")
	}
}

func TestACrowdIsCountedByThoseWhoBegin(t *testing.T) {
	t.Parallel()
	c := clock.NewFake(evening)
	p := roomFor(2, c)
	start := func(person int64) flows.Event {
		e := saying(person, 1, "")
		e.Kind, e.Command = flows.Command, "start"
		return e
	}
	judged := func(want verdict, e flows.Event) {
		t.Helper()
		if got := p.admit(e); got != want {
			t.Errorf("%s of %d: %v, want %v", e.ID, e.From.ID, got, want)
		}
	}
	judged(welcome, start(1))
	judged(welcome, saying(2, 1, "停电了"))
	for i := range 10 { // whoever is in a talk goes on with it
		judged(welcome, saying(1, 2+i, "没有"))
	}
	judged(crowded, start(3))
	p.shutsOut(3)
	judged(shutOut, saying(3, 2, "停电了"))
	judged(crowded, saying(4, 1, "停电了"))
	p.recognised(4)
	judged(welcome, saying(4, 2, "还没来电"))

	// A danger is taken at once, and what its sender says after it.
	judged(welcome, saying(3, 3, "电表冒烟了"))
	judged(welcome, saying(3, 4, "三号楼"))
	judged(welcome, saying(5, 1, "sparks from the meter"))

	press := saying(6, 1, "")
	press.Kind = flows.Press
	judged(welcome, press)
	group := saying(6, 2, "hello all")
	group.Chat = dutyGroup
	judged(welcome, group)

	c.Advance(time.Minute)
	judged(welcome, saying(6, 3, "停电了")) // one more begins each minute
	judged(crowded, saying(7, 1, "停电了"))
	p.shutsOut(7)
	c.Advance(5*time.Minute - time.Second)
	judged(welcome, saying(8, 1, "停电了"))
	judged(welcome, saying(9, 1, "停电了"))
	judged(shutOut, saying(7, 2, "停电了"))
	c.Advance(time.Second)
	judged(crowded, saying(7, 3, "停电了")) // is told again: what was said is over
	c.Advance(time.Hour)
	judged(welcome, saying(7, 4, "停电了"))
	judged(welcome, saying(8, 2, "停电了"))
	judged(crowded, saying(1, 50, "停电了")) // the talk is long over
}

// A thousand accounts write one message each, and three more when they hear
// nothing new. Everybody is answered, or told once that nothing was taken; the
// dangers among them are all taken.
func TestAThousandAtOnce(t *testing.T) {
	t.Parallel()
	county, problems := config.ReadDesk("wuqiao.yaml", config.Sample(), evening)
	if problems.Fatal() {
		t.Fatal(problems)
	}
	kept, log := &shelfOne{}, &diary{}
	a := New(Parts{
		County: &county, Store: kept, Outbox: nowhere{}, Tg: &phoneLine{}, Clock: clock.NewFake(evening), Owner: "test", Lease: time.Minute,
		Log: slog.New(slog.NewTextHandler(log, nil)), Pace: paceFor(25),
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
					if err := a.Persist(t.Context(), saying(person, nth, text)); err != nil {
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
		desk.App.pace = roomFor(6, s.clock)
		s.work(desk)
		wang, danger := s.resident(words.ZH), s.resident(words.EN)
		lines := wang.tripping()
		wang.talk(lines[:8]...)
		strangers := make([]*person, 15)
		for i := range strangers {
			strangers[i] = s.somebody(fmt.Sprint("陌生人", i), words.ZH)
			strangers[i].types("/start")
		}
		danger.say(line{types: "sparks from the meter", answer: "place.town.say"})
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
		s.setting.County.Roster = append(s.setting.County.Roster, flows.Member{ID: li.id, Name: "李强"})
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
		desk.App.pace = roomFor(0, s.clock)
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
		desk.App.pace = roomFor(1, s.clock)
		newcomer.say(line{types: "/start", answer: "menu.menu.say"})
	})
}

// Each claim to be heard while newcomers wait is enough by itself, and the store
// is asked only where nothing nearer tells.
func TestClaimsToBeHeardInACrowd(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		state flows.State
		in    bool
	}{
		"a stranger":                    {flows.State{Session: &flows.Session{}}, false},
		"who has seen the menu":         {flows.State{Session: &flows.Session{Flow: "menu", Step: "menu", At: evening}}, false},
		"who is in a talk":              {flows.State{Session: &flows.Session{Flow: "outage", Step: "meter", At: evening}}, true},
		"who left a talk an hour ago":   {flows.State{Session: &flows.Session{Flow: "outage", Step: "meter", At: evening.Add(-time.Hour)}}, false},
		"whose home is remembered":      {flows.State{Session: &flows.Session{Home: flows.Home{Place: flows.Place{Town: "sangyuan"}}}}, true},
		"whose fault is not over":       {flows.State{Session: &flows.Session{}, Jobs: map[string]*flows.Job{"1123-01": {State: flows.Open}}}, true},
		"whose fault was over long ago": {flows.State{Session: &flows.Session{}, Jobs: map[string]*flows.Job{"1123-01": {State: flows.Closed}}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBare(t)
			b.pace = roomFor(0, b.clock)
			b.store.known = &c.state
			if away, err := b.turnAway(t.Context(), saying(5, 1, "停电了")); away == c.in || err != nil {
				t.Errorf("turned away: %v, %v", away, err)
			}
		})
	}
	b := newBare(t)
	b.pace = roomFor(1, b.clock)
	for i := range 5 {
		if away, err := b.turnAway(t.Context(), saying(5, 1+i, "停电了")); away || err != nil {
			t.Errorf("turned away: %v, %v", away, err)
		}
	}
	if len(b.store.wants) > 0 {
		t.Errorf("the store was asked %d times while there was room", len(b.store.wants))
	}
}

// What cannot be told is not confirmed; and a store that is away is for the turn
// to meet, which says so.
func TestAFullDeskWhoseStoreIsAway(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	b.pace = roomFor(0, b.clock)
	b.store.refuse = func(store.Change) error { return store.ErrUnavailable }
	if err := b.Persist(t.Context(), saying(5, 1, "x")); err == nil {
		t.Error("a turn was confirmed although nobody was told that it is not taken")
	}
	b.store.refuse = nil
	before := len(b.store.changes)
	for i := range 3 {
		if err := b.Persist(t.Context(), saying(5, 1+i, "x")); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(b.store.changes) - before; got != 1 {
		t.Errorf("%d notices, want one", got)
	}
}

// full is an outbox that has no room.
type full struct{ nowhere }

func (full) Full() bool { return true }

// What is said while the outbox has its hands full stays in the store.
func TestNothingIsHandedToAFullOutbox(t *testing.T) {
	t.Parallel()
	for name, out := range map[string]Outbox{"room": nowhere{}, "full": full{}} {
		b := newBare(t)
		b.term.Store(&term{owner: "test", number: 7, until: endless(), out: out})
		if err := b.Handle(t.Context(), from(flows.Text, privateChat)); err != nil {
			t.Fatal(err)
		}
		if leased := b.store.changes[0].Owner != ""; leased == (name == "full") {
			t.Errorf("%s: leased at once: %v", name, leased)
		}
	}
}

// The notice invites words that pass the crowd.
func TestTheNoticeNamesDangersThatAreTaken(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"冒烟", "打火", "电线掉了", "smoke", "sparks", "a fallen wire"} {
		if !dangerous(saying(5, 1, said)) {
			t.Errorf("%q is no danger to the desk", said)
		}
	}
}
