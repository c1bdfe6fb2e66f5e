package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"powerdesk/bot/store"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// lookups is how many questions one event may ask of the world; more would be a
// loop in a flow.
const lookups = 8

// step is Step with its look-ups answered.
func (a *App) step(ctx context.Context, s talk.State, e talk.Event) (talk.State, []talk.Effect, error) {
	var all []talk.Effect
	d := a.desk.Load()
	for range lookups {
		var effects []talk.Effect
		s, effects = d.Step(s, e)
		asked := slices.IndexFunc(effects, func(f talk.Effect) bool { _, ok := f.(talk.Lookup); return ok })
		if asked < 0 {
			return s, append(all, effects...), nil
		}
		finding, err := a.lookup(ctx, effects[asked].(talk.Lookup))
		if err != nil {
			return s, nil, err
		}
		all = append(all, slices.Delete(effects, asked, asked+1)...)
		e.Kind, e.Finding = talk.Found, finding
	}
	return s, nil, errors.New("a flow asks without end")
}

// lookup answers a question about the world. There is no plan of outages in this
// desk, so the answer to that is that there is none, and the triage goes on.
func (a *App) lookup(ctx context.Context, l talk.Lookup) (talk.Finding, error) {
	found := talk.Finding{Kind: l.Kind, Answer: "none"}
	var err error
	switch l.Kind {
	case talk.PlannedHere:
		return found, nil
	case talk.KnownHere:
		if found.Jobs, err = a.openHere(ctx, l); len(found.Jobs) > 0 {
			found.Answer = "hit"
		}
		return found, err
	case talk.JoinedCount:
		found.Answer = "found"
		found.N, err = a.store.CountMembers(ctx, talk.JoinedSet(l.Job))
		return found, err
	case talk.LogLines:
		found.Lines, err = a.store.Log(ctx, l.At, a.clock.Now())
		if err = a.whatCanBeRead(err); err != nil {
			return found, err
		}
	case talk.Facts:
		found.Facts, err = a.store.Facts(ctx, l.At, a.clock.Now())
		if err = a.whatCanBeRead(err); err != nil {
			return found, err
		}
	case talk.TopUpsTonight:
		found.Jobs, err = a.topUps(ctx, l.At)
		return found, err
	case talk.OpenJobs:
	default:
		return found, fmt.Errorf("unknown question %q", l.Kind)
	}
	found.Answer = "found"
	found.Jobs, err = a.store.OpenJobs(ctx)
	return found, a.whatCanBeRead(err)
}

// openHere gives the oldest fault at a place that who is in the dark there may join.
func (a *App) openHere(ctx context.Context, l talk.Lookup) ([]*job.Job, error) {
	set := store.HereSet(l.Place)
	if set == "" {
		return nil, nil
	}
	all, err := a.jobsOf(ctx, set, l.At.Add(-job.JoinFor), knownRead)
	for _, j := range all {
		if j.MayJoin(l.Place, l.At) {
			return []*job.Job{j}, err
		}
	}
	return nil, err
}

// topUps gives the jobs for which the hall was asked within the day before, the
// closed ones too.
func (a *App) topUps(ctx context.Context, at time.Time) ([]*job.Job, error) {
	return a.jobsOf(ctx, store.TopUpSet, at.Add(-24*time.Hour), topUpsRead)
}

// How much one question reads of a set of jobs: of the faults at one place the first
// is enough, were it not that the set may be a moment behind; the hall does not get
// through so many requests in a night.
const knownRead, topUpsRead = 3, 200

// jobsOf gives the jobs of a set.
func (a *App) jobsOf(ctx context.Context, set string, since time.Time, n int) (jobs []*job.Job, err error) {
	numbers, err := a.store.Members(ctx, set, since, n)
	if err != nil {
		return nil, err
	}
	for _, no := range numbers {
		state, _, err := a.store.Load(ctx, store.Want{Job: no})
		if err := a.whatCanBeRead(err); err != nil {
			return nil, fmt.Errorf("load job %s: %w", no, err)
		}
		if j := state.Jobs[no]; j != nil {
			jobs = append(jobs, j)
		}
	}
	return jobs, nil
}

// whatCanBeRead takes a list without what cannot be read of it: one damaged job must
// not hide the others from the crew.
func (a *App) whatCanBeRead(err error) error {
	if errors.Is(err, store.ErrUnreadable) {
		a.log.Error("something stored is left out of a list", "err", err)
		return nil
	}
	return err
}

// Stored gives what is stored of one person, and of what they reported.
func (a *App) Stored(ctx context.Context, person int64) (talk.State, error) {
	state, _, err := a.store.Load(ctx, store.Want{Chat: person})
	return state, err
}
