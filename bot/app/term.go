package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"powerdesk/bot/outbox"
	"powerdesk/bot/telegram"
)

// Run campaigns and leads, term after term, until ctx ends; whoever acts, it takes
// what Telegram brings. Then it stops in the order in which nothing is lost: first
// no more updates are taken, then what was committed is sent, then the lease is
// given back, and the store is closed.
func (r *Running) Run(ctx context.Context) error {
	r.beside.Go(func() {
		r.App.recallMoves(ctx) // else a group that has moved looks like a stranger's
		r.recallWaits(ctx)
		r.receive(ctx)
	})
	r.beside.Go(func() { r.waits.keep(ctx) })
	r.beside.Go(func() { r.App.watchMoves(ctx) })
	var err error
	for ctx.Err() == nil {
		if t := r.campaign(ctx); t != nil {
			err = r.lead(ctx, t)
		}
	}
	r.beside.Wait()
	r.retired.Wait()
	return errors.Join(err, r.Store.Close())
}

// lead acts for a term until that is over, or ctx ends. An error is that of a
// stop that was not clean.
func (r *Running) lead(ctx context.Context, t *term) error {
	acting, over := context.WithCancel(ctx)
	defer over()
	s := r.send(ctx, t)
	release := r.keep(ctx, t, func() {
		over()
		s.stop()
		time.AfterFunc(finishFor-actFor, s.cutOff)
	})
	r.App.term.Store(t)
	r.App.count.terms.Inc()
	r.act(acting)
	if ctx.Err() != nil {
		r.beside.Wait() // what is in hand at the door is stored, and sent
	}
	_ = failpoint(context.WithoutCancel(ctx), draining)
	s.stop()
	end := func() error {
		err := stopped(<-s.ended)
		r.App.term.CompareAndSwap(t, nil)
		release()
		s.cutOff()
		r.boxes.end(s.out)
		r.resign(ctx, t)
		return err
	}
	if ctx.Err() != nil {
		return end()
	}
	// The store may be away for long, and this outbox keeps acks for it. The next
	// term does not wait for that.
	r.App.term.CompareAndSwap(t, nil)
	r.retired.Go(func() {
		if err := end(); err != nil {
			r.log.Warn("a term has left messages to their leases", "term", t.number, "err", err)
		}
	})
	return nil
}

// act does what only the leader does, until ctx ends.
func (r *Running) act(ctx context.Context) {
	r.App.recallMoves(ctx) // another replica may have been told of one last
	r.recallWaits(ctx)     // likewise, and before the first call of the term
	var acting sync.WaitGroup
	acting.Go(func() { r.fetch(ctx) })
	acting.Go(func() { r.App.Boot(ctx) })
	acting.Go(func() { r.App.Tick(ctx) })
	acting.Go(func() { r.menus = r.menus || offerCommands(ctx, r.App, r.tg) })
	acting.Wait()
}

// recallWaits learns what Telegram wants to be left alone with. Whoever has just
// been given the lease is answered at once; should Redis go on refusing this one
// question, the desk rather hears residents.
func (r *Running) recallWaits(ctx context.Context) {
	r.App.recall(ctx, "which calls must wait", r.waits.look)
}

// take hands on an update that was fetched, unless the term has ended since:
// then it is still with Telegram, for the next to fetch.
func (r *Running) take(ctx context.Context, u telegram.Update) error {
	if !r.leads() {
		return errStandsBy
	}
	return r.handle(ctx, u)
}

// keep renews a term until it is over, and calls over then, or until release is
// called, which waits.
func (r *Running) keep(ctx context.Context, t *term, over func()) (release func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		r.renew(ctx, t)
		over()
	}()
	return func() { cancel(); <-kept }
}

// sending is the outbox of a term at work. An Outbox runs once, so each term has
// one of its own.
type sending struct {
	out    *outbox.Outbox
	stop   context.CancelFunc // begins no more sends
	cutOff context.CancelFunc // ends those that are under way
	ended  chan error
}

// send puts a term's outbox to work. The process ends with ctx; the outbox ends
// when it is stopped.
func (r *Running) send(ctx context.Context, t *term) sending {
	cut, cutOff := context.WithCancel(context.WithoutCancel(ctx))
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	out := r.newOutbox(cut, t, ctx.Done())
	t.out = out
	r.boxes.begin(out)
	s := sending{out, stop, cutOff, make(chan error, 1)}
	go func() { s.ended <- out.Run(running) }()
	return s
}

// termSender sends while the term lasts. It looks in the moment of sending: a
// process that was frozen wakes up in the middle of a decision.
type termSender struct {
	outbox.Sender
	term *term
	cut  context.Context // ends what is under way
}

func (s termSender) Send(ctx context.Context, row outbox.Row) outbox.Outcome {
	if !s.term.holds() {
		return outbox.Outcome{Kind: outbox.Retry, Err: errStandsBy}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.cut, cancel)()
	out := s.Sender.Send(onWritten(ctx, written), row)
	if err := failpoint(ctx, delivered); err != nil {
		return outbox.Outcome{Kind: outbox.Retry, Ambiguous: true, Err: err}
	}
	return out
}

// termShelf leases while the term lasts, by this process's clocks and by Redis's:
// a Redis that was emptied gives new rows old ids, which this outbox would take
// for what it has sent. All other words about rows carry the owner, and are heard
// late too: an ack that comes late is still true.
type termShelf struct {
	shelf
	term *term
}

func (s termShelf) Lease(ctx context.Context, owner string, n int, lease time.Duration) ([]outbox.Row, error) {
	if !s.term.holds() {
		return nil, nil
	}
	leased, err := s.LeaseIn(ctx, s.term.number, owner, n, lease)
	return rows(leased), err
}
