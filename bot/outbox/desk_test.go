package outbox

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"powerdesk/flows/talk"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// Chats of the tests: two residents and two groups.
const (
	ann   = 11
	bob   = 12
	duty  = -1001
	hall  = -1002
	super = -100999
)

// attempt is one call of the sender.
type attempt struct {
	Row
	Process    string
	Start, End time.Time
	Outcome    Outcome
}

// telegram is a Sender that records attempts and answers as it is told.
type telegram struct {
	mu       sync.Mutex
	attempts []attempt
	message  int
	answer   func(row Row, nth int) (Outcome, time.Duration) // what, and after how long; nth counts a row's attempts from 0
}

// send makes an attempt in the name of a process.
func (tg *telegram) send(ctx context.Context, process string, row Row) Outcome {
	tg.mu.Lock()
	nth := 0
	for _, a := range tg.attempts {
		if a.ID == row.ID {
			nth++
		}
	}
	out, after := Outcome{Kind: Sent}, time.Duration(0)
	if tg.answer != nil {
		out, after = tg.answer(row, nth)
	}
	if out.Kind == Sent && out.Message == 0 && row.Message == 0 {
		tg.message++
		out.Message = tg.message
	}
	i := len(tg.attempts)
	tg.attempts = append(tg.attempts, attempt{Row: row, Process: process, Start: time.Now(), Outcome: out})
	tg.mu.Unlock()
	if after > 0 {
		select {
		case <-time.After(after):
		case <-ctx.Done():
			out = Outcome{Kind: Retry, Ambiguous: true, Err: ctx.Err()}
		}
	}
	tg.mu.Lock()
	defer tg.mu.Unlock()
	tg.attempts[i].Outcome, tg.attempts[i].End = out, time.Now()
	return out
}

// all copies the attempts.
func (tg *telegram) all() []attempt {
	tg.mu.Lock()
	defer tg.mu.Unlock()
	return slices.Clone(tg.attempts)
}

// texts lists what was attempted, in order of the attempts.
func (tg *telegram) texts() string {
	var words []string
	for _, a := range tg.all() {
		words = append(words, a.Say.Text)
	}
	return strings.Join(words, " ")
}

// desk is a store, a Telegram, and a process with an outbox between them.
type desk struct {
	t     *testing.T
	store *memStore
	tg    *telegram
	opts  Options
	box   *Outbox
	start time.Time
	stop  context.CancelFunc
	ended chan error // of Run; nil once read
	err   error
	dead  *atomic.Bool
	owner string // of the term that goes on
	count int    // of terms
}

// newDesk makes a desk without a process. Backoff has no jitter: 1 s, 2 s, 4 s.
func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, store: newMemStore(), tg: &telegram{}, start: time.Now(), opts: Options{
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Jitter: func() float64 { return 1 },
	}}
	t.Cleanup(func() {
		if d.stop != nil {
			_ = d.halt() // a test that cares has halted already and looked
		}
	})
	return d
}

type senderFunc func(ctx context.Context, row Row) Outcome

func (f senderFunc) Send(ctx context.Context, row Row) Outcome { return f(ctx, row) }

// run starts a process. It ends with the test at the latest.
func (d *desk) run() *desk {
	d.t.Helper()
	d.dead = &atomic.Bool{}
	opts := d.opts
	opts.Store = handle{d.store, d.dead}
	d.box = New(opts)
	return d.lead(nil)
}

// lead begins a term of the process. Stopping is closed when the process ends; nil:
// with the term.
func (d *desk) lead(stopping chan struct{}) *desk {
	d.count++
	d.owner = fmt.Sprintf("term %d", d.count)
	d.store.begin(d.owner)
	owner := d.owner
	term := Term{Owner: owner, Stopping: stopping, Sender: senderFunc(func(ctx context.Context, row Row) Outcome { return d.tg.send(ctx, owner, row) })}
	ctx, stop := context.WithCancel(context.Background())
	box, ended := d.box, make(chan error, 1)
	go func() { ended <- box.Run(ctx, term) }()
	d.stop, d.ended = stop, ended
	synctest.Wait()
	return d
}

// halt stops the process and waits for its end.
func (d *desk) halt() error {
	d.stop()
	if d.ended != nil {
		d.err, d.ended = <-d.ended, nil
	}
	return d.err
}

// kill ends the process without a word to the store.
func (d *desk) kill() {
	d.dead.Store(true)
	d.stop()
	d.ended = nil
}

// commit stores rows and offers them, as the acting process does.
func (d *desk) commit(rows ...Row) []Row {
	rows = d.store.commit(d.owner, rows...)
	var strange int64
	d.store.edit(func() { strange = d.store.strange })
	d.box.Offer(d.owner, rows, strange)
	synctest.Wait()
	return rows
}

// pass lets time go by in the bubble.
func (d *desk) pass(span time.Duration) {
	time.Sleep(span) // the bubble's clock: takes no time
	synctest.Wait()
}

// timeline writes the attempts as "text@seconds", in half seconds rounded down:
// the store is asked every fifth of a second, at an instant that is nobody's
// business.
func (d *desk) timeline() string {
	var words []string
	for _, a := range d.tg.all() {
		words = append(words, fmt.Sprintf("%s@%.1f", a.Say.Text, a.Start.Sub(d.start).Truncate(time.Second/2).Seconds()))
	}
	return strings.Join(words, " ")
}

// say is an ordinary row.
func say(chat int64, text string) Row {
	return Row{Chat: chat, Class: talk.AnswerClass, Say: talk.Say{Chat: chat, Text: text}}
}

// show is a row of a slot.
func show(chat int64, slot, text string) Row {
	r := say(chat, text)
	r.Slot, r.Say.Slot, r.Class = slot, slot, talk.CardClass
	return r
}

// alarm is a danger row.
func alarm(chat int64, text string) Row {
	r := say(chat, text)
	r.Class = talk.Danger
	return r
}

// bubble runs a test on a clock of its own.
func bubble(t *testing.T, f func(t *testing.T, d *desk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { f(t, newDesk(t)) })
}
