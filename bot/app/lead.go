package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"powerdesk/bot/telegram"
)

// Of several replicas one acts (DESIGN §5): it holds a lease in Redis and renews
// it. It believes its own clocks earlier than the others believe Redis's, so it
// has stopped before another begins.
//
//	0 s   a renewal is asked for; Redis counts the lease from a moment later
//	7 s   nothing new is begun unless another renewal has come through
//	9 s   sends that are under way are cut off
//	10 s  Redis gives the lease to whoever asks
const (
	// leaderLease is how long a leader that died stays one. Telegram throws a
	// press away after 150 s, so ten are little; less would end terms over a
	// hiccup of Redis, of which each costs a call its 2 s.
	leaderLease = 10 * time.Second
	actFor      = 7 * time.Second
	finishFor   = 9 * time.Second

	renewEvery = 2 * time.Second
	// askEvery is how soon a replica that stands by learns that the lease is free.
	askEvery = 250 * time.Millisecond
	// resignFor bounds the last word of a leader.
	resignFor = time.Second
)

// errStandsBy is why a replica that does not lead makes no call.
var errStandsBy = errors.New("this replica stands by: another one acts, or may")

// term is one time in which this process leads. Whoever has none stands by, and
// leases nothing.
type term struct {
	owner  string // of its leases
	number int64  // the fencing token
	until  *permit
	out    Outbox // takes what a commit has leased
}

// holds says whether to act for the term, now.
func (t *term) holds() bool { return t != nil && t.until.holds() }

// campaign asks for the lease until it is this process's, or ctx ends.
func (r *Running) campaign(ctx context.Context) *term {
	// Each term has an owner of its own: what the last one left in Redis is not
	// this one's, and a word of the last one that comes late does it no harm.
	t := &term{owner: Owner(), until: &permit{}}
	v := &vigil{tg: r.tg, until: &r.vigil}
	defer v.over()
	for {
		asked := time.Now()
		leader, err := r.Store.Lead(ctx, t.owner, leaderLease)
		if ctx.Err() != nil {
			return nil
		}
		r.standing.heard(leader, err)
		if r.led {
			r.App.away.heard(err)
			if r.hook == nil { // else whoever is brought an update tells its sender
				v.heard(ctx, err)
			}
		}
		if err == nil {
			r.led = leader.Owner == t.owner
		}
		if r.led && err == nil {
			t.number = leader.Term
			t.until.extend(asked, actFor)
			return t
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(askEvery):
		}
	}
}

// renew keeps a term going until ctx ends or the term is over: somebody else
// leads, or no renewal has come through in time.
func (r *Running) renew(ctx context.Context, t *term) {
	wait := renewEvery
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(min(wait, t.until.left())):
		}
		if !t.until.holds() {
			r.log.Warn("the term is over: it could not be renewed in time", "term", t.number)
			return
		}
		asked := time.Now()
		err := r.again(ctx, t, asked)
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, errStandsBy):
			r.log.Warn("the term is over: another one has begun", "term", t.number)
			return
		case err != nil:
			wait = askEvery
		default:
			wait = renewEvery
		}
	}
}

// again renews a term once. It waits no longer than the term lasts.
func (r *Running) again(ctx context.Context, t *term, asked time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, t.until.left())
	defer cancel()
	if err := failpoint(ctx, renewing); err != nil {
		return err
	}
	leader, err := r.Store.Lead(ctx, t.owner, leaderLease)
	r.standing.heard(leader, err)
	switch {
	case err != nil:
		return err
	case leader.Owner != t.owner || leader.Term != t.number:
		return errStandsBy
	}
	t.until.extend(asked, actFor)
	return nil
}

// resign gives the lease back, so that another takes over at once.
func (r *Running) resign(ctx context.Context, t *term) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), resignFor)
	defer cancel()
	if err := r.Store.Resign(ctx, t.owner); err != nil {
		r.log.Warn("the lease is left to run out", "term", t.number, "err", err)
	}
}

// leaderCalls are those of the one that acts alone, however updates come.
var leaderCalls = []string{"getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo", "setMyCommands"}

// may says whether this process may make a call of Telegram, and why not. Where
// Telegram brings the updates, whoever took one answers the press, asks who is a
// member and, when it cannot be stored, says so. Messages that are stored are
// fenced where they are sent (termSender).
func (r *Running) may(method string) error {
	if !r.leads() && !r.vigil.holds() && (r.hook == nil || slices.Contains(leaderCalls, method)) {
		return errStandsBy
	}
	if left := r.waits.left(method); left > 0 {
		return telegram.Wait(left)
	}
	return nil
}

// role tells a person which replica this is.
func (r *Running) role() string {
	if r.leads() {
		return "acting"
	}
	return "standing by: another replica acts, or this one takes over"
}
