package admission

import (
	"testing"
	"time"

	"powerdesk/bot/clock"
	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// roomFor is a Control for a desk that lets so many begin at once, and nobody after
// them for as long as the clock stands still.
func roomFor(begin int, c Clock) *Control {
	p := thumbs
	p.Crowd = Crowd{Burst: begin, Every: time.Minute, Stay: time.Hour, Notice: 5 * time.Minute}
	return controlFor(p, c)
}

func TestTheLimitOfNewcomersFollowsTelegrams(t *testing.T) {
	t.Parallel()
	got := PaceFor(25).Crowd
	if want := (Crowd{Burst: 500, Every: 600 * time.Millisecond, Stay: 30 * time.Minute, Notice: 5 * time.Minute}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if PaceFor(0) != (Pace{}) {
		t.Error("a stand-in has a limit")
	}
}

func TestACrowdIsCountedByThoseWhoBegin(t *testing.T) {
	t.Parallel()
	c := clock.NewFake(evening)
	p := roomFor(2, c)
	start := func(person int64) talk.Event {
		e := saying(person, 1, "")
		e.Kind, e.Command = talk.Command, "start"
		return e
	}
	judged := func(want Verdict, e talk.Event) {
		t.Helper()
		if got := p.judge(e); got != want {
			t.Errorf("%s of %d: %v, want %v", e.ID, e.From.ID, got, want)
		}
	}
	judged(welcome, start(1))
	judged(welcome, saying(2, 1, "停电了"))
	for i := range 10 { // whoever is in a talk goes on with it
		judged(welcome, saying(1, 2+i, "没有"))
	}
	judged(crowded, start(3))
	p.Told(saying(3, 1, ""), crowded, nil)
	judged(shutOut, saying(3, 2, "停电了"))
	judged(crowded, saying(4, 1, "停电了"))
	p.letIn(4)
	judged(welcome, saying(4, 2, "还没来电"))

	// A danger is taken at once, and what its sender says after it.
	judged(welcome, saying(3, 3, "电表冒烟了"))
	judged(welcome, saying(3, 4, "三号楼"))
	judged(welcome, saying(5, 1, "sparks from the meter"))

	press := saying(6, 1, "")
	press.Kind = talk.Press
	judged(welcome, press)
	group := saying(6, 2, "hello all")
	group.Chat = dutyGroup
	judged(welcome, group)

	c.Advance(time.Minute)
	judged(welcome, saying(6, 3, "停电了")) // one more begins each minute
	judged(crowded, saying(7, 1, "停电了"))
	p.Told(saying(7, 1, ""), crowded, nil)
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

// Each claim to be heard while newcomers wait is enough by itself, and Redis is
// asked only where nothing nearer tells.
func TestClaimsToBeHeardInACrowd(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		state talk.State
		in    bool
	}{
		"a stranger":                    {talk.State{Session: &talk.Session{}}, false},
		"who has seen the menu":         {talk.State{Session: &talk.Session{Flow: "menu", Step: "menu", At: evening}}, false},
		"who is in a talk":              {talk.State{Session: &talk.Session{Flow: "outage", Step: "meter", At: evening}}, true},
		"who left a talk an hour ago":   {talk.State{Session: &talk.Session{Flow: "outage", Step: "meter", At: evening.Add(-time.Hour)}}, false},
		"whose home is remembered":      {talk.State{Session: &talk.Session{Home: talk.Home{Place: county.Place{Town: "sangyuan"}}}}, true},
		"whose fault is not over":       {talk.State{Session: &talk.Session{}, Jobs: map[string]*job.Job{"1123-01": {State: job.Open}}}, true},
		"whose fault was over long ago": {talk.State{Session: &talk.Session{}, Jobs: map[string]*job.Job{"1123-01": {State: job.Closed}}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := roomFor(0, clock.NewFake(evening))
			p.desk = &restOfDesk{state: c.state}
			if v := p.Judge(t.Context(), saying(5, 1, "停电了")); (v.Why == Admitted) != c.in || (v.Say == nil) != c.in {
				t.Errorf("judged %+v", v)
			}
		})
	}
	p, desk := roomFor(1, clock.NewFake(evening)), &restOfDesk{}
	p.desk = desk
	for i := range 5 {
		if v := p.Judge(t.Context(), saying(5, 1+i, "停电了")); v.Why != Admitted {
			t.Errorf("turned away: %+v", v)
		}
	}
	if desk.asked > 0 {
		t.Errorf("Redis was asked %d times while there was room", desk.asked)
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
