package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// Want names what an event needs.
type Want struct {
	Chat  int64  // whose session
	Job   string // a job besides those of the session: the one a button names; "" = none
	Owner string // of the term that asks: what it knows already is not read again; "" = of none
}

// Load gives the state for one event, and its bodies: the session of a chat, each
// job that it follows, holds or talks about, the wanted one, and the team. It takes
// one round trip, or none where the term has written or read all of it before. A
// session or team that is not stored is a fresh one with Rev 0; a job that is not
// stored is not in the map. Errors: ErrUnavailable, or a body that cannot be read.
func (s *Store) Load(ctx context.Context, want Want) (talk.State, Bodies, error) {
	got, known, round := s.memory.load(want)
	if !known {
		reply, err := s.run(ctx, s.scripts["load"].RunRO, s.on(s.key("session:", want.Chat), s.key("team")), []any{want.Chat, want.Job})
		if err != nil {
			return talk.State{}, nil, fmt.Errorf("loading the state: %w", err)
		}
		f := texts(reply)
		if got, err = s.decoded(want.Chat, f); err != nil {
			return talk.State{}, nil, err
		}
		if f[0] == want.Owner {
			s.memory.keep(want, got, round, number(f[1]))
		}
	}
	state, bodies := got.state(want.Chat)
	return state, bodies, nil
}

// decoded reads the fields of load.lua.
func (s *Store) decoded(chat int64, f []string) (got reading, err error) {
	got.jobs = map[string]remembered[job.Job]{}
	if got.session, err = session(s.key("session:", chat), f[2], f[3], chat); err != nil {
		return got, err
	}
	got.session.jobs = strings.Fields(f[4])
	if got.team, err = document(s.key("team"), f[5], f[6], &county.Team{}); err != nil {
		return got, err
	}
	for triple := range slices.Chunk(f[7:], 3) {
		if got.jobs[triple[0]], err = document(s.key("job:", triple[0]), triple[1], triple[2], &job.Job{}); err != nil {
			return got, err
		}
	}
	return got, nil
}

// session is document for one that is stored in a form of its own.
func session(key, rev, body string, chat int64) (remembered[talk.Session], error) {
	fresh := (&talk.Session{Chat: chat}).Stored()
	stored, err := document(key, rev, body, &fresh)
	if err != nil {
		return remembered[talk.Session]{}, err
	}
	return remembered[talk.Session]{doc: stored.doc.Restore(), body: stored.body, rev: stored.rev}, nil
}

// document reads one that is stored, or takes the fresh one where none is.
func document[D any](key, rev, body string, fresh *D) (remembered[D], error) {
	d := remembered[D]{doc: fresh, body: body, rev: number(rev)}
	if body != "" {
		return d, decode(key, body, d.doc)
	}
	raw, err := json.Marshal(d.doc)
	d.body = string(raw)
	return d, err
}

// state gives copies of what was found, and the bodies.
func (got reading) state(chat int64) (talk.State, Bodies) {
	state := talk.State{Session: got.session.doc.Clone(), Team: got.team.doc.Clone(), Jobs: make(map[string]*job.Job, len(got.jobs))}
	bodies := Bodies{sessionBody: got.session.body, teamBody: got.team.body}
	state.Session.Chat, state.Session.Rev, state.Team.Rev = chat, got.session.rev, got.team.rev
	for no, stored := range got.jobs {
		j := stored.doc.Clone()
		j.No, j.Rev = no, stored.rev
		state.Jobs[no], bodies[no] = j, stored.body
	}
	return state, bodies
}

// OpenJobs reads every job that is neither closed nor withdrawn, by number. Jobs
// that cannot be read are left out and named by the error; the others are
// returned beside it.
func (s *Store) OpenJobs(ctx context.Context) ([]*job.Job, error) {
	reply, err := s.read(ctx, "open")
	if err != nil {
		return nil, fmt.Errorf("reading the open jobs: %w", err)
	}
	jobs, err := s.jobs(texts(reply))
	slices.SortFunc(jobs, func(a, b *job.Job) int { return cmp.Compare(a.No, b.No) })
	return jobs, err
}

// jobs reads triples of number, revision and body.
func (s *Store) jobs(fields []string) ([]*job.Job, error) {
	var jobs []*job.Job
	var unread []error
	for triple := range slices.Chunk(fields, 3) {
		j := &job.Job{}
		if err := decode(s.key("job:", triple[0]), triple[2], j); err != nil {
			unread = append(unread, err)
			continue
		}
		j.No, j.Rev = triple[0], number(triple[1])
		jobs = append(jobs, j)
	}
	return jobs, errors.Join(unread...)
}

// texts reads a flat reply of a script; a number becomes its digits.
func texts(reply []any) []string {
	fields := make([]string, len(reply))
	for i, field := range reply {
		switch f := field.(type) {
		case string:
			fields[i] = f
		case int64:
			fields[i] = strconv.FormatInt(f, 10)
		default:
			fields[i] = fmt.Sprint(f)
		}
	}
	return fields
}

// number reads digits that a script has written.
func number(digits string) int64 {
	n, _ := strconv.ParseInt(digits, 10, 64)
	return n
}
