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

// lookup answers a question about the world. There is no plan of outages and no
// joined outage in this desk, so the answer to those is that there is none, and
// the triage goes on.
func (a *App) lookup(ctx context.Context, l talk.Lookup) (talk.Finding, error) {
	found := talk.Finding{Kind: l.Kind, Answer: "none"}
	var err error
	switch l.Kind {
	case talk.PlannedHere, talk.KnownHere:
		return found, nil
	case talk.LogLines:
		if found.Lines, err = a.logSince(ctx, l); err != nil {
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

// topUps gives the jobs for which the hall was asked within the day before: the
// duty log names them, the closed ones too.
func (a *App) topUps(ctx context.Context, at time.Time) (jobs []*job.Job, err error) {
	lines, err := a.logSince(ctx, talk.Lookup{At: at.Add(-24 * time.Hour)})
	if err != nil {
		return nil, err
	}
	seen := make(map[string]bool)
	for _, line := range lines {
		if line.What != job.DidAskHall || seen[line.Job] {
			continue
		}
		seen[line.Job] = true
		state, _, err := a.store.Load(ctx, store.Want{Job: line.Job})
		if err := a.whatCanBeRead(err); err != nil {
			return nil, fmt.Errorf("load job %s: %w", line.Job, err)
		}
		if j := state.Jobs[line.Job]; j != nil {
			jobs = append(jobs, j)
		}
	}
	return jobs, nil
}

// logLines bounds what one question reads of the log: some four days of a busy
// county.
const logLines = 2000

// logSince gives the newest lines of the duty log that are not older than the
// question asks, the oldest first.
func (a *App) logSince(ctx context.Context, l talk.Lookup) ([]talk.Log, error) {
	lines, err := a.store.Log(ctx, logLines)
	return slices.DeleteFunc(lines, func(line talk.Log) bool { return line.At.Before(l.At) }), a.whatCanBeRead(err)
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
