package app

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"powerdesk/bot/outbox"
	"powerdesk/bot/store"
	"powerdesk/bot/telegram"
	"powerdesk/flows"
	"powerdesk/flows/desk"
	"powerdesk/flows/words"
)

// Telegram is what the app uses of Telegram beside the sending of rows.
type Telegram interface {
	Answer(ctx context.Context, t flows.Toast) error
	Member(ctx context.Context, chat, user int64) (bool, error)
	Leave(ctx context.Context, chat int64) error
	Send(ctx context.Context, o telegram.Outgoing) (int, error)
}

// Store is what the app uses of the store beside the outbox's rows.
type Store interface {
	Load(ctx context.Context, want store.Want) (flows.State, error)
	Commit(ctx context.Context, c store.Change) (store.Result, error)
	Due(ctx context.Context, now time.Time, n int) ([]flows.Remind, error)
	OpenJobs(ctx context.Context) ([]*flows.Job, error)
	Log(ctx context.Context, n int) ([]flows.Log, error)
}

// Outbox takes what a commit has leased to this process.
type Outbox interface {
	Offer(rows []outbox.Row)
	Full() bool // rows of a commit rather stay in the store
}

// Clock tells the time.
type Clock interface{ Now() time.Time }

// App handles events. All its methods may be called at the same time: two
// events of one person meet in the store, where one of them is decided anew.
type App struct {
	desk    atomic.Pointer[flows.Desk]
	store   Store
	term    atomic.Pointer[term] // nil: another process acts, and sends
	tg      Telegram
	members *members
	clock   Clock
	log     *slog.Logger
	lease   time.Duration
	count   *metrics
	away    *notices
	brought bool // Telegram brings updates to every replica, and each may ask what it needs for them
	moves   movers
	doubts  doubts
	pace    *pacer
	barred  days
}

// Parts are what an App is made of.
type Parts struct {
	County *flows.County
	Store  Store
	Moves  Moves // nil: a group's new id is forgotten with the process
	Tg     Telegram
	Clock  Clock
	Log    *slog.Logger
	Lease  time.Duration // of the rows a commit hands to this process
	Pace   Pace          // of one person; the zero one is no limit

	// With these the App acts from the start and for ever, as if nobody else
	// could. Without, it stands by until it is given a term.
	Outbox Outbox
	Owner  string // names this process's leases; Owner() makes one
}

// New makes an App. It does nothing until an event comes.
func New(p Parts) *App {
	a := &App{
		store: p.Store, tg: p.Tg, clock: p.Clock, log: p.Log, lease: p.Lease,
		members: newMembers(p.Tg, p.Clock, p.County.Timers.Claim), count: newMetrics(), away: newNotices(p.Clock),
		pace: newPacer(p.Pace, p.Clock), moves: movers{kept: p.Moves, unsaved: make(map[int64]int64)},
	}
	if p.Outbox != nil {
		a.term.Store(&term{owner: p.Owner, until: endless(), out: p.Outbox})
	}
	a.Serve(p.County)
	return a
}

// Serve makes the desk decide for the county from the next event on: groups
// change their ids when they grow into supergroups.
func (a *App) Serve(c *flows.County) { a.desk.Store(desk.New(c)) }

// County is what the desk decides for now.
func (a *App) County() *flows.County { return a.desk.Load().County }

// Chats are the desk's groups now.
func (a *App) Chats() flows.Chats { return a.County().Chats }

// Speak makes the duty group's cards appear in the language.
func (a *App) Speak(l words.Lang) {
	c := *a.County()
	c.Lang = l
	a.Serve(&c)
}

// Owner names one term of this process: a process that was taken for dead must
// not be mistaken for the one that took over, nor for itself later on.
func Owner() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%s-%d-%s", host, os.Getpid(), token())
}

// tokenBytes makes 16 characters of base64url.
const tokenBytes = 12

// token is 16 random characters that fit a deep link.
func token() string {
	raw := make([]byte, tokenBytes)
	rand.Read(raw) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(raw)
}
