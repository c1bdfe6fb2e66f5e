package admission

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"powerdesk/bot/clock"
	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

var (
	evening     = time.Date(2026, 11, 23, 19, 40, 0, 0, time.FixedZone("Asia/Shanghai", 8*60*60))
	privateChat = talk.Chat{ID: 5, Kind: talk.Private}
	dutyGroup   = talk.Chat{ID: -100, Kind: talk.Duty}
)

// restOfDesk is what a Control asks of the desk: here every person has the same
// stored state.
type restOfDesk struct {
	state talk.State
	asked int
}

func (*restOfDesk) County() *county.County { return &county.County{} }
func (*restOfDesk) InDutyGroup(int64) bool { return false }
func (d *restOfDesk) Stored(context.Context, int64) (talk.State, error) {
	d.asked++
	return d.state, nil
}

// controlFor is a Control of strangers.
func controlFor(p Pace, c Clock) *Control {
	return New(p, &restOfDesk{state: talk.State{Session: &talk.Session{}}}, c, slog.New(slog.DiscardHandler))
}

// What may become of a turn, by what is remembered alone.
var (
	welcome = Verdict{}                         // it is handled
	tooFast = Verdict{Why: TooFast}             // it is not, and the person is told
	silent  = Verdict{Why: TooFast, told: true} // it is not, and the person has been told
	crowded = Verdict{Why: Crowded}             // it is not, unless the desk knows the person, who is told
	shutOut = Verdict{Why: Crowded, told: true} // it is not, and the person has been told
)

// saying is a turn of a resident.
func saying(person int64, nth int, text string) talk.Event {
	return talk.Event{
		ID: fmt.Sprintf("u%d-%d", person, nth), At: evening, Kind: talk.Text, Text: text,
		Chat: talk.Chat{ID: person, Kind: talk.Private}, From: talk.Person{ID: person, Lang: words.ZH},
	}
}

func TestPaceIsThatOfPeople(t *testing.T) {
	t.Parallel()
	c := clock.NewFake(evening)
	p := controlFor(thumbs, c)
	n := 0
	takes := func(text string) Verdict {
		n++
		return p.judge(saying(5, n, text))
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
	for _, free := range []talk.Event{
		{Kind: talk.Command, Command: "start"}, {Kind: talk.Press}, {Kind: talk.Departed}, {Kind: talk.Blocked}, {Kind: talk.Added},
		{Kind: talk.Edited, Chat: privateChat}, {Kind: talk.Text, Text: "hello all", Chat: dutyGroup}, {Kind: talk.Command, Command: "open", Chat: dutyGroup},
	} {
		free.From.ID = 5
		if got := p.judge(free); got != welcome {
			t.Errorf("%s is held back: %v", free.Kind, got)
		}
	}
	if got := p.judge(saying(6, 1, "停电了")); got != welcome {
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
	p := controlFor(Pace{Burst: 2, Every: time.Minute, Notice: time.Minute, People: 9}, clock.NewFake(evening))
	for i := range 10 {
		e := saying(5, i, "")
		e.Kind, e.Media = talk.Attach, job.Attachment{Kind: job.Photo, Album: "a"}
		if got := p.judge(e); got != welcome {
			t.Fatalf("picture %d: %v", i+1, got)
		}
	}
	if got := p.judge(saying(5, 11, "x")); got != welcome {
		t.Errorf("the words after it: %v", got)
	}
	if got := p.judge(saying(5, 12, "x")); got != tooFast {
		t.Errorf("and more: %v", got)
	}
}

// A turn that was let in and could not be stored comes again, however often, and
// is never turned away then.
func TestATurnThatFailedIsNotPaidForTwice(t *testing.T) {
	t.Parallel()
	p := controlFor(Pace{Burst: 1, Every: time.Hour, Notice: time.Minute, People: 9}, clock.NewFake(evening))
	e := saying(5, 1, "停电了")
	for range 30 {
		if got := p.judge(e); got != welcome {
			t.Fatalf("a repeat: %v", got)
		}
		p.Handled(e, false)
	}
	if got := p.judge(saying(5, 2, "x")); got != tooFast {
		t.Errorf("another turn: %v", got)
	}
	p.Handled(e, true)
	if w := p.people[5]; len(w.owed) != 0 {
		t.Errorf("%d events are remembered that are stored", len(w.owed))
	}
}

func TestPaceRemembersABoundedNumber(t *testing.T) {
	t.Parallel()
	c := clock.NewFake(evening)
	p := controlFor(Pace{Burst: 1, Every: time.Minute, Notice: time.Minute, People: 100}, c)
	for person := range int64(10_000) {
		if got := p.judge(saying(person+1, 1, "x")); got != welcome {
			t.Fatalf("newcomer %d is turned away: %v", person, got)
		}
	}
	if len(p.people) != 100 {
		t.Errorf("%d are remembered, want 100", len(p.people))
	}
	c.Advance(time.Hour)
	p.judge(saying(20_000, 1, "x"))
	if len(p.people) != 1 {
		t.Errorf("%d are remembered after an hour, want one", len(p.people))
	}
}
