package app

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync/atomic"
	"time"

	"powerdesk/bot/admission"
	"powerdesk/bot/lead"
	"powerdesk/bot/outbox"
	"powerdesk/bot/store"
	"powerdesk/bot/telegram"
	"powerdesk/flows/county"
	"powerdesk/flows/desk"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// Telegram is what the app uses of Telegram beside the sending of rows.
type Telegram interface {
	Answer(ctx context.Context, t talk.Toast) error
	Member(ctx context.Context, chat, user int64) (bool, error)
	Leave(ctx context.Context, chat int64) error
	Send(ctx context.Context, o telegram.Outgoing) (int, error)
}

// Store is what the app uses of the store beside the outbox's rows.
type Store interface {
	Load(ctx context.Context, want store.Want) (talk.State, store.Bodies, error)
	Commit(ctx context.Context, c store.Change) (store.Result, error)
	Due(ctx context.Context, now time.Time, n int) ([]talk.Remind, error)
	OpenJobs(ctx context.Context) ([]*job.Job, error)
	Log(ctx context.Context, since, until time.Time) ([]talk.Log, error)
	Facts(ctx context.Context, since, until time.Time) ([]job.Fact, error)
	SlotOf(ctx context.Context, chat int64, message int) (string, error)
	Members(ctx context.Context, set string, since time.Time, n int) ([]string, error)
	CountMembers(ctx context.Context, set string) (int, error)
	Spread(ctx context.Context, owner string, now time.Time, n int) (store.Spreading, error)
}

// Outbox takes what was committed for the owner of a term.
type Outbox interface {
	Offer(owner string, rows []outbox.Row, strange int64)
	Missed(owner string) // rows that nobody can offer
	Stats() outbox.Stats
}

// Clock tells the time.
type Clock interface{ Now() time.Time }

// App handles events. All its methods may be called at the same time: two
// events of one person meet in the store, where one of them is decided anew.
type App struct {
	desk      atomic.Pointer[talk.Desk]
	store     Store
	out       Outbox
	term      func() *lead.Term
	direct    direct
	members   *members
	clock     Clock
	log       *slog.Logger
	brought   bool
	count     *metrics
	admission *admission.Control
	redisAway *lead.RedisAwayNotice
	moves     groupMoves
	uncertain uncertainCommits
}

// Parts are what an App is made of.
type Parts struct {
	County  *county.County
	Store   Store
	Moves   Moves
	Tg      Telegram
	Clock   Clock
	Log     *slog.Logger
	Outbox  Outbox
	Term    func() *lead.Term // the latest of this process: only while it holds the App acts
	Brought bool              // Telegram brings updates to every replica, and each may ask what it needs for them
	Pace    admission.Pace    // of people; the zero one is no limit
}

// New makes an App. It does nothing until an event comes.
func New(p Parts) *App {
	a := &App{
		store: p.Store, out: p.Outbox, term: p.Term, clock: p.Clock, log: p.Log, brought: p.Brought,
		members: newMembers(p.Tg, p.Clock, p.County.Timers.Claim), count: newMetrics(),
		moves: groupMoves{kept: p.Moves, unsaved: make(map[int64]int64)},
	}
	a.direct = direct{tg: p.Tg, county: a.County, log: p.Log}
	a.redisAway = lead.NewRedisAwayNotice(a.direct, p.Clock, p.Log)
	a.admission = admission.New(p.Pace, a, p.Clock, p.Log)
	a.Serve(p.County)
	return a
}

// Serve makes the desk decide for the county from the next event on: groups
// change their ids when they grow into supergroups.
func (a *App) Serve(c *county.County) { a.desk.Store(desk.New(c)) }

// County is the one that the desk decides for at present.
func (a *App) County() *county.County { return a.desk.Load().County }

// Chats are the desk's groups now.
func (a *App) Chats() county.Chats { return a.County().Chats }

// op names a commit, so that a repeat of it is known: it need differ only from those
// of the same event.
func op() string { return rand.Text()[:8] }
