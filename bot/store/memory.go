package store

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"powerdesk/flows/county"
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
	session remembered[talk.Session]
	team    remembered[county.Team]
	jobs    map[string]remembered[job.Job]
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
	sessions map[int64]remembered[talk.Session]
	jobs     map[string]remembered[job.Job]
	team     remembered[county.Team] // without a document: not known
}

// remembered is a document and its body; of a session also the jobs that it names.
// Nobody changes the document: who needs one is given a copy.
type remembered[D any] struct {
	doc  *D
	body string
	rev  int64
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
	m.sessions, m.jobs, m.team = map[int64]remembered[talk.Session]{}, map[string]remembered[job.Job]{}, remembered[county.Team]{}
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
	if !known || m.team.doc == nil {
		return got, false, round
	}
	got = reading{session: session, team: m.team, jobs: map[string]remembered[job.Job]{}}
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
	m.meet(got.team)
	m.remember(want.Chat, got.session)
	for no, j := range got.jobs {
		m.rememberJob(no, j)
	}
}

func (m *memory) meet(team remembered[county.Team]) {
	if m.team.doc == nil || m.team.rev <= team.rev {
		m.team = team
	}
}

func (m *memory) remember(chat int64, s remembered[talk.Session]) {
	if old, known := m.sessions[chat]; chat != 0 && (!known || old.rev <= s.rev) {
		m.round += makeRoom(m.sessions, sessionsRemembered)
		m.sessions[chat] = s
	}
}

func (m *memory) rememberJob(no string, j remembered[job.Job]) {
	if old, known := m.jobs[no]; !known || old.rev <= j.rev {
		m.round += makeRoom(m.jobs, jobsRemembered)
		m.jobs[no] = j
	}
}

// makeRoom forgets one of so many, whichever, and says how many it forgot.
func makeRoom[K comparable, V any](all map[K]V, most int) int {
	if len(all) < most {
		return 0
	}
	for k := range all {
		delete(all, k)
		break
	}
	return 1
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
	if s := c.State.Session; s != nil {
		stored := s.Stored()
		if doc, body, ok := numbered(&stored, c.Bodies[sessionBody], no); ok {
			restored := s
			if no != "" {
				restored = doc.Restore()
			}
			m.remember(s.Chat, remembered[talk.Session]{restored, body, s.Rev + 1, jobsNamedBy(restored)})
		}
	}
	for name, j := range c.State.Jobs {
		if doc, body, ok := numbered(j, c.Bodies[name], no); ok {
			m.rememberJob(strings.ReplaceAll(name, job.Unnumbered, no), remembered[job.Job]{doc: doc, body: body, rev: j.Rev + 1})
		}
	}
	if c.State.Team != nil {
		m.meet(remembered[county.Team]{doc: c.State.Team, body: c.Bodies[teamBody], rev: c.State.Team.Rev + 1})
	}
	for _, chat := range c.Forget {
		delete(m.sessions, chat)
		m.round++
	}
}

// numbered gives a document as it was stored, with the number in its place.
func numbered[D any](doc *D, body, no string) (*D, string, bool) {
	if no == "" {
		return doc, body, true
	}
	body = strings.ReplaceAll(body, job.Unnumbered, no)
	doc = new(D)
	return doc, body, json.Unmarshal([]byte(body), doc) == nil
}

// drop forgets what a commit was about that did not go as was expected.
func (m *memory) drop(c Change) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.round++
	if c.State.Session != nil {
		delete(m.sessions, c.State.Session.Chat)
	}
	maps.DeleteFunc(m.jobs, func(no string, _ remembered[job.Job]) bool { return c.State.Jobs[no] != nil })
	m.team = remembered[county.Team]{}
}

// jobsNamedBy are the jobs that a session names.
func jobsNamedBy(s *talk.Session) []string {
	all := slices.Concat(s.Follows, s.Holds)
	if s.Job != "" {
		all = append(all, s.Job)
	}
	return all
}
