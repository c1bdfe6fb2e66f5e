package outbox

import "time"

const (
	// linger lets acks gather, so that a busy second costs a few store calls
	// and not one a row. Everything else is written at once.
	linger = 3 * time.Millisecond
	// storeBatch bounds the rows of one store call.
	storeBatch = 500
)

// book is what the store, and the hooks, have to be told. While one part is
// being written the next part gathers.
type book struct {
	acks   []Ack
	nacks  []returned
	buried []burial
	pauses map[string]time.Time
	calls  []func()
	since  time.Time // when the first ack went in
	urgent bool      // does not linger
}

// returned is a row that goes back to the store, to be due again at an instant.
type returned struct {
	id        string
	chat      int64
	due       time.Time
	ambiguous bool
}

// burial is a row that is given up.
type burial struct {
	row    Row
	reason string
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

func (b *book) nack(e *entry, due time.Time) {
	b.nacks = append(b.nacks, returned{e.ID, e.Chat, due, e.Ambiguous})
	b.urgent = true
}

func (b *book) bury(row Row, reason string) {
	b.buried = append(b.buried, burial{row, reason})
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
	b.nacks = append(left.nacks, b.nacks...)
	b.buried = append(left.buried, b.buried...)
	for scope, until := range left.pauses {
		b.pause(scope, until)
	}
	b.urgent = b.urgent || len(b.acks)+len(b.nacks)+len(b.buried) > 0
}
