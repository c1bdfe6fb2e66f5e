package app

import (
	"context"
	"sync"

	"powerdesk/bot/lead"
	"powerdesk/bot/outbox"
	"powerdesk/bot/telegram"
)

// newOutbox makes the outbox of this process. It sends while a term is its own.
func (r *Running) newOutbox(limits []outbox.Limit) *outbox.Outbox {
	return outbox.New(outbox.Options{
		Store: outboxStore{r.Store}, Limits: limits, Logger: r.log,

		Moved:       r.moved,
		Unreachable: func(row outbox.Row, why error) { r.App.unreachable(row, why) },
		Fatal:       func(err error) { r.App.refused(err) },
		Buried:      func(row outbox.Row, reason string) { r.App.count.bury(row, reason) },
		Ended:       func(ctx context.Context, row outbox.Row, reason string) error { return r.App.ended(ctx, row, reason) },
	})
}

// begin puts the outbox to work for a term. The process ends with ctx; the sending
// ends when it is stopped.
func (r *Running) begin(ctx context.Context, t *lead.Term) lead.Work {
	cut, cutOff := context.WithCancel(context.WithoutCancel(ctx))
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	r.App.count.terms.Inc()
	ended := make(chan error, 1)
	go func() {
		through := termSender{Sender: sender{r.gallery}, term: t, cut: cut, now: r.App.clock.Now, late: r.App.count.late.Inc}
		ended <- r.outbox.Run(running, outbox.Term{Owner: t.Owner, Sender: through, Stopping: ctx.Done()})
	}()
	return lead.Work{
		Act: func(acting context.Context) {
			r.act(acting)
			if ctx.Err() != nil {
				r.beside.Wait() // what is in hand at the door is stored, and sent
			}
			_ = failpoint(context.WithoutCancel(ctx), atDraining)
		},
		Stop:   stop,
		Wait:   func() error { return <-ended },
		CutOff: cutOff,
	}
}

// act does what only the leader does, until ctx ends.
func (r *Running) act(ctx context.Context) {
	r.recall(ctx) // another replica may have been told last
	var acting sync.WaitGroup
	acting.Go(func() { r.fetch(ctx) })
	acting.Go(func() { r.App.Boot(ctx) })
	acting.Go(func() { r.App.Tick(ctx) })
	acting.Go(func() { r.App.Spread(ctx) })
	acting.Go(func() { r.menus = r.menus || offerCommands(ctx, r.App, r.tg) })
	acting.Wait()
}

// recall learns to where the groups have moved, else one that has looks like a
// stranger's, and what Telegram wants to be left alone with. Whoever has just been
// given the lease is answered at once; should Redis go on refusing these questions,
// the desk rather hears residents.
func (r *Running) recall(ctx context.Context) {
	r.App.recall(ctx, "whether a group has moved", r.App.lookMoves)
	r.App.recall(ctx, "which calls must wait", r.pauses.Recall)
}

// take hands on an update that was fetched, unless the term has ended since:
// then it is still with Telegram, for the next to fetch.
func (r *Running) take(ctx context.Context, u telegram.Update) error {
	if !r.elector.Leads() {
		return lead.ErrStandsBy
	}
	return r.handle(ctx, u)
}
