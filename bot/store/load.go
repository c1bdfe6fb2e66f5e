package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

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
		got = reading{session: parse(f[2]), team: parse(f[3]), jobs: map[string]remembered{}}
		for pair := range slices.Chunk(f[4:], 2) {
			got.jobs[pair[0]] = parse(pair[1])
		}
		if f[0] == want.Owner {
			s.memory.keep(want, got, round, number(f[1]))
		}
	}
	return s.state(want.Chat, got)
}

// state decodes what was found. Where nothing is stored the document is a fresh one,
// and so is its body.
func (s *Store) state(chat int64, got reading) (talk.State, Bodies, error) {
	stored, team := (&talk.Session{Chat: chat}).Stored(), &county.Team{}
	bodies := make(Bodies, 2+len(got.jobs))
	var err error
	if bodies[sessionBody], err = document(s.key("session:", chat), got.session.body, &stored); err != nil {
		return talk.State{}, nil, err
	}
	if bodies[teamBody], err = document(s.key("team"), got.team.body, team); err != nil {
		return talk.State{}, nil, err
	}
	state := talk.State{Session: stored.Restore(), Team: team, Jobs: make(map[string]*job.Job, len(got.jobs))}
	state.Session.Chat, state.Session.Rev, state.Team.Rev = chat, got.session.rev, got.team.rev
	for no, one := range got.jobs {
		j := &job.Job{}
		if bodies[no], err = document(s.key("job:", no), one.body, j); err != nil {
			return talk.State{}, nil, err
		}
		j.No, j.Rev = no, one.rev
		state.Jobs[no] = j
	}
	return state, bodies, nil
}

// document decodes a body, or encodes the fresh document where there is none.
func document(key, body string, into any) (string, error) {
	if body != "" {
		return body, decode(key, body, into)
	}
	raw, err := json.Marshal(into)
	return string(raw), err
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

// jobs reads pairs of number and document.
func (s *Store) jobs(fields []string) ([]*job.Job, error) {
	var jobs []*job.Job
	var unread []error
	for pair := range slices.Chunk(fields, 2) {
		j, stored := &job.Job{}, parse(pair[1])
		if err := decode(s.key("job:", pair[0]), stored.body, j); err != nil {
			unread = append(unread, err)
			continue
		}
		j.No, j.Rev = pair[0], stored.rev
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
