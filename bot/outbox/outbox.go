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

// Options sets up an Outbox. Store is required.
type Options struct {
	Store Store

	Limits   []Limit       // nil = Limits(25)
	Senders  int           // sends at once; 0 = 64
	Hold     int           // rows in memory; more stay in the store; 0 = 100 000, some 100 MB
	Attempts int           // failed attempts after which a row is buried; 0 = 20
	Grace    time.Duration // how long sends in flight may take at the end of a term; 0 = 10 s

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
	// Ended stores what follows from the end of a row, before the store is told of
	// the end: of each that is given up, and, with reason "", of each that was
	// delivered and whose Say asks to Confirm it. An error leaves the row where it
	// is, and the hook is called again, after a crash in between too; so it must
	// know a row that it has dealt with.
	Ended func(ctx context.Context, row Row, reason string) error

	Logger *slog.Logger   // nil = slog.Default()
	LogKey []byte         // keys the hash of private chats in the log; nil = random
	Jitter func() float64 // in [0, 1), for backoff; nil = math/rand
}

func (o Options) withDefaults() Options {
	o.Senders = cmp.Or(o.Senders, 64)
	o.Hold = cmp.Or(o.Hold, 100_000)
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

// Term is one time in which this process acts.
type Term struct {
	Owner  string // the fencing token of all that is said to the store
	Sender Sender // sends while the term lasts, and looks in the moment of sending

	// Stopping is closed when the process itself ends: a Run that has to end then
	// tells the store first what became of rows, for a while. Else the next Run does.
	// Nil = the process ends with the Run.
	Stopping <-chan struct{}
}

// Outbox sends the rows of one bot token, for one process. Make it with New and Run
// it term after term.
type Outbox struct {
	opts Options

	running sync.Mutex // of two Runs the second waits for the first
	left    book       // what the Run before could not tell the store

	mu      sync.Mutex
	owner   string // of the term that runs
	inbox   []Row
	strange int64 // the highest that was offered
	missed  bool  // rows were committed that were not offered

	rang chan struct{} // one token: there is something to take in

	counters counters
}

// New makes an Outbox; nothing happens before Run.
func New(opts Options) *Outbox {
	return &Outbox{opts: opts.withDefaults(), rang: make(chan struct{}, 1)}
}

// Offer hands over rows that were just committed for the owner's term, in order,
// so that they need not be read. It never waits for a send. Strange is Page.Strange
// as the commit found it: older rows of others are read first. Rows of another term
// than the one that runs are left to be read.
func (o *Outbox) Offer(owner string, rows []Row, strange int64) {
	o.tell(owner, func() { o.inbox, o.strange = append(o.inbox, rows...), max(o.strange, strange) })
}

// Missed says that a commit for the owner's term has appended rows that nobody can
// offer, because its reply was lost: they are read before any later ones are sent.
func (o *Outbox) Missed(owner string) { o.tell(owner, func() { o.missed = true }) }

func (o *Outbox) tell(owner string, note func()) {
	o.mu.Lock()
	if owner != "" && owner == o.owner {
		note()
	}
	o.mu.Unlock()
	select {
	case o.rang <- struct{}{}:
	default:
	}
}

// offered empties the inbox. Missed are rows beyond what was known of strange ones.
func (o *Outbox) offered(known int64) (rows []Row, missed bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	rows, missed = o.inbox, o.missed || o.strange > known
	o.inbox, o.missed = nil, false
	return rows, missed
}

// open takes rows of the owner's term from now on, and none of any other; "" =
// takes none.
func (o *Outbox) open(owner string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.owner, o.inbox, o.missed, o.strange = owner, nil, false, 0
}

// Run sends for a term until ctx ends. Then it starts nothing new, lets the sends
// in flight finish within the grace, and tells the store what became of rows. Every
// other row stays there for the next term. The error says that the store could not
// be told in time: rows that were sent are sent once more. Of two Runs the second
// begins when the first has returned.
func (o *Outbox) Run(ctx context.Context, t Term) error {
	o.running.Lock()
	defer o.running.Unlock()
	l := newLoop(context.WithoutCancel(ctx), o, t)
	defer l.cancel()
	l.recall(ctx)
	o.open(t.Owner)
	for ctx.Err() == nil {
		l.turn(time.Now())
		l.wait(ctx.Done())
	}
	return l.drain()
}
