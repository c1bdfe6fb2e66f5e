package store

import (
	"cmp"
	"context"
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
	Chat int64  // whose session
	Job  string // a job besides those of the session: the one a button names; "" = none
}

// Load reads the state for one event in one round trip: the session of a chat,
// each job that it follows, holds or talks about, the wanted one, and the team.
// A session or team that is not stored is a fresh one with Rev 0; a job that is
// not stored is not in the map. Errors: ErrUnavailable, or a body that cannot be read.
func (s *Store) Load(ctx context.Context, want Want) (talk.State, error) {
	reply, err := s.run(ctx, s.scripts["load"].RunRO, s.on(s.key("session:", want.Chat), s.key("team")), []any{want.Chat, want.Job})
	if err != nil {
		return talk.State{}, fmt.Errorf("loading the state: %w", err)
	}
	fields := texts(reply)
	session := &talk.Session{}
	if fields[0] != "" {
		if err := decode(s.key("session:", want.Chat), fields[1], session); err != nil {
			return talk.State{}, err
		}
		session.Rev = number(fields[0])
	}
	session.Chat = want.Chat
	team := &county.Team{}
	if fields[2] != "" {
		if err := decode(s.key("team"), fields[3], team); err != nil {
			return talk.State{}, err
		}
		team.Rev = number(fields[2])
	}
	jobs, err := s.jobs(fields[4:])
	if err != nil {
		return talk.State{}, err
	}
	state := talk.State{Session: session, Team: team, Jobs: map[string]*job.Job{}}
	for _, j := range jobs {
		state.Jobs[j.No] = j
	}
	return state, nil
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
		fields[i] = fmt.Sprint(field)
	}
	return fields
}

// number reads digits that a script has written.
func number(digits string) int64 {
	n, _ := strconv.ParseInt(digits, 10, 64)
	return n
}
