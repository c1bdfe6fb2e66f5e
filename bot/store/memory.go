package store

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// How many documents a process remembers: some 10 MB.
const (
	sessionsRemembered = 8_000
	jobsRemembered     = 4_000
)

// unknown is a number of strange commits that was not read yet.
const unknown = -1

// reading is what Load has found.
type reading struct {
	session, team remembered
	jobs          map[string]remembered
}

// memory is what a process remembers of the documents while its term goes on: it
// alone writes then, so a turn need not ask for what the turns before have left.
// A commit that meets another revision than was remembered is a conflict, as ever;
// and when anybody else has written, all is forgotten.
type memory struct {
	mu       sync.Mutex
	owner    string // of the term in which all this was read or written
	strange  int64  // root's strange of that time, or unknown
	round    int    // counts what was forgotten: a reading that began before is not kept
	sessions map[int64]remembered
	jobs     map[string]remembered
	team     *remembered
}

// remembered is a document as it is stored; of a session also the jobs that it names.
// Its rev is 0 when there is none.
type remembered struct {
	rev  int64
	body string
	jobs []string
}

// enter begins to remember for a term, or goes on. It gives the round.
func (m *memory) enter(owner string) int {
	if m.owner != owner {
		m.clear()
		m.owner, m.strange = owner, unknown
	}
	return m.round
}

func (m *memory) clear() {
	m.round++
	m.sessions, m.jobs, m.team = map[int64]remembered{}, map[string]remembered{}, nil
}

// load gives what is wanted if all of it is remembered. Round is for keep.
func (m *memory) load(want Want) (got reading, known bool, round int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if want.Owner == "" {
		return got, false, 0
	}
	round = m.enter(want.Owner)
	session, known := m.sessions[want.Chat]
	if !known || m.team == nil {
		return got, false, round
	}
	got = reading{session: session, team: *m.team, jobs: map[string]remembered{}}
	for _, no := range append(slices.Clone(session.jobs), want.Job) {
		if no == "" {
			continue
		}
		j, known := m.jobs[no]
		if !known {
			return got, false, round
		}
		got.jobs[no] = j
	}
	return got, true, round
}

// heard takes note of the root's strange: when it has moved, somebody else has
// written.
func (m *memory) heard(strange int64) {
	if m.strange != unknown && strange != m.strange {
		m.clear()
	}
	m.strange = strange
}

// keep remembers what was read for a term, unless something was forgotten since.
func (m *memory) keep(want Want, got reading, round int, strange int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if want.Owner == "" || m.owner != want.Owner {
		return
	}
	m.heard(strange)
	if m.round != round {
		return
	}
	m.team = newer(m.team, got.team)
	m.remember(want.Chat, got.session)
	for no, j := range got.jobs {
		m.rememberJob(no, j)
	}
}

func newer(old *remembered, now remembered) *remembered {
	if old != nil && old.rev > now.rev {
		return old
	}
	return &now
}

func (m *memory) remember(chat int64, s remembered) {
	if old, known := m.sessions[chat]; chat == 0 || known && old.rev > s.rev {
		return
	}
	if len(m.sessions) >= sessionsRemembered {
		for other := range m.sessions {
			delete(m.sessions, other)
			m.round++
			break
		}
	}
	m.sessions[chat] = s
}

func (m *memory) rememberJob(no string, j remembered) {
	if old, known := m.jobs[no]; known && old.rev > j.rev {
		return
	}
	if len(m.jobs) >= jobsRemembered {
		for other := range m.jobs {
			delete(m.jobs, other)
			m.round++
			break
		}
	}
	m.jobs[no] = j
}

// wrote remembers what a commit of the term has written, under the number that it
// gave.
func (m *memory) wrote(c Change, no string, strange int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c.Owner == "" || m.owner != c.Owner {
		return
	}
	m.heard(strange)
	as := func(body string) string { return strings.ReplaceAll(body, job.Unnumbered, no) }
	if s := c.State.Session; s != nil {
		names := jobsNamedBy(s)
		for i := range names {
			names[i] = as(names[i])
		}
		m.remember(s.Chat, remembered{s.Rev + 1, as(c.Bodies[sessionBody]), names})
	}
	for name, j := range c.State.Jobs {
		m.rememberJob(as(name), remembered{rev: j.Rev + 1, body: as(c.Bodies[name])})
	}
	if c.State.Team != nil {
		m.team = newer(m.team, remembered{rev: c.State.Team.Rev + 1, body: c.Bodies[teamBody]})
	}
	for _, chat := range c.Forget {
		delete(m.sessions, chat)
		m.round++
	}
}

// drop forgets what a commit was about that did not go as was expected.
func (m *memory) drop(c Change) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.round++
	if c.State.Session != nil {
		delete(m.sessions, c.State.Session.Chat)
	}
	maps.DeleteFunc(m.jobs, func(no string, _ remembered) bool { return c.State.Jobs[no] != nil })
	m.team = nil
}

// jobsNamedBy are the jobs that a session names.
func jobsNamedBy(s *talk.Session) []string {
	all := slices.Concat(s.Follows, s.Holds)
	if s.Job != "" {
		all = append(all, s.Job)
	}
	return all
}
