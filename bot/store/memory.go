package store

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// How many documents a process remembers: some 10 MB, of which the collector looks
// into nothing.
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
	team     *remembered // nil: not known
}

// remembered is a document as it is stored, "" where there is none; of a session also
// the jobs that it names.
type remembered struct {
	body string
	rev  int64
	jobs []string
}

// document writes it for Redis, as one string: revision, jobs, body, such as
// `3 1123-01 {"chat":42}`. A hash of them takes three hundred bytes more.
func (r remembered) document() string {
	head := strconv.FormatInt(r.rev, 10)
	for _, no := range r.jobs {
		head += " " + no
	}
	return head + " " + r.body
}

// parse reads a document. A body is a JSON object, so nothing before it has a brace.
func parse(document string) remembered {
	head := strings.Fields(document[:max(strings.IndexByte(document, '{'), 0)])
	if len(head) == 0 {
		return remembered{body: document}
	}
	return remembered{document[strings.IndexByte(document, '{'):], number(head[0]), head[1:]}
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
	m.meet(got.team)
	m.remember(want.Chat, got.session)
	for no, j := range got.jobs {
		m.rememberJob(no, j)
	}
}

func (m *memory) meet(team remembered) {
	if m.team == nil || m.team.rev <= team.rev {
		m.team = &team
	}
}

func (m *memory) remember(chat int64, s remembered) {
	if old, known := m.sessions[chat]; chat != 0 && (!known || old.rev <= s.rev) {
		m.round += makeRoom(m.sessions, sessionsRemembered)
		m.sessions[chat] = s
	}
}

func (m *memory) rememberJob(no string, j remembered) {
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
	numbered := func(text string) string { return text }
	if no != "" {
		numbered = func(text string) string { return strings.ReplaceAll(text, job.Unnumbered, no) }
	}
	if s := c.State.Session; s != nil {
		names := jobsNamedBy(s)
		for i := range names {
			names[i] = numbered(names[i])
		}
		m.remember(s.Chat, remembered{numbered(c.Bodies[sessionBody]), s.Rev + 1, names})
	}
	for name, j := range c.State.Jobs {
		m.rememberJob(numbered(name), remembered{body: numbered(c.Bodies[name]), rev: j.Rev + 1})
	}
	if c.State.Team != nil {
		m.meet(remembered{body: c.Bodies[teamBody], rev: c.State.Team.Rev + 1})
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
