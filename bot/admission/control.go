package admission

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// Desk is what admission asks of the rest of the desk.
type Desk interface {
	County() *county.County
	InDutyGroup(person int64) bool                                // was found there a short while ago
	Stored(ctx context.Context, person int64) (talk.State, error) // asked only of whoever would else be turned away
}

// Clock tells the time.
type Clock interface{ Now() time.Time }

// Reason is why somebody is turned away.
type Reason string

// The reasons. Admitted is none.
const (
	Admitted Reason = ""
	Barred   Reason = "barred"   // the county has put them on the block list
	TooFast  Reason = "too fast" // for one person
	Crowded  Reason = "crowded"  // too many begin at once, and nobody knows them
)

// Verdict is what becomes of an event.
type Verdict struct {
	Why   Reason
	Event string    // the id under which Say is stored
	Say   *talk.Say // what its sender is to be told; nil: nothing, or nothing more

	told bool // there was a word for it already
}

// Control judges the turns of everybody.
type Control struct {
	Pace
	desk  Desk
	clock Clock
	log   *slog.Logger

	mu        sync.Mutex
	people    map[int64]*person
	swept     time.Time
	newcomers bucket           // of those who may begin
	noted     time.Time        // in the log, that there are too many of them
	barred    map[int64]string // the event under which each was told last
}

// New makes a Control that has seen nobody.
func New(p Pace, d Desk, c Clock, log *slog.Logger) *Control {
	return &Control{
		Pace: p, desk: d, clock: c, log: log, people: make(map[int64]*person),
		newcomers: bucket{float64(p.Crowd.Burst), c.Now()}, barred: make(map[int64]string),
	}
}

// Judge says whether an event is let in, and what its sender is told if it is not.
// Whoever stores that calls Told.
func (c *Control) Judge(ctx context.Context, e talk.Event) Verdict {
	v := c.blocked(e)
	if v.Why == Admitted {
		v = c.judge(e)
	}
	if v.Why == Admitted || v.told {
		return v
	}
	if v.Why == Crowded && c.knows(ctx, e) {
		c.letIn(e.From.ID)
		return Verdict{}
	}
	say := talk.Say{Chat: e.Chat.ID, Class: talk.AnswerClass}
	key, args := "", words.Args{"Hotline": c.desk.County().Hotline}
	switch v.Why {
	case Barred:
		key = "router.barred"
	case TooFast:
		key, v.Event = "router.slow", e.ID
		c.log.Warn("somebody is too fast, and is asked to wait", "event", e.ID, "kind", e.Kind)
	case Crowded:
		// It waits behind the answers of those who are in a talk.
		key, v.Event, say.Class = "router.crowded", e.ID, talk.AnnounceClass
		args["Minutes"] = int(c.Crowd.Notice / time.Minute)
	}
	say.Text = words.Say(e.From.Lang, key, args)
	v.Say = &say
	return v
}

// judge is Judge by what is remembered alone, without words and without the list
// of the barred.
func (c *Control) judge(e talk.Event) Verdict {
	if c.Every == 0 || !talks(e) {
		return Verdict{}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.clock.Now()
	p := c.person(e.From.ID, now)
	if p.owed[e.ID] || e.Media.Album != "" && e.Media.Album == p.album {
		return Verdict{}
	}
	if v := c.paces(p, e, now); v.Why != Admitted {
		return v
	}
	v := c.enters(p, e, now)
	if v.Why == Admitted {
		p.album = e.Media.Album
	}
	return v
}

// Told takes in whether the words of a verdict could be stored. Of whoever was not
// told the event comes again.
func (c *Control) Told(e talk.Event, v Verdict, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.clock.Now()
	p := c.person(e.From.ID, now)
	switch {
	case v.Why == Barred && err == nil:
		c.barred[e.From.ID] = v.Event
	case v.Why == TooFast && err != nil:
		p.told = time.Time{}
	case v.Why == Crowded && err == nil:
		p.shut = now
		if c.noted.IsZero() || now.Sub(c.noted) >= time.Minute {
			c.noted = now
			c.log.Warn("too many begin to talk at once: whoever is new is asked to write again later, but for a danger")
		}
	}
}

// letIn notes that the desk knows somebody, who may go on with their talk.
func (c *Control) letIn(id int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.clock.Now()
	c.person(id, now).served = now
}

// Handled takes in whether an event that was let in could be stored. One that could
// not comes again, and must not be turned away then: its person was told that it is
// taken.
func (c *Control) Handled(e talk.Event, stored bool) {
	if c.Every == 0 || !talks(e) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.people[e.From.ID]
	switch {
	case p == nil:
	case stored:
		delete(p.owed, e.ID)
	case len(p.owed) < owedAtMost:
		if p.owed == nil {
			p.owed = make(map[string]bool)
		}
		p.owed[e.ID] = true
	}
}
