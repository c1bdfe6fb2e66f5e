package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"time"

	"powerdesk/bot/store"
	"powerdesk/flows"
)

// Handle decides one event, stores what was decided and hands on what is to be
// sent. It returns nil once the event is stored, also when an earlier delivery
// of it was; an error means that nothing may be confirmed and the event must
// come again.
func (a *App) Handle(ctx context.Context, e flows.Event) error {
	began := a.clock.Now()
	err := a.vouch(ctx, &e)
	switch {
	case err != nil && !a.brought && !a.term.Load().holds():
		// Whoever acts now can ask Telegram; an answer of ours would be the last.
		err = fmt.Errorf("event %s: %w", e.ID, errStandsBy)
	case err != nil:
		a.log.Warn("membership is not known", "event", e.ID, "err", err)
		err = a.askAgain(ctx, e)
	default:
		err = a.settle(ctx, e, nil)
	}
	a.count.turn(e.Kind, a.clock.Now().Sub(began), err)
	a.away.heard(err)
	if errors.Is(err, store.ErrUnavailable) {
		_ = a.sayAway(ctx, e) // told again with the next try
	}
	return err
}

// attempts is how often an event is decided anew when somebody else changed the
// same job in between. Of any number of volunteers who press Claim at once two
// change the job, so whoever loses twice reads its final state.
const attempts = 5

// settle decides and commits until nothing came in between.
func (a *App) settle(ctx context.Context, e flows.Event, fired *flows.Remind) error {
	for range attempts {
		err := a.once(ctx, e, fired)
		if !errors.Is(err, store.ErrConflict) {
			return err
		}
		a.count.conflicts.Inc()
	}
	return fmt.Errorf("event %s: %w after %d attempts", e.ID, store.ErrConflict, attempts)
}

// once is load, Step, Commit: two round trips.
func (a *App) once(ctx context.Context, e flows.Event, fired *flows.Remind) error {
	chat := e.From.ID
	if e.Kind == flows.Due {
		chat = e.Timer.Chat
	}
	state, err := a.store.Load(ctx, store.Want{Chat: chat, Job: wantedJob(e)})
	if err != nil {
		return fmt.Errorf("load event %s: %w", e.ID, err)
	}
	before, err := prints(state)
	if err != nil {
		return fmt.Errorf("event %s: %w", e.ID, err)
	}
	state, effects, err := a.decide(ctx, state, e)
	if err != nil {
		return fmt.Errorf("decide event %s: %w", e.ID, err)
	}
	change := store.Change{
		Event: e.ID, Op: token(), At: e.At, Day: e.At.In(a.zone()).Format("0102"), Fired: fired,
	}
	if change.State, err = changed(before, state); err != nil {
		return fmt.Errorf("event %s: %w", e.ID, err)
	}
	var after []func()
	for _, effect := range effects {
		if err := a.collect(&change, &after, effect); err != nil {
			return fmt.Errorf("event %s: %w", e.ID, err)
		}
	}
	return a.commit(ctx, change, after)
}

// commit stores a change and then does what was to be done after it. What has
// been stored before is not done again. Only the process that acts is handed the
// messages; those of a process that stands by wait for it, and so do all while the
// outbox has its hands full.
func (a *App) commit(ctx context.Context, change store.Change, after []func()) error {
	stored, err := a.resolve(ctx, change.Event)
	if err != nil {
		return fmt.Errorf("commit event %s: after one in doubt: %w", change.Event, err)
	}
	if stored {
		return nil
	}
	d := decision{change, a.term.Load(), after}
	if d.acting.holds() && !d.acting.out.Full() {
		d.change.Owner, d.change.Lease, d.change.Term = d.acting.owner, a.lease, d.acting.number
	}
	if err := failpoint(ctx, decided); err != nil {
		return err
	}
	err = a.put(ctx, d)
	if errors.Is(err, store.ErrUnavailable) {
		a.doubts.add(d)
	}
	return err
}

// put stores a decision and hands on what it has leased.
func (a *App) put(ctx context.Context, d decision) error {
	result, err := a.store.Commit(ctx, d.change)
	if err != nil {
		return fmt.Errorf("commit event %s: %w", d.change.Event, err)
	}
	if err := failpoint(ctx, committed); err != nil {
		return err
	}
	if result.Seen {
		a.count.repeats.Inc()
		return nil
	}
	if len(result.Rows) > 0 {
		if err := failpoint(ctx, leased); err != nil {
			return err
		}
		d.acting.out.Offer(rows(result.Rows))
	}
	for _, do := range d.after {
		do()
	}
	return nil
}

// jobNumber is how a job's number is written in full.
var jobNumber = regexp.MustCompile(`^\d{4}-\d{2,}$`)

// wantedJob is the number of the job that an event names, besides those of the
// session.
func wantedJob(e flows.Event) string {
	switch {
	case e.Kind == flows.Due:
		return e.Timer.Job
	case e.Kind == flows.Failed:
		return e.Lost.Job
	case e.Kind == flows.Command && e.Command == "job":
		// What is written otherwise names no key of the store.
		return jobNumber.FindString(strings.TrimSpace(e.Text))
	default:
		return e.Press.Job
	}
}

// sessionPrint and teamPrint name the prints of what is no job.
const sessionPrint, teamPrint = "session", "team"

// prints are the stored forms of a state, to see what a Step has changed.
func prints(s flows.State) (map[string]string, error) {
	all := make(map[string]string, len(s.Jobs)+2)
	for no, j := range s.Jobs {
		raw, err := json.Marshal(j)
		if err != nil {
			return nil, fmt.Errorf("encode job %s: %w", no, err)
		}
		all[no] = string(raw)
	}
	for name, document := range map[string]any{sessionPrint: s.Session, teamPrint: s.Team} {
		raw, err := json.Marshal(document)
		if err != nil {
			return nil, fmt.Errorf("encode %s: %w", name, err)
		}
		all[name] = string(raw)
	}
	return all, nil
}

// changed keeps what differs from what was loaded: a refused press writes
// nothing, so it meets nobody.
func changed(before map[string]string, s flows.State) (flows.State, error) {
	after, err := prints(s)
	if err != nil {
		return s, err
	}
	maps.DeleteFunc(s.Jobs, func(no string, _ *flows.Job) bool { return after[no] == before[no] })
	if after[sessionPrint] == before[sessionPrint] {
		s.Session = nil
	}
	if after[teamPrint] == before[teamPrint] {
		s.Team = nil
	}
	return s, nil
}

// collect sorts an effect into what is stored with the commit and what is done
// right after it. An effect it does not know would be lost, so it is an error.
func (a *App) collect(c *store.Change, after *[]func(), effect flows.Effect) error {
	switch f := effect.(type) {
	case flows.Say:
		c.Says = append(c.Says, f)
	case flows.Remind:
		c.Reminds = append(c.Reminds, f)
	case flows.Log:
		c.Logs = append(c.Logs, f)
	case flows.Forget:
		c.Forget = append(c.Forget, f.Chat)
	case flows.Toast:
		*after = append(*after, func() { a.toast(f) })
	case flows.Leave:
		*after = append(*after, func() { a.leave(f.Chat) })
	default:
		return fmt.Errorf("unknown effect %T", effect)
	}
	return nil
}

func (a *App) zone() *time.Location {
	if z := a.County().Zone; z != nil {
		return z
	}
	return time.UTC
}
