package app

import (
	"context"
	"sync"

	"powerdesk/bot/lead"
	"powerdesk/bot/outbox"
	"powerdesk/bot/telegram"
)

// begin puts a term's outbox to work: an Outbox runs once, so each term has one of
// its own. The process ends with ctx; the outbox ends when it is stopped.
func (r *Running) begin(ctx context.Context, t *lead.Term) lead.Work {
	cut, cutOff := context.WithCancel(context.WithoutCancel(ctx))
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	out := outbox.New(outbox.Options{
		Store: termStore{outboxStore{r.Store}, t}, Sender: termSender{sender{r.gallery}, t, cut},
		Owner: t.Owner, Lease: rowLease, Limits: r.limits, Stopping: ctx.Done(), Logger: r.log,

		Moved:       r.moved,
		Unreachable: r.App.unreachable,
		Fatal:       r.App.refused,
		Buried:      func(_ outbox.Row, reason string) { r.App.count.buried.WithLabelValues(reason).Inc() },

		Undelivered: r.App.undelivered,
	})
	r.outboxes.begin(t.Owner, out)
	r.App.count.terms.Inc()
	ended := make(chan error, 1)
	go func() { ended <- out.Run(running) }()
	return lead.Work{
		Act: func(acting context.Context) {
			r.act(acting)
			if ctx.Err() != nil {
				r.beside.Wait() // what is in hand at the door is stored, and sent
			}
			_ = failpoint(context.WithoutCancel(ctx), atDraining)
		},
		Stop: stop,
		Wait: func() error {
			err := <-ended
			r.outboxes.end(t.Owner)
			return err
		},
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
