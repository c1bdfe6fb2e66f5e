package outbox

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	// linger lets acks gather, so that a busy second costs a few store calls
	// and not one a row. Everything else is written at once.
	linger = 3 * time.Millisecond
	// storeBatch bounds the acks of one store call.
	storeBatch = 500
	// storeTimeout bounds one store call (RELIABILITY §5C: fail within 2 s).
	storeTimeout = 2 * time.Second
)

// book is what the store, and the hooks, have to be told. While one part is
// being written the next part gathers.
type book struct {
	tries  map[string]int
	acks   []Ack
	ends   []ending
	pauses map[string]time.Time
	calls  []func()
	since  time.Time // when the first ack went in
	urgent bool      // does not linger
}

// ending is the end of a row from which something follows: that is stored first.
type ending struct {
	Ack
	reason string // why it was given up; "" = it was delivered
}

// ack notes a row that is done. An ack with a slot is urgent: the next row of
// the slot waits for it.
func (b *book) ack(a Ack, now time.Time) {
	if len(b.acks) == 0 {
		b.since = now
	}
	b.acks = append(b.acks, a)
	b.urgent = b.urgent || a.Slot != "" || len(b.acks) >= storeBatch
}

func (b *book) end(e ending) {
	b.ends = append(b.ends, e)
	b.urgent = true
}

func (b *book) tried(id string, attempts int) {
	if b.tries == nil {
		b.tries = map[string]int{}
	}
	b.tries[id] = attempts
	b.urgent = true
}

func (b *book) pause(scope string, until time.Time) {
	if b.pauses == nil {
		b.pauses = map[string]time.Time{}
	}
	b.pauses[scope] = latest(b.pauses[scope], until)
	b.urgent = true
}

func (b *book) call(f func()) {
	b.calls = append(b.calls, f)
	b.urgent = true
}

func (b *book) empty() bool { return !b.urgent && len(b.acks) == 0 }

// due is when the book is to be written.
func (b *book) due() time.Time {
	if b.urgent {
		return time.Time{}
	}
	return b.since.Add(linger)
}

// putBack takes up again what could not be written, before what came since.
func (b *book) putBack(left book) {
	b.acks = append(left.acks, b.acks...)
	b.ends = append(left.ends, b.ends...)
	for id, n := range left.tries {
		b.tried(id, max(n, b.tries[id]))
	}
	for scope, until := range left.pauses {
		b.pause(scope, until)
	}
	b.urgent = b.urgent || len(b.acks)+len(b.ends)+len(b.tries) > 0
}

// job is one round of talks with the store. Only one runs at a time, so the
// store hears everything in order.
type job struct {
	store Store
	owner string
	ended func(context.Context, Row, string) error
	book  book

	looks   bool   // rows are read
	read    int    // so many at most
	after   string // this one
	dangers bool   // and all dangers before them
}

// result is what came of a job.
type result struct {
	job     job
	done    book // what is stored
	left    book // what is not, or not surely
	looked  bool // these were read
	dangers []Row
	page    Page
	err     error
}

// run does the job. One refusal does not keep the rest from running, because a
// store that is full still takes acks. But no row is read before the store surely
// knows which ones are done: else one that was sent would look like one that waits.
func (j job) run(ctx context.Context) result {
	r := result{job: j}
	for scope, until := range j.book.pauses {
		ok := r.try(ctx, "storing a pause", func(ctx context.Context) error {
			return j.store.Pause(ctx, scope, max(time.Until(until), 0))
		})
		if !ok {
			r.left.pause(scope, until)
		}
	}
	r.settleEnds(ctx)
	r.settleAcks(ctx)
	for _, f := range j.book.calls {
		f()
	}
	if j.looks && len(r.left.acks)+len(r.left.ends) == 0 {
		r.look(ctx)
	}
	return r
}

// settleEnds ends rows, each after what follows from that is stored.
func (r *result) settleEnds(ctx context.Context) {
	w := Settlement{Tries: r.job.book.tries}
	var told book
	for _, e := range r.job.book.ends {
		ok := len(r.left.ends) == 0 && (r.job.ended == nil || r.try(ctx, "telling how row "+e.Row.ID+" ended", func(ctx context.Context) error {
			return r.job.ended(ctx, e.Row, e.reason)
		}))
		switch {
		case !ok:
			r.left.ends = append(r.left.ends, e)
			continue
		case e.reason == "":
			w.Acks = append(w.Acks, e.Ack)
		default:
			w.Buried = append(w.Buried, Burial{e.Row, e.reason})
		}
		told.ends = append(told.ends, e)
	}
	if len(w.Tries)+len(w.Acks)+len(w.Buried) == 0 {
		return
	}
	if r.settle(ctx, w) {
		r.done.ends = told.ends
	} else {
		r.left.ends, r.left.tries = append(told.ends, r.left.ends...), w.Tries
	}
}

func (r *result) settleAcks(ctx context.Context) {
	for acks := r.job.book.acks; len(acks) > 0; {
		n := min(len(acks), storeBatch)
		if !r.settle(ctx, Settlement{Acks: acks[:n]}) {
			r.left.acks = acks
			return
		}
		r.done.acks = append(r.done.acks, acks[:n]...)
		acks = acks[n:]
	}
}

func (r *result) settle(ctx context.Context, w Settlement) bool {
	return r.try(ctx, "settling rows", func(ctx context.Context) error { return r.job.store.Settle(ctx, r.job.owner, w) })
}

// look reads rows.
func (r *result) look(ctx context.Context) {
	j := r.job
	ok := !j.dangers || r.try(ctx, "reading dangers", func(ctx context.Context) (err error) {
		r.dangers, err = j.store.Dangers(ctx, j.owner)
		return err
	})
	r.looked = ok && r.try(ctx, "reading rows", func(ctx context.Context) (err error) {
		r.page, err = j.store.Rows(ctx, j.owner, j.after, j.read)
		return err
	})
}

// try makes one call within its time and keeps the error. Once the term is over
// there is nobody to speak for.
func (r *result) try(ctx context.Context, what string, call func(context.Context) error) bool {
	if errors.Is(r.err, ErrOver) {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	err := call(ctx)
	if err != nil {
		r.err = errors.Join(r.err, fmt.Errorf("%s: %w", what, err))
	}
	return err == nil
}
