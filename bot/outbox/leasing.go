package outbox

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"time"
)

const (
	// poll is how often the store is asked for rows that were not offered: those
	// of a standby that took a webhook call, and those that come due again.
	poll      = 200 * time.Millisecond
	reapEvery = 5 * time.Second
	// maxStumble is the longest wait between two tries of a store that fails.
	maxStumble = time.Second
)

// schedule is when the store is to be talked to again, and the lanes swept.
type schedule struct{ lease, extend, reap, sweep time.Time }

// nextWrite is when the next job is due.
func (l *loop) nextWrite(now time.Time) time.Time {
	at := l.next.extend
	if !l.book.empty() {
		at = earliest(at, l.book.due())
	}
	if !l.drains {
		at = earliest(at, l.next.reap, l.nextLease(now))
	}
	return latest(at, l.retryAt)
}

// nextLease is when to lease rows: not while nobody may send.
func (l *loop) nextLease(now time.Time) time.Time {
	if l.pause.Sub(now) > moment {
		return l.pause
	}
	return l.next.lease
}

// write starts a job if one is due and none is running.
func (l *loop) write(now time.Time) {
	if l.writing || l.nextWrite(now).After(now) {
		return
	}
	j := job{
		store: l.opts.Store, owner: l.opts.Owner, lease: l.opts.Lease, undelivered: l.opts.Undelivered,
		start: now,
		book:  l.book,
	}
	if !l.next.extend.After(now) {
		j.renew, j.held = true, slices.Collect(maps.Keys(l.held))
	}
	if !l.drains {
		j.reap = !l.next.reap.After(now)
		if !l.nextLease(now).After(now) {
			j.take, j.again = l.room(), l.intake.failed
			l.intake.asking = now
		}
	}
	l.book = book{}
	l.writing = true
	ctx := context.WithoutCancel(l.ctx)
	go func() { l.results <- j.run(ctx) }()
}

// room is how many rows to lease: at least one, which is the most urgent of all
// that wait, and no more to probe a token that was refused.
func (l *loop) room() int {
	if l.fatal {
		return 1
	}
	return min(max(l.opts.Hold-len(l.held), 1), storeBatch)
}

// stored takes in what came of a job.
func (l *loop) stored(r result, now time.Time) {
	l.writing = false
	if r.err != nil {
		l.stumble(r.err, now)
	} else {
		l.failures = 0
	}
	l.confirm(r.done)
	l.book.putBack(r.left)
	if r.renewed {
		l.leased = r.job.start.Add(l.opts.Lease)
		l.next.extend = r.job.start.Add(l.opts.Lease / 3)
	}
	if r.job.reap && r.err == nil {
		l.next.reap = now.Add(reapEvery)
	}
	l.intake.asking = time.Time{}
	if r.asked {
		l.intake.failed = !r.looked
	}
	if r.looked {
		l.next.lease = now.Add(poll)
		if len(r.rows) == r.job.take && len(l.held) < l.opts.Hold && !l.fatal {
			l.next.lease = now // there may be more
		}
		for _, row := range r.rows {
			l.take(row, r.job.again, now)
		}
	}
}

// confirm draws the consequences of what the store knows now.
func (l *loop) confirm(done book) {
	for _, a := range done.acks {
		delete(l.held, a.ID)
		if a.Slot == "" {
			continue
		}
		if s := l.lane(a.Chat).slots[a.Slot]; s != nil && s.settling == a.ID {
			s.settling = ""
		}
	}
	for _, b := range done.buried {
		delete(l.held, b.row.ID)
	}
	for _, n := range done.nacks {
		delete(l.held, n.id)
		l.lane(n.chat).leaving--
	}
}

// lapse lets go of every row that waits when the leases could not be extended
// in time, because another process may have taken them. Those that nobody took
// go back to the store.
func (l *loop) lapse(now time.Time) {
	if now.Before(l.leased) {
		return
	}
	l.surrender(now)
	l.leased = now.Add(l.opts.Lease) // of the rows that come in from now on
	l.next = schedule{sweep: l.next.sweep}
	l.opts.Logger.Warn("outbox: leases ran out before they could be extended", slog.Int("rows", len(l.held)))
}

// stumble waits longer after each failure of the store, and says so once.
func (l *loop) stumble(err error, now time.Time) {
	if l.failures == 0 {
		l.opts.Logger.Warn("outbox: store fails", slog.Any("error", err))
	}
	wait := min(maxStumble, 50*time.Millisecond<<min(l.failures, 10))
	l.failures++
	l.retryAt = now.Add(time.Duration((1 + l.opts.Jitter()) / 2 * float64(wait)))
}

// earliest is the first of the instants.
func earliest(first time.Time, more ...time.Time) time.Time {
	for _, t := range more {
		if t.Before(first) {
			first = t
		}
	}
	return first
}
