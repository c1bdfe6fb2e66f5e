package lead

import (
	"context"
	"time"
)

// Work is what a process does for its term. It is begun when the lease is this
// process's, and ends in this order, in which nothing is lost.
type Work struct {
	Act    func(ctx context.Context) // takes updates and fires timers until ctx ends, and has stored what it has in hand then
	Stop   func()                    // begins no more sends; may be called twice
	Wait   func() error              // waits until nothing is under way, and what went out is noted in Redis or kept for the next term; an error: the process ends and it is not
	CutOff func()                    // ends the sends that are under way; may be called twice
}

// lead acts for a term until that is over, or ctx ends.
func (e *Elector) lead(ctx context.Context, t *Term) error {
	acting, over := context.WithCancel(ctx)
	defer over()
	work := e.Begin(ctx, t)
	release := e.keep(ctx, t, func() {
		over()
		work.Stop()
		time.AfterFunc(finishFor-actFor, work.CutOff)
	})
	e.term.Store(t)
	work.Act(acting)
	work.Stop()
	end := func() error {
		err := work.Wait()
		release()
		work.CutOff()
		e.resign(ctx, t)
		return err
	}
	if ctx.Err() != nil {
		return end()
	}
	// Sends that hang take a while to be cut off. Nobody else waits for that.
	e.retired.Go(func() {
		if err := end(); err != nil {
			e.Log.Warn("a term has ended with an error", "term", t.Number, "err", err)
		}
	})
	return nil
}

// keep renews a term until it is over, or until release is called, which waits.
// Nobody acts for the term from then on, and over is called.
func (e *Elector) keep(ctx context.Context, t *Term, over func()) (release func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		e.renew(ctx, t)
		t.deadline.extend(time.Now(), 0)
		over()
	}()
	return func() { cancel(); <-kept }
}
