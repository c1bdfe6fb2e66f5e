package lead

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// Of several replicas one acts: it believes its own clocks earlier than the others
// believe Redis's, so it has stopped before another begins.
//
//	0 s   a renewal is asked for; Redis counts the lease from a moment later
//	7 s   nothing new is begun unless another renewal has come through
//	9 s   sends that are under way are cut off
//	10 s  Redis gives the lease to whoever asks
const (
	// LeaseFor is how long a leader that died stays one. Telegram throws a press
	// away after 150 s, so ten are little; less would end terms over a hiccup of
	// Redis, of which each costs a call its 2 s.
	LeaseFor  = 10 * time.Second
	actFor    = 7 * time.Second
	finishFor = 9 * time.Second

	renewEvery = 2 * time.Second
	// askEvery is how soon a replica that stands by learns that the lease is free.
	askEvery = 250 * time.Millisecond
	// lastWordFor bounds what a process still tells Redis when it may end any moment.
	lastWordFor = time.Second
)

// Holder is who holds the lease, as Redis tells it.
type Holder struct {
	Owner string
	Term  int64
}

// LeaseStore keeps the lease. Lead gives it to the owner if nobody else has it,
// renews it if the owner does, and tells who has it then.
type LeaseStore interface {
	Lead(ctx context.Context, owner string, lease time.Duration) (Holder, error)
	Resign(ctx context.Context, owner string) error
}

// Options are what an Elector needs. All but Brought must be set.
type Options struct {
	Leases      LeaseStore
	Unavailable error                                   // is in what Leases gives while Redis is away: nobody can lead then
	Begin       func(ctx context.Context, t *Term) Work // begins the sending of a term; ctx ends with the process
	Brought     bool                                    // Telegram brings updates to every replica, and whoever takes one answers
	Look        func(context.Context)                   // looks who writes while nobody can act, until ctx ends, and has them told
	Notice      *RedisAwayNotice                        // learns whether Redis is away
	Pauses      *MethodPauses
	Log         *slog.Logger
}

// Elector campaigns for the lease and leads, for one process.
type Elector struct {
	Options
	term    atomic.Pointer[Term] // the latest; nil = there was none
	led     bool                 // nobody else has led since this process did
	status  leaderStatus
	watch   redisAwayWatch
	retired sync.WaitGroup // what terms that are over still have to tell Redis
}

// New makes an Elector. It asks nobody before Run.
func New(o Options) *Elector {
	return &Elector{Options: o, status: leaderStatus{log: o.Log}, watch: redisAwayWatch{look: o.Look}}
}

// Term is the latest of this process, be it over.
func (e *Elector) Term() *Term { return e.term.Load() }

// Leads says whether this process acts, now.
func (e *Elector) Leads() bool { return e.Term().Holds() }

// Run campaigns and leads, term after term, until ctx ends. An error is that of a
// stop that was not clean.
func (e *Elector) Run(ctx context.Context) (err error) {
	for ctx.Err() == nil {
		if t := e.campaign(ctx); t != nil {
			err = e.lead(ctx, t)
		}
	}
	e.retired.Wait()
	return err
}

// campaign asks for the lease until it is this process's, or ctx ends.
func (e *Elector) campaign(ctx context.Context) *Term {
	// Each term has an owner of its own: what the last one left in Redis is not
	// this one's, and a word of the last one that comes late does it no harm.
	t := &Term{Owner: newOwner()}
	defer e.watch.stop()
	for {
		asked := time.Now()
		holder, err := e.Leases.Lead(ctx, t.Owner, LeaseFor)
		if ctx.Err() != nil {
			return nil
		}
		e.status.heard(holder, err)
		if e.led {
			away := errors.Is(err, e.Unavailable)
			e.Notice.Heard(away)
			if !e.Brought { // else whoever is brought an update tells its sender
				e.watch.heard(ctx, away)
			}
		}
		if err == nil {
			if e.led = holder.Owner == t.Owner; e.led {
				t.Number = holder.Term
				t.deadline.extend(asked, actFor)
				return t
			}
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
func (e *Elector) renew(ctx context.Context, t *Term) {
	wait := renewEvery
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(min(wait, t.deadline.left())):
		}
		if !t.Holds() {
			e.Log.Warn("the term is over: it could not be renewed in time", "term", t.Number)
			return
		}
		err := e.renewOnce(ctx, t)
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, ErrStandsBy):
			e.Log.Warn("the term is over: another one has begun", "term", t.Number)
			return
		case err != nil:
			wait = askEvery
		default:
			wait = renewEvery
		}
	}
}

// renewOnce asks Redis once. It waits no longer than the term lasts.
func (e *Elector) renewOnce(ctx context.Context, t *Term) error {
	asked := time.Now()
	ctx, cancel := context.WithTimeout(ctx, t.deadline.left())
	defer cancel()
	holder, err := e.Leases.Lead(ctx, t.Owner, LeaseFor)
	e.status.heard(holder, err)
	switch {
	case err != nil:
		return err
	case holder != Holder{t.Owner, t.Number}:
		return ErrStandsBy
	}
	t.deadline.extend(asked, actFor)
	return nil
}

// resign gives the lease back, so that another takes over at once.
func (e *Elector) resign(ctx context.Context, t *Term) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWordFor)
	defer cancel()
	if err := e.Leases.Resign(ctx, t.Owner); err != nil {
		e.Log.Warn("the leader's lease is left to run out", "term", t.Number, "err", err)
	}
}

// newOwner names one term of this process: a process that was taken for dead must
// not be mistaken for the one that took over, nor for itself later on.
func newOwner() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%s-%d-%s", host, os.Getpid(), rand.Text())
}
