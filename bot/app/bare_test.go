package app

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"powerdesk/bot/clock"
	"powerdesk/bot/lead"
	"powerdesk/bot/outbox"
	"powerdesk/bot/store"
	"powerdesk/bot/telegram"
	"powerdesk/flows"
	"powerdesk/flows/words"
)

// bare is an App alone: its neighbours are the simplest things that can stand in
// for them, and its desk is a crew that notes what it is given.
type bare struct {
	*App
	crew  *notingCrew
	store *oneState
	tg    *phoneLine
	clock *clock.Fake
	log   *diary
}

func newBare(t *testing.T) *bare {
	t.Helper()
	b := &bare{crew: &notingCrew{}, store: &oneState{}, tg: &phoneLine{}, clock: clock.NewFake(evening), log: &diary{}}
	county := &flows.County{Lang: words.EN, Chats: flows.Chats{Duty: dutyChat, Hall: hallChat, Leader: leaderChat}}
	b.App = New(Parts{
		County: county, Store: b.store, Outbox: nowhere{}, Tg: b.tg, Clock: b.clock, Term: acts("test"), RowLease: time.Minute,
		Log: slog.New(slog.NewTextHandler(b.log, nil)),
	})
	b.desk.Store(barest(t, county, b.crew))
	return b
}

// barest is the least a desk can be: a crew, a menu, and a person to be led to.
func barest(tb testing.TB, c *flows.County, crew flows.Crew) *flows.Desk {
	tb.Helper()
	d, err := flows.New(c, crew,
		&flows.Flow{Name: "menu", Start: "menu", Steps: []flows.Step{{ID: "menu"}}},
		&flows.Flow{Name: "contact", Start: "person", Steps: []flows.Step{{ID: "person"}}})
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// notingCrew notes the events that come to the crew's side, and does what a test
// gives it to do.
type notingCrew struct {
	mu     sync.Mutex
	events []flows.Event
	do     func(*flows.Turn)
}

func (c *notingCrew) take(t *flows.Turn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.events = append(c.events, t.E)
	if c.do != nil {
		c.do(t)
	}
}

// given are the events that came, without asking twice at once.
func (c *notingCrew) given() []flows.Event {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.events
}

func (c *notingCrew) Group(t *flows.Turn)                        { c.take(t) }
func (c *notingCrew) Press(t *flows.Turn)                        { c.take(t) }
func (c *notingCrew) Due(t *flows.Turn)                          { c.take(t) }
func (c *notingCrew) Failed(t *flows.Turn)                       { c.take(t) }
func (c *notingCrew) Started(*flows.Turn) bool                   { return false }
func (c *notingCrew) Heard(*flows.Turn) bool                     { return false }
func (c *notingCrew) Follow(*flows.Turn, *flows.Job, *flows.Job) {}
func (c *notingCrew) Commands() []string                         { return []string{"open", "job"} }
func (c *notingCrew) Command(t *flows.Turn) bool                 { c.take(t); return true }

// oneState is a store of one state for everybody.
type oneState struct {
	mu      sync.Mutex
	wants   []store.Want
	changes []store.Change
	due     []flows.Remind
	jobs    []*flows.Job
	lines   []flows.Log
	known   *flows.State // of everybody; nil = nothing
	damaged string       // the job that cannot be read
	err     error        // of every look-up
	refuse  func(store.Change) error
}

func (s *oneState) Load(_ context.Context, want store.Want) (flows.State, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wants = append(s.wants, want)
	if s.known != nil {
		return *s.known, nil
	}
	if want.Job != "" && want.Job == s.damaged {
		return flows.State{}, fmt.Errorf("job %s: %w", want.Job, store.ErrUnreadable)
	}
	state := flows.State{Session: &flows.Session{Chat: want.Chat}, Jobs: map[string]*flows.Job{}}
	for _, j := range s.jobs {
		if j.No == want.Job {
			state.Jobs[j.No] = j
		}
	}
	return state, nil
}

func (s *oneState) Commit(_ context.Context, c store.Change) (store.Result, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse != nil {
		if err := s.refuse(c); err != nil {
			return store.Result{}, err
		}
	}
	s.changes = append(s.changes, c)
	return store.Result{}, nil
}

func (s *oneState) Due(_ context.Context, _ time.Time, n int) ([]flows.Remind, error) {
	return s.due[:min(n, len(s.due))], nil
}
func (s *oneState) OpenJobs(context.Context) ([]*flows.Job, error) { return s.jobs, s.err }
func (s *oneState) Log(context.Context, int) ([]flows.Log, error)  { return s.lines, s.err }

// phoneLine answers who is a member.
type phoneLine struct {
	mu     sync.Mutex
	member bool
	err    error
	asked  int
	group  int64 // asked of last
}

func (p *phoneLine) Member(_ context.Context, group, _ int64) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked++
	p.group = group
	return p.member, p.err
}

func (*phoneLine) Answer(context.Context, flows.Toast) error            { return nil }
func (*phoneLine) Leave(context.Context, int64) error                   { return nil }
func (*phoneLine) Send(context.Context, telegram.Outgoing) (int, error) { return 1, nil }

type nowhere struct{}

func (nowhere) Offer(string, []outbox.Row) {}
func (nowhere) Full(string) bool           { return false }

// acts is the term of a process that shares its desk with nobody.
func acts(owner string) func() *lead.Term {
	t := lead.Endless(owner)
	return func() *lead.Term { return t }
}

// from is an event of a volunteer, in private or in a group.
func from(kind flows.EventKind, chat flows.Chat) flows.Event {
	return flows.Event{ID: "e", Kind: kind, At: evening, Chat: chat, From: flows.Person{ID: volunteerA, Lang: words.EN}}
}

var (
	privateChat = flows.Chat{ID: volunteerA, Kind: flows.Private}
	dutyGroup   = flows.Chat{ID: dutyChat, Kind: flows.Duty}
)
