package app

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"powerdesk/bot/admission"
	"powerdesk/bot/lead"
	"powerdesk/bot/store"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// tries is how often an event that fails for a reason of its own is handled
// before the others may pass.
const tries = 3

// Handle takes an event that Telegram brought through the desk:
//
//	admit          is its sender let in? Else they are told why, and that is all
//	authenticate   to which of the desk's groups do they belong?
//	decide         what is said and stored: Step, and nothing has happened yet
//	commit         all of it is stored in one write; then it is sent
//
// It returns nil once the event is dealt with, also when an earlier delivery of it
// was; an error means that nothing may be confirmed and the event must come again.
// A Redis that is away is so waited for: Telegram keeps the update. An event that
// fails for a reason of its own, such as a damaged session, would hold up every
// other resident for ever, so it is passed over after a few tries.
func (a *App) Handle(ctx context.Context, e talk.Event) error {
	if admitted, err := a.admit(ctx, e); !admitted {
		return err
	}
	err := a.try(ctx, e)
	for n := 1; n < tries && ownFault(ctx, err); n++ {
		err = a.try(ctx, e)
	}
	if ownFault(ctx, err) {
		a.passOver(ctx, e, err)
		err = nil
	}
	a.admission.Handled(e, err == nil)
	return err
}

// try takes an event that was admitted through the rest, once. Whoever wrote while
// Redis is away is told whom to call.
func (a *App) try(ctx context.Context, e talk.Event) error {
	began := a.clock.Now()
	authentic, err := a.authenticate(ctx, &e)
	if authentic {
		err = a.settle(ctx, e, nil)
	}
	a.count.turn(e.Kind, a.clock.Now().Sub(began), err)
	away := errors.Is(err, store.ErrUnavailable)
	a.redisAway.Heard(away)
	if away {
		_ = a.redisAway.Tell(ctx, e) // told again with the next try
	}
	return err
}

// attempts is how often an event is decided anew when somebody else changed the
// same job in between. Of any number of volunteers who press Claim at once two
// change the job, so whoever loses twice reads its final state.
const attempts = 5

// settle decides and commits until nothing came in between. A reminder that fired
// ends with the commit of its event.
func (a *App) settle(ctx context.Context, e talk.Event, fired *talk.Remind) error {
	for range attempts {
		d, err := a.decide(ctx, e, fired)
		if err == nil {
			err = a.commit(ctx, d)
		}
		if !errors.Is(err, store.ErrConflict) {
			return err
		}
		a.count.conflicts.Inc()
	}
	return fmt.Errorf("event %s: %w after %d attempts", e.ID, store.ErrConflict, attempts)
}

// admit says whether an event is let in. What is said to whoever is not is stored
// first: with an error the event must come again.
func (a *App) admit(ctx context.Context, e talk.Event) (bool, error) {
	v := a.admission.Judge(ctx, e)
	if v.Why == admission.Admitted {
		return true, nil
	}
	a.count.turnedAway[v.Why].Inc()
	if v.Say == nil {
		return false, nil
	}
	err := a.commit(ctx, toSay(v.Event, e.At, *v.Say))
	a.admission.Told(e, v, err)
	return false, err
}

// authenticate notes in the event to which groups its sender belongs, as far as
// the event makes that matter: for a button, whose group it is, and for a command
// of the crew. Whoever cannot be checked is not let in, and is asked to try again:
// a press at once, a command through the outbox, which keeps Telegram's limits and
// tells it once.
func (a *App) authenticate(ctx context.Context, e *talk.Event) (bool, error) {
	var err error
	if e.Kind == talk.Press && e.Press.Clerks {
		e.From.Clerk, err = a.belongs(ctx, a.Chats().Hall, *e)
	} else {
		e.From.Member, err = a.belongs(ctx, a.Chats().Duty, *e)
	}
	if err == nil {
		return true, nil
	}
	if !a.brought && !a.term().Holds() {
		// Whoever acts now can ask Telegram; an answer of ours would be the last.
		return false, fmt.Errorf("event %s: %w", e.ID, lead.ErrStandsBy)
	}
	a.log.Warn("membership is not known", "event", e.ID, "err", err)
	text := words.Plain(e.From.Lang, "toast.try_again", nil)
	if e.Kind == talk.Press {
		a.direct.Toast(talk.Toast{Callback: e.Callback, Text: text})
		return false, nil
	}
	return false, a.commit(ctx, toSay(e.ID, e.At, talk.Say{Chat: e.Chat.ID, Text: words.Escape(text), Class: talk.AnswerClass}))
}

// decision is what is to be stored of an event, and to be done once it is.
type decision struct {
	change store.Change
	after  []func()
}

// toSay is the decision to say something and nothing else.
func toSay(event string, at time.Time, say talk.Say) decision {
	return decision{change: store.Change{Event: event, Op: op(), At: at, Says: []talk.Say{say}}}
}

// decide loads what the event is about and lets the flows decide. Nothing has
// happened yet when it returns.
func (a *App) decide(ctx context.Context, e talk.Event, fired *talk.Remind) (decision, error) {
	chat := e.From.ID
	if e.Kind == talk.Due {
		chat = e.Timer.Chat
	}
	state, before, err := a.store.Load(ctx, store.Want{Chat: chat, Job: wantedJob(e), Owner: a.owner()})
	if err != nil {
		return decision{}, fmt.Errorf("load event %s: %w", e.ID, err)
	}
	state, effects, err := a.step(ctx, state, e)
	if err != nil {
		return decision{}, fmt.Errorf("decide event %s: %w", e.ID, err)
	}
	d := decision{change: store.Change{Event: e.ID, Op: op(), At: e.At, Day: e.At.In(a.County().Zone).Format("0102"), Fired: fired}}
	if d.change.Bodies, err = store.Encode(state); err != nil {
		return decision{}, fmt.Errorf("event %s: %w", e.ID, err)
	}
	d.change.State = d.change.Bodies.Changed(before, state)
	for _, effect := range effects {
		if err := a.collect(&d, effect); err != nil {
			return decision{}, fmt.Errorf("event %s: %w", e.ID, err)
		}
	}
	return d, nil
}

// commit stores a decision, after those of which nobody knows whether they are
// stored, and then does what was to be done after it. Only the process that acts
// is handed the messages; those of a process that stands by wait for it.
func (a *App) commit(ctx context.Context, d decision) error {
	stored, err := a.settleUncertain(ctx, d.change.Event)
	if err != nil {
		return fmt.Errorf("commit event %s: after an uncertain one: %w", d.change.Event, err)
	}
	if stored {
		return nil
	}
	d.change.Owner = a.owner()
	if err := failpoint(ctx, atDecided); err != nil {
		return err
	}
	err = a.put(ctx, d)
	if errors.Is(err, store.ErrUnavailable) {
		a.uncertain.add(d)
	}
	return err
}

// put writes a decision and hands on its messages. What has been stored before is
// not done again.
func (a *App) put(ctx context.Context, d decision) error {
	result, err := a.store.Commit(ctx, d.change)
	if err != nil {
		return fmt.Errorf("commit event %s: %w", d.change.Event, err)
	}
	if err := failpoint(ctx, atCommitted); err != nil {
		return err
	}
	if result.Seen {
		a.count.repeats.Inc()
		return nil
	}
	if result.Again {
		a.out.Missed(d.change.Owner)
	}
	if len(result.Rows) > 0 {
		if err := failpoint(ctx, atOffered); err != nil {
			return err
		}
		a.out.Offer(d.change.Owner, rows(result.Rows), result.Strange)
	}
	for _, do := range d.after {
		do()
	}
	return nil
}

// owner is that of the term in which this process acts; "" = in none.
func (a *App) owner() string {
	if t := a.term(); t.Holds() {
		return t.Owner
	}
	return ""
}

// collect sorts an effect into what is stored with the commit and what is done
// right after it. An effect it does not know would be lost, so it is an error.
func (a *App) collect(d *decision, effect talk.Effect) error {
	c := &d.change
	switch f := effect.(type) {
	case talk.Say:
		c.Says = append(c.Says, f)
	case talk.Remind:
		c.Reminds = append(c.Reminds, f)
	case talk.Log:
		c.Logs = append(c.Logs, f)
	case talk.Forget:
		c.Forget = append(c.Forget, f.Chat)
	case talk.Fact:
		c.Facts = append(c.Facts, f.Fact)
	case talk.Member:
		c.Members = append(c.Members, f)
	case talk.Broadcast:
		c.Broadcasts = append(c.Broadcasts, f)
	case talk.Toast:
		d.after = append(d.after, func() { a.direct.Toast(f) })
	case talk.Leave:
		d.after = append(d.after, func() { a.leave(f.Chat) })
	default:
		return fmt.Errorf("unknown effect %T", effect)
	}
	return nil
}

// jobNumber is how a job's number is written in full.
var jobNumber = regexp.MustCompile(`^\d{4}-\d{2,}$`)

// wantedJob is the number of the job that an event names, besides those of the
// session.
func wantedJob(e talk.Event) string {
	switch {
	case e.Kind == talk.Due:
		return e.Timer.Job
	case e.Kind == talk.Failed || e.Kind == talk.Delivered:
		return e.Lost.Job
	case e.Kind == talk.Command && e.Command == "job":
		// What is written otherwise names no key of the store.
		return jobNumber.FindString(strings.TrimSpace(e.Text))
	default:
		return e.Press.Job
	}
}
