package outbox

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"powerdesk/flows/talk"
)

const (
	// poll is how often the store is asked for rows that were not offered: those of
	// a standby that took a webhook call.
	poll = 200 * time.Millisecond
	// slice is how many rows are read at once: a call that holds Redis for a
	// millisecond or two.
	slice = 200
	// groupWait is how long an offered row of a group waits for an older one that
	// may be on its way here: a group is written to by many at once, and two
	// goroutines may come from their commits in the wrong order. It is far longer
	// than one takes from a commit's reply to Offer.
	groupWait = 20 * time.Millisecond
	// strayWait is how long rows may be in the store, and not here, before all are
	// read again: those of a commit that is under way are, for a moment.
	strayWait = 10 * time.Second
	// MaxAge is when a row that could not be sent is given up, with an alarm: nobody
	// is helped by it any more.
	MaxAge = 7 * 24 * time.Hour
	// maxStumble is the longest wait between two tries of a store that fails.
	maxStumble = time.Second
)

// reading is how far the rows of the store are known here.
type reading struct {
	cursor   string    // all rows up to this one were read
	known    int64     // Page.Strange of the latest page
	behind   bool      // there are, or may be, rows after it that were not offered: they are read, in order
	nextRead time.Time // when to read again
	astray   time.Time // since when the store has had rows that are not known here; zero = it has none
}

// takeIn takes the rows of commits in. While older ones are still to be read they
// are met again in their order, and dangers first.
func (l *loop) takeIn(now time.Time) {
	rows, missed := l.offered(l.known)
	if missed || !l.behind && len(rows) > 0 && len(l.held) >= l.opts.Hold {
		l.behind, l.nextRead = true, now
	}
	for _, row := range rows {
		_, here := l.held[row.ID]
		switch {
		case here: // it was read before it was offered
		case row.Forget:
			if row.ID > l.cursor {
				l.forget(row, now) // and once more when it is read, which ends it
			}
		case l.behind:
			if row.Class <= talk.Danger {
				l.nextRead = now
			}
		case row.ID <= l.cursor:
			// It was read before it was offered, and is done; or Redis has gone back
			// and counts anew.
			l.cursor, l.behind, l.nextRead = "", true, now
		case row.Class <= talk.Danger || scopeOf(row.Chat) == Private:
			l.take(row, now)
		case l.hold(row):
			l.pending = append(l.pending, pending{l.entry(row), now.Add(groupWait)})
		}
	}
	if len(l.pending) > 0 && !l.pending[0].until.After(now) {
		l.release(now)
	}
}

// pending is a row of a group that waits for an older one to be offered.
type pending struct {
	*entry
	until time.Time
}

// release places the rows of groups, before any later one comes in.
func (l *loop) release(now time.Time) {
	for _, e := range l.pending {
		l.place(e.entry, now)
	}
	l.pending = nil
}

// hold notes a row as being here, unless it is.
func (l *loop) hold(row Row) bool {
	_, here := l.held[row.ID]
	l.held[row.ID] = struct{}{}
	return !here
}

func (l *loop) entry(row Row) *entry {
	return &entry{Row: row, rank: row.ID, attempts: row.Attempts}
}

// take takes a row in, unless it is here already.
func (l *loop) take(row Row, now time.Time) {
	if !l.hold(row) {
		return
	}
	e := l.entry(row)
	switch {
	case row.ID < l.forgotten[row.Chat]:
		l.replaced(e, now)
	case now.Sub(row.At) > MaxAge:
		l.bury(e, ReasonAge)
	default:
		l.place(e, now)
	}
}

// stored takes in what came of a job.
func (l *loop) stored(r result, now time.Time) {
	l.writing = false
	l.over = l.over || errors.Is(r.err, ErrOver)
	if r.err != nil {
		l.stumble(r.err, now)
	} else {
		l.failures = 0
	}
	l.confirm(r.done)
	l.book.putBack(r.left)
	if r.looked {
		l.read(r, now)
	}
}

// read takes in rows that were read. What was offered meanwhile and is not among
// them was left to be read: so after the last page there is one more.
func (l *loop) read(r result, now time.Time) {
	l.release(now)
	for _, row := range append(r.dangers, r.page.Rows...) {
		row.Ambiguous = !row.At.After(l.begun) // whoever acted before may have sent it
		if !row.Forget {
			l.take(row, now)
			continue
		}
		l.forget(row, now)
		delete(l.forgotten, row.Chat) // nothing older is met any more
		if l.hold(row) {
			l.book.ack(Ack{Row: row}, now)
		}
	}
	if n := len(r.page.Rows); n > 0 {
		l.cursor = max(l.cursor, r.page.Rows[n-1].ID)
	}
	l.known, l.nextRead = r.page.Strange, now.Add(poll)
	switch {
	case len(r.page.Rows) == r.job.read && len(l.held) < l.opts.Hold:
		l.behind, l.nextRead = true, now
	case len(r.page.Rows) < r.job.read && l.behind:
		l.behind, l.nextRead = false, now
	}
	l.lookForStrays(r.page.All, now)
}

// lookForStrays reads everything anew when the store goes on having more rows than
// are known here. It never has, unless somebody edited it by hand; then it keeps a
// message from lying there until the next term.
func (l *loop) lookForStrays(all int, now time.Time) {
	switch {
	case l.behind || all <= len(l.held):
		l.astray = time.Time{}
	case l.astray.IsZero():
		l.astray = now
	case now.Sub(l.astray) > strayWait:
		l.opts.Logger.Error("outbox: the store has rows that nobody knows: all are read again", slog.Int("rows", all-len(l.held)))
		l.cursor, l.behind, l.astray, l.nextRead = "", true, time.Time{}, now
	}
}

// forget drops what waits for a chat and was committed before.
func (l *loop) forget(row Row, now time.Time) {
	l.forgotten[row.Chat] = max(l.forgotten[row.Chat], row.ID)
	ln := l.lane(row.Chat)
	for _, e := range ln.takeAll() {
		if e.ID < row.ID {
			l.replaced(e, now)
		} else {
			l.place(e, now)
		}
	}
	if e := ln.busy; e != nil && e.ID < row.ID {
		e.forgotten = true
	}
	l.unlist(ln)
}

// nextWrite is when the next job is due.
func (l *loop) nextWrite(now time.Time) time.Time {
	at := now.Add(time.Hour) // nothing is, until something happens
	if !l.book.empty() && !l.over {
		at = earliest(at, l.book.due())
	}
	if !l.over && !l.drains {
		at = earliest(at, l.nextRead)
	}
	return latest(at, l.retryAt)
}

// write starts a job if one is due and none is running.
func (l *loop) write(now time.Time) {
	if l.writing || l.nextWrite(now).After(now) {
		return
	}
	j := job{store: l.opts.Store, owner: l.term.Owner, ended: l.opts.Ended, book: l.book}
	if j.looks = !l.drains && !l.nextRead.After(now); j.looks {
		// A memory that is full still takes dangers in.
		j.read, j.after, j.dangers = min(max(l.opts.Hold-len(l.held), 0), slice), l.cursor, l.behind
	}
	l.book = book{}
	l.writing = true
	ctx := context.WithoutCancel(l.ctx)
	go func() { l.results <- j.run(ctx) }()
}

// confirm draws the consequences of what the store knows now.
func (l *loop) confirm(done book) {
	for _, e := range done.ends {
		done.acks = append(done.acks, e.Ack)
	}
	for _, a := range done.acks {
		delete(l.held, a.Row.ID)
		if a.Slot == "" {
			continue
		}
		if s := l.lane(a.Chat).slots[a.Slot]; s != nil && s.settling == a.Row.ID {
			s.settling = ""
		}
	}
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
