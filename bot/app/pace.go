package app

import (
	"sync"
	"time"

	"powerdesk/flows"
)

// Pace is how fast one person may take turns, and how many people may begin. The
// zero Pace is no limit.
type Pace struct {
	Burst  int           // so many at once
	Every  time.Duration // and then one each
	Notice time.Duration // who is faster is told so once in this time
	People int           // of so many it is remembered
	Crowd  Crowd
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
	p := thumbs
	p.Crowd = crowdFor(sendRate)
	return p
}

// pacer counts the turns of everybody. It lives in memory, of one process, and
// that does no harm: a desk that polls has one process that hears, and one that
// was started again forgives. Where Telegram brings the updates, to several
// replicas, each counts what it is brought: with two of them twice as many may
// come, and somebody may be told twice, at two messages, that they are too fast.
// Nobody is turned away earlier for it, and nothing is sent faster, because one
// process sends and keeps Telegram's limits.
type pacer struct {
	Pace
	clock  Clock
	mu     sync.Mutex
	people map[int64]*walker
	swept  time.Time
	door   bucket    // of newcomers
	noted  time.Time // in the log, that there are too many of them
}

// walker is one person.
type walker struct {
	turns  bucket
	came   time.Time       // last
	told   time.Time       // that they are too fast
	served time.Time       // last; zero = not at all
	shut   time.Time       // told that there are too many
	album  string          // the last one: ten pictures are one act
	owed   map[string]bool // events that were let in and failed: they come again, and are not paid for twice
}

func newPacer(p Pace, c Clock) *pacer {
	return &pacer{Pace: p, clock: c, people: make(map[int64]*walker), door: bucket{float64(p.Crowd.Burst), c.Now()}}
}

// verdict is what becomes of a turn.
type verdict int

const (
	welcome verdict = iota // it is handled
	tooFast                // it is not, and the person is told
	silent                 // it is not, and the person has been told
	crowded                // it is not, unless the desk knows the person, who is told
	shutOut                // it is not, and the person has been told
)

// admit judges a turn.
func (p *pacer) admit(e flows.Event) verdict {
	if p.Every == 0 || !talks(e) {
		return welcome
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock.Now()
	w := p.walker(e.From.ID, now)
	if w != nil && (w.owed[e.ID] || e.Media.Album != "" && e.Media.Album == w.album) {
		return welcome
	}
	if v := p.paces(w, e, now); v != welcome {
		return v
	}
	v := p.enters(w, e, now)
	if w != nil && v == welcome {
		w.album = e.Media.Album
	}
	return v
}

// paces judges a turn by how fast its sender is. /start is what somebody does who
// is lost.
func (p *pacer) paces(w *walker, e flows.Event, now time.Time) verdict {
	switch {
	case w == nil, e.Kind == flows.Command && e.Command == "start":
		return welcome
	case w.turns.take(p.Burst, p.Every, now), dangerous(e):
		return welcome
	case w.told.IsZero() || now.Sub(w.told) >= p.Notice:
		w.told = now
		return tooFast
	default:
		return silent
	}
}

// talks says whether an event is a turn of a talk: what somebody says to the desk
// in private. What is said in a group is said to the others there, and who is in
// one of the desk's is known. A press is answered by a toast and is never a flood
// of messages; and a message that was changed is never an answer.
func talks(e flows.Event) bool {
	switch e.Kind {
	case flows.Text, flows.Attach, flows.Pinned, flows.Contact, flows.Other, flows.Command:
		return e.Chat.Kind == flows.Private
	default:
		return false
	}
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
		w.came = now
		return w
	}
	if len(p.people) >= p.People {
		p.sweep(now)
	}
	if len(p.people) >= p.People {
		return nil
	}
	w = &walker{turns: bucket{float64(p.Burst), now}, came: now}
	p.people[person] = w
	return w
}

// sweep forgets whose bucket is full again, at most once a second: it looks at
// everybody. Who is in a talk stays, so that a flood of strangers does not make
// them one: there are a few thousand of these at most (Crowd). Of whomever it has
// no room for Redis knows (App.knows).
func (p *pacer) sweep(now time.Time) {
	if now.Sub(p.swept) < time.Second {
		return
	}
	p.swept = now
	full := max(time.Duration(p.Burst)*p.Every, p.Notice, p.Crowd.Notice)
	for person, w := range p.people {
		if now.Sub(w.came) >= full && len(w.owed) == 0 && !w.inTalk(now, p.Crowd.Stay) {
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
	if p.Every == 0 || !talks(e) {
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
