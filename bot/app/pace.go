package app

import (
	"sync"
	"time"

	"powerdesk/flows"
)

// Pace is how fast one person may take turns. The zero Pace is no limit.
type Pace struct {
	Burst  int           // so many at once
	Every  time.Duration // and then one each
	Notice time.Duration // who is faster is told so once in this time
	People int           // of so many it is remembered
}

// thumbs is the pace of people. Each number has its reason:
//
//	Burst   a whole report is twelve to twenty turns; who knows the way taps through it
//	Every   nobody reads an answer and types the next one within three seconds for long
//	Notice  the notice is no second flood, and whoever comes back finds it near
//	People  more than a county writes in a minute; some 100 bytes each
var thumbs = Pace{Burst: 20, Every: 3 * time.Second, Notice: time.Minute, People: 20_000}

// paceFor is the pace of those who write to a desk with this send rate: before a
// stand-in, which has no limits, people are played by a program.
func paceFor(sendRate int) Pace {
	if sendRate == 0 {
		return Pace{}
	}
	return thumbs
}

// pacer counts the turns of everybody. It lives in memory: a restart forgives,
// and each replica counts for itself.
type pacer struct {
	Pace
	clock  Clock
	mu     sync.Mutex
	people map[int64]*walker
	swept  time.Time
}

// walker is one person's bucket, which fills by itself.
type walker struct {
	turns float64         // that may be taken at once …
	at    time.Time       // … at that time
	told  time.Time       // that they are too fast
	album string          // the last one: ten pictures are one act
	owed  map[string]bool // events that were let in and failed: they come again, and are not paid for twice
}

func newPacer(p Pace, c Clock) *pacer {
	return &pacer{Pace: p, clock: c, people: make(map[int64]*walker)}
}

// verdict is what becomes of a turn.
type verdict int

const (
	welcome verdict = iota // it is handled
	tooFast                // it is not, and the person is told
	silent                 // it is not, and the person has been told
)

// admit judges a turn.
func (p *pacer) admit(e flows.Event) verdict {
	if p.Every == 0 || !paced(e) {
		return welcome
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock.Now()
	w := p.walker(e.From.ID, now)
	switch {
	case w == nil || w.owed[e.ID]:
		return welcome
	case e.Media.Album != "" && e.Media.Album == w.album:
		return welcome
	}
	if gained := now.Sub(w.at); gained > 0 {
		w.turns = min(float64(p.Burst), w.turns+float64(gained)/float64(p.Every))
		w.at = now
	}
	switch {
	case w.turns >= 1:
		w.turns--
		w.album = e.Media.Album
		return welcome
	case dangerous(e):
		return welcome
	case w.told.IsZero() || now.Sub(w.told) >= p.Notice:
		w.told = now
		return tooFast
	default:
		return silent
	}
}

// paced says whether a turn counts: what somebody says to the desk in private.
// What is said in a group is said to the others there, and who is in one of the
// desk's is known. A press is answered by a toast and is never a flood of
// messages; /start is what somebody does who is lost; and a message that was
// changed is never an answer.
func paced(e flows.Event) bool {
	switch e.Kind {
	case flows.Text, flows.Attach, flows.Pinned, flows.Contact, flows.Other:
	case flows.Command:
		if e.Command == "start" {
			return false
		}
	default:
		return false
	}
	return e.Chat.Kind == flows.Private
}

// dangerous says whether a turn names a danger, be it in doubt: that is never
// held back.
func dangerous(e flows.Event) bool {
	kind, _ := flows.DangerIn(e.Text)
	return kind != ""
}

// walker gives somebody's bucket, nil when there is no room for one more: a
// storm must not turn away whoever comes last.
func (p *pacer) walker(person int64, now time.Time) *walker {
	w := p.people[person]
	if w != nil {
		return w
	}
	if len(p.people) >= p.People {
		p.sweep(now)
	}
	if len(p.people) >= p.People {
		return nil
	}
	w = &walker{turns: float64(p.Burst), at: now}
	p.people[person] = w
	return w
}

// sweep forgets whose bucket is full again, at most once a second: it looks at
// everybody.
func (p *pacer) sweep(now time.Time) {
	if now.Sub(p.swept) < time.Second {
		return
	}
	p.swept = now
	full := max(time.Duration(p.Burst)*p.Every, p.Notice)
	for person, w := range p.people {
		if now.Sub(w.at) >= full && len(w.owed) == 0 {
			delete(p.people, person)
		}
	}
}

// owedAtMost bounds what is remembered of one person's failed events: Telegram
// brings one of a chat at a time.
const owedAtMost = 32

// settled notes how a turn ended that was let in. One that failed comes again,
// and must not be turned away then: its person was told that it is taken.
func (p *pacer) settled(e flows.Event, stored bool) {
	if p.Every == 0 || !paced(e) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	w := p.people[e.From.ID]
	switch {
	case w == nil:
	case stored:
		delete(w.owed, e.ID)
	case len(w.owed) < owedAtMost:
		if w.owed == nil {
			w.owed = make(map[string]bool)
		}
		w.owed[e.ID] = true
	}
}

// untold takes back that somebody was told.
func (p *pacer) untold(person int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if w := p.people[person]; w != nil {
		w.told = time.Time{}
	}
}
