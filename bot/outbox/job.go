package outbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// storeTimeout bounds one store call (RELIABILITY §5C: fail within 2 s).
const storeTimeout = 2 * time.Second

// job is one round of talks with the store. Only one runs at a time, so the
// store hears everything in order.
type job struct {
	store       Store
	owner       string
	lease       time.Duration
	undelivered func(context.Context, Row) error
	start       time.Time

	renew bool     // extend the leases
	held  []string // of these rows
	book  book
	reap  bool
	take  int  // rows to lease; 0 = none
	again bool // the lease call before failed, and may have taken rows
}

// result is what came of a job.
type result struct {
	job     job
	renewed bool
	done    book // what is stored
	left    book // what is not, or not surely
	asked   bool // a lease call was made
	looked  bool // it did not fail, and these came
	rows    []Row
	err     error
}

// run does the job. One refusal does not keep the rest from running, because a
// store that is full still takes acks. But no row is taken before the store
// surely knows which ones are done: a reaped lease of a sent row would send it
// again.
func (j job) run(ctx context.Context) result {
	r := result{job: j, renewed: j.renew}
	for ids := range slices.Chunk(j.held, storeBatch) {
		r.renewed = r.renewed && r.try(ctx, "extending leases", func(ctx context.Context) error {
			return j.store.Extend(ctx, j.owner, ids, j.lease)
		})
	}
	r.pause(ctx)
	r.ack(ctx)
	r.nack(ctx)
	r.bury(ctx)
	for _, f := range j.book.calls {
		f()
	}
	if len(r.left.acks)+len(r.left.nacks) == 0 {
		r.look(ctx)
	}
	return r
}

// look takes rows from the store.
func (r *result) look(ctx context.Context) {
	j := r.job
	ok := true
	if j.reap {
		ok = r.try(ctx, "reaping leases", func(ctx context.Context) error {
			_, err := j.store.Reap(ctx)
			return err
		})
	}
	if ok && j.take > 0 {
		r.asked = true
		r.looked = r.try(ctx, "leasing rows", func(ctx context.Context) (err error) {
			r.rows, err = j.store.Lease(ctx, j.owner, j.take, j.lease)
			return err
		})
	}
}

func (r *result) pause(ctx context.Context) {
	for scope, until := range r.job.book.pauses {
		ok := r.try(ctx, "storing a pause", func(ctx context.Context) error {
			return r.job.store.Pause(ctx, scope, max(time.Until(until), 0))
		})
		if !ok {
			r.left.pause(scope, until)
		}
	}
}

func (r *result) ack(ctx context.Context) {
	for acks := range slices.Chunk(r.job.book.acks, storeBatch) {
		ok := len(r.left.acks) == 0 && r.try(ctx, "storing acks", func(ctx context.Context) error {
			return r.job.store.Ack(ctx, r.job.owner, acks)
		})
		to := &r.done
		if !ok {
			to = &r.left
		}
		to.acks = append(to.acks, acks...)
	}
}

func (r *result) nack(ctx context.Context) {
	for rows := range slices.Chunk(r.job.book.nacks, storeBatch) {
		nacks := make([]Nack, len(rows))
		for i, row := range rows {
			nacks[i] = Nack{ID: row.id, Delay: max(time.Until(row.due), 0), Ambiguous: row.ambiguous}
		}
		ok := len(r.left.nacks) == 0 && r.try(ctx, "giving rows back", func(ctx context.Context) error {
			return r.job.store.Nack(ctx, r.job.owner, nacks)
		})
		to := &r.done
		if !ok {
			to = &r.left
		}
		to.nacks = append(to.nacks, rows...)
	}
}

// bury gives rows up, each after what follows from that is stored.
func (r *result) bury(ctx context.Context) {
	for _, b := range r.job.book.buried {
		ok := len(r.left.buried) == 0 && r.mourn(ctx, b.row) && r.try(ctx, "burying row "+b.row.ID, func(ctx context.Context) error {
			return r.job.store.Bury(ctx, r.job.owner, b.row.ID, b.reason)
		})
		to := &r.done
		if !ok {
			to = &r.left
		}
		to.buried = append(to.buried, b)
	}
}

// mourn calls the hook for a row that is given up.
func (r *result) mourn(ctx context.Context, row Row) bool {
	return r.job.undelivered == nil || r.try(ctx, "telling that row "+row.ID+" is lost", func(ctx context.Context) error {
		return r.job.undelivered(ctx, row)
	})
}

// try makes one call within its time and keeps the error.
func (r *result) try(ctx context.Context, what string, call func(context.Context) error) bool {
	ctx, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	err := call(ctx)
	if err != nil {
		r.err = errors.Join(r.err, fmt.Errorf("%s: %w", what, err))
	}
	return err == nil
}
