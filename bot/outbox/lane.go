package outbox

import (
	"slices"
	"strings"
	"time"

	"powerdesk/flows/talk"
)

// entry is a row in the hands of this process.
type entry struct {
	Row
	rank     string    // its place in the chat: its ID, or that of the oldest row it stands in for
	fails    int       // failed attempts in this process; the backoff grows with them
	attempts int       // those that may be the row's own fault, in earlier terms too
	tried    time.Time // when the latest of them ended
	after    time.Time // not before: the backoff

	forgotten bool // on its way, and not to be tried again
	refused   bool // the chat did not take it, and took nothing since
	outlived  int  // how often the chat took another row after that
}

// move sends the row to another chat, where its slot has no message yet.
func (e *entry) move(chat int64) { e.Chat, e.Say.Chat, e.Message = chat, chat, 0 }

// done is the row as the store is told of its end.
func (e *entry) done() Row {
	r := e.Row
	r.Attempts = e.attempts
	return r
}

// standIn takes the place of an older row of its slot, with what it knows of
// waiting: but a danger is as patient as a danger.
func (e *entry) standIn(old *entry) {
	e.rank = min(e.rank, old.rank)
	switch calm, wasCalm := e.Class > talk.Danger, old.Class > talk.Danger; {
	case calm == wasCalm:
		e.after, e.fails = latest(e.after, old.after), max(e.fails, old.fails)
	case calm:
		e.after, e.fails = old.after, old.fails
	}
	e.Class = min(e.Class, old.Class)
}

// lane is one chat: what waits for it, in order, and what holds it.
type lane struct {
	chat    int64
	danger  []*entry // by rank
	rows    []*entry // every other class, by rank
	classes [talk.BroadcastClass + 1]int
	busy    *entry // the send in flight; nil = none
	slots   map[string]*slot
	meters  []meter
	pause   time.Time // Telegram closed the chat until then
	gone    bool      // the recipient was last found unreachable
	index   int       // where the loop's list of waiting lanes has it; -1 = nowhere
}

// slot is what a lane knows of a message that is edited over and over.
type slot struct {
	waiting  *entry
	last     string // the latest row that was delivered: older ones are stale
	message  int
	known    bool   // message is newer than what the store gave with a row
	settling string // the delivered row whose ack is not stored: no edit before it is; "" = none
	at       time.Time
}

func newLane(chat int64, table []Limit) *lane {
	return &lane{chat: chat, slots: map[string]*slot{}, meters: metersFor(table, scopeOf(chat)), index: -1}
}

func (l *lane) slot(name string) *slot {
	s := l.slots[name]
	if s == nil {
		s = &slot{}
		l.slots[name] = s
	}
	return s
}

// insert puts a row in its place and returns the row that need not be sent any
// more, nil if there is none. Of two rows of a slot the newer stays, in the
// place of the older, so that a card redrawn again and again still gets its
// turn, and as urgent as the more urgent of the two.
func (l *lane) insert(e *entry) *entry {
	var stale *entry
	if e.Slot != "" {
		s := l.slot(e.Slot)
		if e.ID < s.last {
			return e
		}
		if s.waiting != nil {
			stale = s.waiting
			l.remove(stale)
			if stale.ID > e.ID {
				e, stale = stale, e
			}
			e.standIn(stale)
		}
		s.waiting = e
	}
	queue := l.queue(e)
	i, _ := slices.BinarySearchFunc(*queue, e.rank, byRank)
	*queue = slices.Insert(*queue, i, e)
	l.count(e, 1)
	return stale
}

// remove takes a waiting row out.
func (l *lane) remove(e *entry) {
	queue := l.queue(e)
	i, found := slices.BinarySearchFunc(*queue, e.rank, byRank)
	if !found {
		return
	}
	*queue = slices.Delete(*queue, i, i+1)
	l.count(e, -1)
	if e.Slot != "" {
		l.slots[e.Slot].waiting = nil
	}
}

// takeAll empties the lane and returns what waited, in order within each queue.
func (l *lane) takeAll() []*entry {
	all := slices.Concat(l.danger, l.rows)
	for _, e := range all {
		if e.Slot != "" {
			l.slots[e.Slot].waiting = nil
		}
	}
	l.danger, l.rows = nil, nil
	clear(l.classes[:])
	return all
}

// next is the row of the chat that may go first and the instant from which it
// may. Nil means that no row can go before something else happens. From
// ordinary on the bot may send other classes than danger; dangersOnly holds
// those however late it is.
func (l *lane) next(ordinary time.Time, dangersOnly bool, now time.Time) (*entry, time.Time) {
	if l.busy != nil {
		return nil, time.Time{}
	}
	first, from := l.nextDanger()
	if first != nil && !from.After(now) {
		return first, from
	}
	if dangersOnly || len(l.rows) == 0 || l.settling(l.rows[0]) || len(l.danger) > 0 && l.settling(l.danger[0]) {
		return first, from
	}
	e := l.first(l.rows)
	at := latest(l.pause, e.after, ordinary)
	for i := range l.meters {
		at = latest(at, l.meters[i].next())
	}
	if first == nil || at.Before(from) {
		return e, at
	}
	return first, from
}

// nextDanger is the danger that may go first, and from when. One that waits for
// an ack holds no other danger; but no ordinary row leaves meanwhile, because
// the ack takes a moment and the row would take its turn.
func (l *lane) nextDanger() (*entry, time.Time) {
	if len(l.danger) == 0 {
		return nil, time.Time{}
	}
	free := slices.DeleteFunc(slices.Clone(l.danger), l.settling)
	if len(free) == 0 {
		return nil, time.Time{}
	}
	e := l.first(free)
	return e, latest(l.pause, e.after)
}

// first is the row to try of several. One that the chat refused lets another one
// pass: if that is taken, it was the row and not the chat.
func (l *lane) first(rows []*entry) *entry {
	if rows[0].refused {
		if i := slices.IndexFunc(rows, func(e *entry) bool { return !e.refused && !l.settling(e) }); i > 0 {
			return rows[i]
		}
	}
	return rows[0]
}

// took notes that the chat takes something: what it refused is worth a try.
func (l *lane) took() {
	l.gone = false
	for _, e := range slices.Concat(l.danger, l.rows) {
		if e.refused {
			e.refused, e.outlived = false, e.outlived+1
		}
	}
}

// urgency is the class by which the lane's row e is chosen. Where order makes a
// row wait for the one before it, that one leaves as early as the most urgent
// behind it, or an answer would stand behind every announcement to everybody.
func (l *lane) urgency(e *entry) talk.Class {
	if e.Class <= talk.Danger {
		return talk.Danger
	}
	for c, n := range l.classes {
		if n > 0 {
			return talk.Class(c)
		}
	}
	return talk.BroadcastClass
}

func (l *lane) settling(e *entry) bool { return e.Slot != "" && l.slots[e.Slot].settling != "" }

func (l *lane) empty() bool { return len(l.danger)+len(l.rows) == 0 }

// idle says whether the lane can be forgotten, and drops what it no longer
// needs to know of its slots.
func (l *lane) idle(now time.Time) bool {
	for name, s := range l.slots {
		if s.waiting == nil && s.settling == "" && now.Sub(s.at) > slotMemory {
			delete(l.slots, name)
		}
	}
	for i := range l.meters {
		if !l.meters[i].idle(now) {
			return false
		}
	}
	if l.gone && (scopeOf(l.chat) == Group || l.pause.Add(probeEvery).After(now)) {
		return false // nobody should be alarmed again with every probe
	}
	return l.empty() && l.busy == nil && len(l.slots) == 0 && !l.pause.After(now)
}

// slotMemory is how long a slot's message id is remembered after its last use:
// longer than a row takes from its commit to this process.
const slotMemory = time.Minute

func (l *lane) queue(e *entry) *[]*entry {
	if e.Class <= talk.Danger {
		return &l.danger
	}
	return &l.rows
}

func (l *lane) count(e *entry, n int) {
	if e.Class > talk.Danger {
		l.classes[min(e.Class, talk.BroadcastClass)] += n
	}
}

func byRank(e *entry, rank string) int { return strings.Compare(e.rank, rank) }

// latest is the last of the instants.
func latest(first time.Time, more ...time.Time) time.Time {
	for _, t := range more {
		if t.After(first) {
			first = t
		}
	}
	return first
}
