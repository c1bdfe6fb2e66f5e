package app

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"powerdesk/bot/clock"
	"powerdesk/bot/lead"
	"powerdesk/bot/outbox"
	"powerdesk/bot/store"
	"powerdesk/bot/telegram"
	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
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
	c := &county.County{Lang: words.EN, Zone: time.UTC, Chats: county.Chats{Duty: dutyChat, Hall: hallChat, Leader: leaderChat}}
	b.App = New(Parts{
		County: c, Store: b.store, Moves: &ledger{kept: map[int64]int64{}}, Outbox: nowhere{}, Tg: b.tg, Clock: b.clock, Term: acts("test"),
		Log: slog.New(slog.NewTextHandler(b.log, nil)),
	})
	b.desk.Store(barest(t, c, b.crew))
	return b
}

// barest is the least a desk can be: a crew, a menu, and a person to be led to.
func barest(tb testing.TB, c *county.County, crew talk.Crew) *talk.Desk {
	tb.Helper()
	var rows []talk.CommandRow
	if noting, ok := crew.(*notingCrew); ok {
		rows = noting.commands()
	}
	d, err := talk.New(c, crew, rows, nil,
		&talk.Flow{Name: "menu", Start: "menu", Steps: []talk.Step{{ID: "menu"}}},
		&talk.Flow{Name: "contact", Start: "person", Steps: []talk.Step{{ID: "person"}}})
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// notingCrew notes the events that come to the crew's side, and does what a test
// gives it to do.
type notingCrew struct {
	mu     sync.Mutex
	events []talk.Event
	do     func(*talk.Turn)
}

func (c *notingCrew) take(t *talk.Turn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.events = append(c.events, t.E)
	if c.do != nil {
		c.do(t)
	}
}

// given are the events that came, without asking twice at once.
func (c *notingCrew) given() []talk.Event {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.events
}

func (c *notingCrew) Group(t *talk.Turn)                    { c.take(t) }
func (c *notingCrew) Press(t *talk.Turn)                    { c.take(t) }
func (c *notingCrew) Due(t *talk.Turn)                      { c.take(t) }
func (c *notingCrew) Failed(t *talk.Turn)                   { c.take(t) }
func (c *notingCrew) Delivered(t *talk.Turn)                { c.take(t) }
func (c *notingCrew) Started(*talk.Turn) bool               { return false }
func (c *notingCrew) Heard(*talk.Turn) bool                 { return false }
func (*notingCrew) NextWord(*talk.Turn, *job.Job) time.Time { return time.Time{} }

func (c *notingCrew) Follow(*talk.Turn, *job.Job, *job.Job) {}

func (c *notingCrew) commands() []talk.CommandRow {
	private := []talk.ChatKind{talk.Private}
	return []talk.CommandRow{{Name: "open", Who: talk.ForCrew, In: private, Do: c.take}, {Name: "job", Who: talk.ForCrew, In: private, Do: c.take}}
}

// oneState is a store of one state for everybody.
type oneState struct {
	mu      sync.Mutex
	wants   []store.Want
	changes []store.Change
	due     []talk.Remind
	jobs    []*job.Job
	lines   []talk.Log
	known   *talk.State // of everybody; nil = nothing
	damaged string      // the job that cannot be read
	err     error       // of every look-up
	refuse  func(store.Change) error
}

func (s *oneState) Load(_ context.Context, want store.Want) (talk.State, store.Bodies, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	want.Owner = ""
	s.wants = append(s.wants, want)
	if s.known != nil {
		return encoded(*s.known)
	}
	if want.Job != "" && want.Job == s.damaged {
		return talk.State{}, nil, fmt.Errorf("job %s: %w", want.Job, store.ErrUnreadable)
	}
	state := talk.State{Session: &talk.Session{Chat: want.Chat}, Jobs: map[string]*job.Job{}}
	for _, j := range s.jobs {
		if j.No == want.Job {
			state.Jobs[j.No] = j
		}
	}
	return encoded(state)
}

func (s *oneState) Members(context.Context, string, time.Time, int) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var numbers []string
	for _, j := range s.jobs {
		numbers = append(numbers, j.No)
	}
	return numbers, s.err
}

func (s *oneState) SlotOf(context.Context, int64, int) (string, error) { return "", s.err }

func (s *oneState) CountMembers(context.Context, string) (int, error) { return 0, s.err }

func (s *oneState) Spread(context.Context, string, time.Time, int) (store.Spreading, error) {
	return store.Spreading{}, s.err
}

// encoded gives a state as the store does.
func encoded(s talk.State) (talk.State, store.Bodies, error) {
	bodies, err := store.Encode(s)
	return s, bodies, err
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

func (s *oneState) Due(_ context.Context, _ time.Time, n int) ([]talk.Remind, error) {
	return s.due[:min(n, len(s.due))], nil
}
func (s *oneState) OpenJobs(context.Context) ([]*job.Job, error) { return s.jobs, s.err }
func (s *oneState) Log(_ context.Context, since, _ time.Time) ([]talk.Log, error) {
	return slices.DeleteFunc(slices.Clone(s.lines), func(l talk.Log) bool { return l.At.Before(since) }), s.err
}

func (s *oneState) Facts(context.Context, time.Time, time.Time) ([]job.Fact, error) {
	return nil, s.err
}

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

func (*phoneLine) Answer(context.Context, talk.Toast) error             { return nil }
func (*phoneLine) Leave(context.Context, int64) error                   { return nil }
func (*phoneLine) Send(context.Context, telegram.Outgoing) (int, error) { return 1, nil }

type nowhere struct{}

func (nowhere) Offer(string, []outbox.Row, int64) {}
func (nowhere) Missed(string)                     {}
func (nowhere) Stats() outbox.Stats               { return outbox.Stats{} }

// acts is the term of a process that shares its desk with nobody.
func acts(owner string) func() *lead.Term {
	t := lead.Endless(owner)
	return func() *lead.Term { return t }
}

// from is an event of a volunteer, in private or in a group.
func from(kind talk.EventKind, chat talk.Chat) talk.Event {
	return talk.Event{ID: "e", Kind: kind, At: evening, Chat: chat, From: talk.Person{ID: volunteerA, Lang: words.EN}}
}

var (
	privateChat = talk.Chat{ID: volunteerA, Kind: talk.Private}
	dutyGroup   = talk.Chat{ID: dutyChat, Kind: talk.Duty}
)
