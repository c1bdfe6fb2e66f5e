package outbox

import (
	"sync/atomic"
	"time"
)

// Stats are counts since the start and a look at what waits. The app exports
// them.
type Stats struct {
	Sent     int64 // rows that Telegram has
	Replaced int64 // rows a newer one of their slot made needless
	Retried  int64 // failed attempts that are made again
	Buried   int64 // rows given up
	Floods   int64 // 429s
	Waiting  int64 // rows in memory
	Leaving  int64 // those of them whose chat takes messages
	Oldest   time.Time
	Refusing []int64 // chats that were last found to take nothing, and for which rows wait
}

// counters is Stats while it is counted. The loop writes, anybody reads.
type counters struct {
	sent, replaced, retried, buried, floods, waiting, leaving atomic.Int64

	refusing atomic.Pointer[[]int64]

	oldest atomic.Int64 // Unix nanoseconds; 0 = nothing waits
}

// Stats may be called at any time. Waiting, Oldest and Refusing are at most a second old.
// Oldest is when the oldest row in memory was committed; zero = none waits.
func (o *Outbox) Stats() Stats {
	c := &o.counters
	s := Stats{
		Sent:     c.sent.Load(),
		Replaced: c.replaced.Load(),
		Retried:  c.retried.Load(),
		Buried:   c.buried.Load(),
		Floods:   c.floods.Load(),
		Waiting:  c.waiting.Load(),
		Leaving:  c.leaving.Load(),
	}
	if chats := c.refusing.Load(); chats != nil {
		s.Refusing = *chats
	}
	if ns := c.oldest.Load(); ns != 0 {
		s.Oldest = time.Unix(0, ns)
	}
	return s
}

// Full says that Options.Hold rows wait in memory. What it looks at is at most a
// second old.
func (o *Outbox) Full() bool { return o.counters.waiting.Load() >= int64(o.opts.Hold) }

// sweepEvery is how often lanes are looked through for ones to forget.
const sweepEvery = time.Second

// sweep forgets idle lanes, so that memory follows the chats that are active
// and not all that ever were, and measures what waits.
func (l *loop) sweep(now time.Time) {
	if l.sweepAt.After(now) {
		return
	}
	l.sweepAt = now.Add(sweepEvery)
	for chat, ln := range l.lanes {
		if ln.idle(now) {
			delete(l.lanes, chat)
		}
	}
	waiting := int64(len(l.pending))
	var oldest time.Time
	older := func(entries []*entry) {
		waiting += int64(len(entries))
		if len(entries) > 0 && (oldest.IsZero() || entries[0].At.Before(oldest)) {
			oldest = entries[0].At
		}
	}
	var refusing []int64
	leaving := waiting
	for _, ln := range l.waiting {
		if ln.gone {
			refusing = append(refusing, ln.chat)
		}
		older(ln.danger)
		older(ln.rows)
		if !ln.pause.After(now) {
			leaving += int64(len(ln.danger) + len(ln.rows))
		}
	}
	l.counters.refusing.Store(&refusing)
	l.counters.leaving.Store(leaving)
	l.counters.waiting.Store(waiting)
	l.counters.oldest.Store(0)
	if !oldest.IsZero() {
		l.counters.oldest.Store(oldest.UnixNano())
	}
}
