package outbox

import (
	"cmp"
	"context"
	"crypto/rand"
	"log/slog"
	mathrand "math/rand/v2"
	"sync"
	"time"
)

// Options sets up an Outbox. Store, Sender and Owner are required.
type Options struct {
	Store  Store
	Sender Sender

	// Owner names the leases: unique to this process and this start, because
	// it is what keeps a process that was taken for dead from touching rows
	// that another sends now.
	Owner string

	Lease    time.Duration // how long a row is leased, here and by the commit; 0 = 15 s
	Limits   []Limit       // nil = Limits(25)
	Senders  int           // sends at once; 0 = 64
	Hold     int           // rows in memory; more stay in the store; 0 = 20000
	Attempts int           // failed attempts after which a row is buried; 0 = 20
	Grace    time.Duration // how long sends in flight may take at shutdown; 0 = 10 s

	// Stopping is closed when the process itself ends. Until then a Run that has
	// ended goes on telling the store what it has to know, however long that is
	// away, because an ack that gets lost becomes a double. Nil = the process ends
	// with the Run.
	Stopping <-chan struct{}

	// The hooks below are called one at a time, beside the sending; a slow one
	// delays acks. Nil = nobody wants to know.

	// Moved says that a group has a new id from now on.
	Moved func(from, to int64)
	// Unreachable says that a row did not reach its chat, and why; once, until a send
	// to the chat works again. The rows of a person who is Gone are buried, all
	// others are kept and tried every minute.
	Unreachable func(row Row, why error)
	// Fatal says that the token is refused, once, and nil when it works again.
	Fatal func(error)
	// Buried says that a row was given up: an alarm unless the reason is Gone.
	Buried func(row Row, reason string)
	// Undelivered stores what follows from a row that is given up, before the
	// store is told to bury it. An error leaves the row where it is, and the hook
	// is called again, after a crash in between too; so it must know a row that it
	// has dealt with.
	Undelivered func(ctx context.Context, row Row) error

	Logger *slog.Logger   // nil = slog.Default()
	LogKey []byte         // keys the hash of private chats in the log; nil = random
	Jitter func() float64 // in [0, 1), for backoff; nil = math/rand
}

func (o Options) withDefaults() Options {
	o.Lease = cmp.Or(o.Lease, 15*time.Second)
	o.Senders = cmp.Or(o.Senders, 64)
	o.Hold = cmp.Or(o.Hold, 20000)
	o.Attempts = cmp.Or(o.Attempts, 20)
	o.Grace = cmp.Or(o.Grace, 10*time.Second)
	o.Logger = cmp.Or(o.Logger, slog.Default())
	if o.Limits == nil {
		o.Limits = Limits(25)
	}
	if o.LogKey == nil {
		o.LogKey = make([]byte, 16)
		_, _ = rand.Read(o.LogKey) // never fails, by its documentation
	}
	if o.Jitter == nil {
		o.Jitter = mathrand.Float64
	}
	return o
}

// Outbox sends the rows of one bot token. Make it with New and Run it once.
type Outbox struct {
	opts Options

	mu     sync.Mutex
	inbox  []Row
	closed bool
	rang   chan struct{} // one token: the inbox has rows

	counters counters
}

// New makes an Outbox; nothing happens before Run.
func New(opts Options) *Outbox {
	return &Outbox{opts: opts.withDefaults(), rang: make(chan struct{}, 1)}
}

// Offer hands over rows that a commit has just leased to the owner, so that
// they need no lease call. It never waits for a send. After Run has ended it
// does nothing: the leases run out and the next process sends the rows.
func (o *Outbox) Offer(rows []Row) {
	o.mu.Lock()
	if !o.closed {
		o.inbox = append(o.inbox, rows...)
	}
	o.mu.Unlock()
	select {
	case o.rang <- struct{}{}:
	default:
	}
}

// offered empties the inbox.
func (o *Outbox) offered() []Row {
	o.mu.Lock()
	defer o.mu.Unlock()
	rows := o.inbox
	o.inbox = nil
	return rows
}

// Run sends until ctx ends. Then it starts nothing new, lets the sends in flight
// finish within the grace, and gives every other row back, so that another
// process may take it at once. The error says that rows could not be given back
// in time (Options.Stopping); they come free when their leases run out.
func (o *Outbox) Run(ctx context.Context) error {
	l := newLoop(context.WithoutCancel(ctx), o)
	defer l.cancel()
	l.recall(ctx)
	for ctx.Err() == nil {
		l.turn(time.Now())
		l.wait(ctx.Done())
	}
	return l.drain()
}
