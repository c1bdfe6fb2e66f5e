package outbox

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"time"
)

// loop is the state of an Outbox while a term runs. One goroutine owns it.
type loop struct {
	*Outbox
	term   Term
	ctx    context.Context // of sends; outlives the context of Run by the grace
	cancel context.CancelFunc
	begun  time.Time
	over   bool // the store has said so: it hears nothing more
	drains bool // nothing new from now on

	lanes     map[int64]*lane
	waiting   []*lane             // those with rows
	held      map[string]struct{} // rows that are here, sent or not, until the store knows
	pending   []pending           // those of groups that wait for their order
	moved     map[int64]int64     // groups that became supergroups; no circles
	forgotten map[int64]string    // chats of which no row before this one is to be sent
	meters    []meter             // of the whole bot
	inflight  int

	pause   time.Time // the whole bot is closed until then
	flooded flood     // the latest 429
	fatal   bool      // the token is refused: one probe at a time
	reached time.Time // when a row was last delivered

	reading
	book     book
	writing  bool // a job is with the store
	failures int  // of jobs, in a row
	retryAt  time.Time
	sweepAt  time.Time
	wake     time.Duration // what the latest turn has to wait for at most

	next     chan *entry // for a goroutine that has made an attempt lately
	outcomes chan sent
	results  chan result
	timer    *time.Timer
}

// sent is the outcome of one attempt.
type sent struct {
	entry   *entry
	outcome Outcome
}

const (
	// spareSenders are left to dangers, so that hanging sends cannot hold one.
	spareSenders = 2
	// unstoredAcks is how many acks may wait for the store before only dangers
	// leave: about what a crash could double while the store is away.
	unstoredAcks = 256
)

// newLoop begins with what the Run before has left, and knows of no row.
func newLoop(ctx context.Context, o *Outbox, t Term) *loop {
	l := &loop{
		Outbox:    o,
		term:      t,
		begun:     time.Now(),
		lanes:     map[int64]*lane{},
		held:      map[string]struct{}{},
		moved:     map[int64]int64{},
		forgotten: map[int64]string{},
		meters:    metersFor(o.opts.Limits, Bot),
		reading:   reading{behind: true},
		book:      o.left,
		next:      make(chan *entry),
		outcomes:  make(chan sent, o.opts.Senders),
		results:   make(chan result, 1),
		timer:     time.NewTimer(0),
	}
	o.left = book{}
	l.ctx, l.cancel = context.WithCancel(ctx)
	return l
}

// turn does all that can be done now.
func (l *loop) turn(now time.Time) {
	l.takeIn(now)
	wait := l.send(now)
	l.sweep(now)
	l.write(now)
	l.wake = l.sleep(wait, now)
}

// wait sleeps until something happens, and takes it in.
func (l *loop) wait(done <-chan struct{}) {
	l.timer.Reset(l.wake)
	select {
	case <-done:
	case <-l.rang:
	case s := <-l.outcomes:
		l.finish(s, time.Now())
	case r := <-l.results:
		l.stored(r, time.Now())
	case <-l.timer.C:
	}
}

// sleep is how long nothing needs to be done unless something happens.
func (l *loop) sleep(wait time.Duration, now time.Time) time.Duration {
	until := l.sweepAt.Sub(now)
	if wait > 0 {
		until = min(until, wait)
	}
	if len(l.pending) > 0 {
		until = min(until, l.pending[0].until.Sub(now))
	}
	if !l.writing {
		until = min(until, l.nextWrite(now).Sub(now))
	}
	return max(until, 0)
}

// place puts a row in its lane.
func (l *loop) place(e *entry, now time.Time) {
	ln := l.lane(e.Chat)
	if ln.chat != e.Chat {
		e.move(ln.chat)
	}
	if stale := ln.insert(e); stale != nil {
		l.replaced(stale, now)
	}
	if ln.index < 0 && !ln.empty() {
		ln.index = len(l.waiting)
		l.waiting = append(l.waiting, ln)
	}
}

// lane finds or makes the lane of a chat, by the id it has now.
func (l *loop) lane(chat int64) *lane {
	for to, ok := l.moved[chat]; ok; to, ok = l.moved[chat] {
		chat = to
	}
	ln := l.lanes[chat]
	if ln == nil {
		ln = newLane(chat, l.opts.Limits)
		l.lanes[chat] = ln
	}
	return ln
}

// unlist takes a lane that has become empty out of the waiting ones.
func (l *loop) unlist(ln *lane) {
	if ln.index < 0 || !ln.empty() {
		return
	}
	last := l.waiting[len(l.waiting)-1]
	l.waiting[ln.index], last.index = last, ln.index
	l.waiting = slices.Delete(l.waiting, len(l.waiting)-1, len(l.waiting))
	ln.index = -1
}

// send starts every send that may start now, and says how long to wait for the
// next; 0 = until something else happens.
func (l *loop) send(now time.Time) time.Duration {
	for {
		ln, e, wait := choose(l.waiting, l.gate(), now)
		if e == nil {
			return wait
		}
		ln.remove(e)
		l.unlist(ln)
		ln.busy = e
		l.inflight++
		for _, meters := range [][]meter{l.meters, ln.meters} {
			for i := range meters {
				meters[i].spend(now)
			}
		}
		if s := ln.slots[e.Slot]; s != nil {
			s.at = now
			if s.known {
				e.Message = s.message
			}
		}
		select {
		case l.next <- e:
		default:
			go l.attempts(e)
		}
	}
}

// gate sums up what holds the bot as a whole.
func (l *loop) gate() gate {
	g := gate{
		pause:       l.pause,
		free:        l.opts.Senders - l.inflight,
		spare:       min(spareSenders, l.opts.Senders-1),
		dangersOnly: len(l.book.acks) > unstoredAcks,
		meters:      l.meters,
	}
	switch {
	case l.over:
		g.free = 0
	case l.fatal:
		g.free, g.spare = 1-l.inflight, 0
	}
	return g
}

// kept is how long a goroutine waits for another attempt: its stack has grown by then
// to what one needs, which costs more than to make it.
const kept = time.Second

// attempts makes attempts as long as there are more within a while.
func (l *loop) attempts(e *entry) {
	for {
		l.attempt(e)
		select {
		case e = <-l.next:
		case <-time.After(kept):
			return
		case <-l.ctx.Done():
			return
		}
	}
}

// attempt makes one attempt. A panic of the sender is the row's bug, not the
// end of all sending.
func (l *loop) attempt(e *entry) {
	out := Outcome{Kind: Bug, Ambiguous: true}
	defer func() {
		if r := recover(); r != nil {
			// Not its value, which may quote the row.
			out.Err = fmt.Errorf("sending row %s: panic with %T at\n%s", e.ID, r, debug.Stack())
		}
		l.outcomes <- sent{e, out}
	}()
	out = l.term.Sender.Send(l.ctx, e.Row)
}
