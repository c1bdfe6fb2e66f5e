package outbox

import (
	"cmp"
	"log/slog"
	"time"

	"powerdesk/flows/talk"
)

const (
	// firstBackoff doubles with every failed attempt up to one of the caps. A
	// danger is tried again soon however long Telegram has been away.
	firstBackoff  = time.Second
	backoffCap    = 5 * time.Minute
	dangerBackoff = 10 * time.Second
	// probeEvery is how often a refused token or a chat that takes nothing is tried
	// again: less than one call in 30 s (RELIABILITY §5A).
	probeEvery = time.Minute
)

// outlives is how often a chat must have taken another row after it refused one,
// until the fault is the row's.
const outlives = 2

// Reasons for which a row is buried.
const (
	ReasonGone     = "recipient gone"
	ReasonBug      = "refused by telegram"
	ReasonAttempts = "too many attempts"
	ReasonAge      = "too old"
)

// finish draws the conclusion from an attempt.
func (l *loop) finish(s sent, now time.Time) {
	e, out := s.entry, s.outcome
	ln := l.lane(e.Chat)
	ln.busy = nil
	l.inflight--
	for i := range ln.meters {
		ln.meters[i].restamp(now)
	}
	if out.Kind != Fatal && out.Kind != Retry {
		l.works()
	}
	if out.Kind != Sent && out.Kind != Done {
		e.Ambiguous = e.Ambiguous || out.Ambiguous
		l.log(slog.LevelWarn, "outbox: row not sent", e, slog.String("outcome", out.Kind.String()), slog.Any("error", out.Err))
	}
	switch {
	case out.Kind == Sent || out.Kind == Done:
	case e.forgotten:
		l.replaced(e, now)
		return
	case now.Sub(e.At) > MaxAge:
		l.bury(e, ReasonAge)
		return
	}
	switch out.Kind {
	case Sent, Done:
		l.delivered(ln, e, out, now)
	case Flood:
		l.flood(e, out, now)
	case Retry:
		l.retry(e, out, now)
	case Retarget:
		l.retarget(ln, e, out.Chat, now)
	case Gone:
		l.lost(ln, e, out.Err, now)
	case Missing:
		l.renew(ln, e, now)
	case Fatal:
		l.tokenRefused(e, out.Err, now)
	case Bug:
		l.bug(e, now)
	default: // Refused, and a Kind that is none: what nobody understands buries nothing
		l.refused(ln, e, out.Err, now)
	}
}

// delivered acknowledges a row.
func (l *loop) delivered(ln *lane, e *entry, out Outcome, now time.Time) {
	message := cmp.Or(out.Message, e.Message)
	if e.Say.Delete {
		message = 0 // the slot has none any more: what comes next is a new one
	}
	if e.Slot != "" {
		s := ln.slot(e.Slot)
		s.last, s.settling, s.at = e.ID, e.ID, now
		s.message, s.known = message, message != 0 || e.Say.Delete
		if w := s.waiting; w != nil && w.ID < e.ID {
			// A danger has overtaken its older words.
			ln.remove(w)
			l.unlist(ln)
			l.replaced(w, now)
		}
	}
	ln.took()
	l.reached = now
	l.counters.sent.Add(1)
	ack := Ack{Row: e.done(), Slot: e.Slot, Chat: e.Chat, Message: message}
	if e.Say.Confirm && l.opts.Ended != nil {
		l.book.end(ending{Ack: ack})
	} else {
		l.book.ack(ack, now)
	}
}

// replaced acknowledges a row that need not be sent.
func (l *loop) replaced(e *entry, now time.Time) {
	l.book.ack(Ack{Row: e.done()}, now)
	l.counters.replaced.Add(1)
}

// retry lets a row wait and try again. A failure that cannot have reached
// Telegram while nothing else did is the network's, and does not count against
// the row: an hour without a network must not bury the evening.
func (l *loop) retry(e *entry, out Outcome, now time.Time) {
	if out.Ambiguous || l.reached.After(e.tried) {
		e.attempts++
	}
	if e.attempts >= l.opts.Attempts {
		l.bury(e, ReasonAttempts)
		return
	}
	if e.attempts > e.Attempts {
		e.Attempts = e.attempts
		l.book.tried(e.ID, e.attempts)
	}
	l.counters.retried.Add(1)
	e.tried = now
	e.after = now.Add(max(l.backoff(e), out.RetryAfter))
	e.fails++
	if l.fatal {
		l.closeBot(now.Add(probeEvery))
	}
	l.place(e, now)
}

// backoff is exponential with full jitter, so that rows that failed together do
// not come back together.
func (l *loop) backoff(e *entry) time.Duration {
	limit := backoffCap
	if e.Class <= talk.Danger {
		limit = dangerBackoff
	}
	d := min(limit, firstBackoff<<min(e.fails, 16))
	return time.Duration(l.opts.Jitter() * float64(d))
}

// renew sends a row anew whose message is no longer there to edit.
func (l *loop) renew(ln *lane, e *entry, now time.Time) {
	if e.Message == 0 {
		l.bug(e, now) // nothing was edited: the answer makes no sense
		return
	}
	if s := ln.slots[e.Slot]; s != nil {
		s.message, s.known = 0, true
	}
	e.Message = 0
	l.counters.retried.Add(1)
	l.place(e, now)
}

// bug tries a row once more without markup: words that look poor reach people,
// words that are refused do not.
func (l *loop) bug(e *entry, now time.Time) {
	if e.Plain {
		l.bury(e, ReasonBug)
		return
	}
	e.Plain = true
	l.counters.retried.Add(1)
	l.place(e, now)
}

// lost is for a recipient that cannot be reached. A person's rows are buried. A
// group's are kept: somebody will take the bot back in, and the jobs must be
// there then.
func (l *loop) lost(ln *lane, e *entry, why error, now time.Time) {
	if scopeOf(ln.chat) == Group {
		l.refused(ln, e, why, now)
		return
	}
	l.unreachable(ln, e, why)
	for _, w := range append(ln.takeAll(), e) {
		l.bury(w, ReasonGone)
	}
	l.unlist(ln)
}

// refused keeps the rows of a chat that takes nothing now, and tries the chat
// from time to time. A row that the chat refuses again and again while it takes
// others is refused for what it says.
func (l *loop) refused(ln *lane, e *entry, why error, now time.Time) {
	if e.outlived >= outlives {
		l.bug(e, now)
		return
	}
	e.refused = true
	l.unreachable(ln, e, why)
	ln.pause = latest(ln.pause, now.Add(probeEvery))
	l.place(e, now)
}

// unreachable tells of a chat that a row did not reach, until one does.
func (l *loop) unreachable(ln *lane, e *entry, why error) {
	if !ln.gone && l.opts.Unreachable != nil {
		row := e.Row
		l.book.call(func() { l.opts.Unreachable(row, why) })
	}
	ln.gone = true
}

// retarget goes on at the new id of a group that became a supergroup. Its old
// messages cannot be edited there, so every slot starts with a new one.
func (l *loop) retarget(ln *lane, e *entry, to int64, now time.Time) {
	e.attempts++
	switch {
	case to == 0 || to == e.Chat:
		l.bug(e, now)
		return
	case e.attempts >= l.opts.Attempts:
		l.bury(e, ReasonAttempts)
		return
	}
	from := e.Chat
	entries := append(ln.takeAll(), e)
	l.unlist(ln)
	delete(l.lanes, from)
	delete(l.moved, to)
	l.moved[from] = to
	if l.opts.Moved != nil {
		l.book.call(func() { l.opts.Moved(from, to) })
	}
	target := l.lane(to)
	for _, w := range entries {
		w.move(to)
		if w.Slot != "" {
			target.slot(w.Slot).known = true
		}
		l.place(w, now)
	}
}

// tokenRefused stops all sending: the token is not valid. One row probes from time
// to time.
func (l *loop) tokenRefused(e *entry, err error, now time.Time) {
	if !l.fatal && l.opts.Fatal != nil {
		l.book.call(func() { l.opts.Fatal(err) })
	}
	l.fatal = true
	l.closeBot(now.Add(probeEvery))
	l.place(e, now)
}

// works notes that Telegram knows the token.
func (l *loop) works() {
	if l.fatal && l.opts.Fatal != nil {
		l.book.call(func() { l.opts.Fatal(nil) })
	}
	l.fatal = false
}

// bury gives a row up; the store keeps it for a person to look at.
func (l *loop) bury(e *entry, reason string) {
	level := slog.LevelError
	if reason == ReasonGone {
		level = slog.LevelInfo
	}
	l.log(level, "outbox: row buried", e, slog.String("reason", reason))
	l.counters.buried.Add(1)
	l.book.end(ending{Ack{Row: e.done()}, reason})
	if l.opts.Buried != nil {
		row := e.Row
		l.book.call(func() { l.opts.Buried(row, reason) })
	}
}
