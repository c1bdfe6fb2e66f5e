package demo

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Clock tells the time by which messages are dated and by which updates, callback queries and the pauses of a 429 age.
type Clock interface{ Now() time.Time }

type machineClock struct{}

func (machineClock) Now() time.Time { return time.Now() }

// Bot is how the desk's own account looks to people. ID defaults to the number in front of the token's colon.
type Bot struct {
	ID       int64
	Name     string
	Username string
}

// Options of a stand-in. The zero value of each field works; its default is named.
type Options struct {
	// Clock defaults to the machine's.
	Clock Clock
	// After makes the timers of long polls, webhook retries and delaying faults. Default time.After; tests with their own clock give their own.
	After func(time.Duration) <-chan time.Time
	// Token defaults to "1000001:demo".
	Token string
	// Bot defaults to "Desk", @desk_bot.
	Bot Bot
	// KeepCalls is how many calls the ledger remembers: default 10 000, negative none. Counts per method are always kept.
	KeepCalls int
	// Logger defaults to silence. It is never given texts, names or the token.
	Logger *slog.Logger
}

// keepMessages is how many messages a chat remembers. Older ones can be neither read nor edited.
const keepMessages = 5000

// Telegram is one stand-in server for one bot. All its methods may be called at the same time from anywhere.
type Telegram struct {
	clock        Clock
	after        func(time.Duration) <-chan time.Time
	log          *slog.Logger
	token        string
	keepMessages int
	me           *wireUser

	mu          sync.Mutex
	users       map[int64]*user
	chats       map[int64]*chat
	people      []Person // whom the wiring put on the stage: Reset goes back to them
	groups      []Group  // likewise
	nextMessage int      // ids of private chats and basic groups are one sequence, as in the bot's own mailbox
	nextAlbum   int
	seats       int // people and groups that were added so far
	guests      int // people who joined through the page since the last reset
	queue       queue
	polling     polling
	webhook     *webhook
	queries     queries
	files       files
	commands    map[menuKey][]BotCommand
	pauses      pauses
	faults      []*armedFault
	ledger      ledger
	audience    audience
	changed     signal

	closed  chan struct{}
	closing sync.Once
	pushing sync.WaitGroup
}

// New makes a server with no people, no groups and an empty queue. Close ends what it has running.
func New(o Options) *Telegram {
	if o.After == nil {
		o.After = time.After
	}
	token := cmp.Or(o.Token, "1000001:demo")
	if o.Bot.ID == 0 {
		number, _, _ := strings.Cut(token, ":")
		o.Bot.ID, _ = strconv.ParseInt(number, 10, 64) // a token without a number makes a bot with id 0, which nothing forbids
	}
	return &Telegram{
		clock:        cmp.Or[Clock](o.Clock, machineClock{}),
		after:        o.After,
		log:          cmp.Or(o.Logger, slog.New(slog.DiscardHandler)),
		token:        token,
		keepMessages: keepMessages,
		me: &wireUser{
			ID: o.Bot.ID, IsBot: true,
			FirstName: cmp.Or(o.Bot.Name, "Desk"),
			Username:  cmp.Or(o.Bot.Username, "desk_bot"),
		},
		users:    make(map[int64]*user),
		chats:    make(map[int64]*chat),
		commands: make(map[menuKey][]BotCommand),
		queries:  queries{open: make(map[string]*Press)},
		files:    files{byName: make(map[string]*file)},
		audience: make(audience),
		queue:    queue{next: 1},
		pauses:   pauses{until: make(map[scope]time.Time)},
		ledger:   ledger{keep: max(0, cmp.Or(o.KeepCalls, 10_000)), counts: make(map[string]int)},
		closed:   make(chan struct{}),
	}
}

// Close ends long polls, hanging faults, webhook pushes and page streams, and waits for the pushes. Calls that come later are still answered.
func (t *Telegram) Close() {
	t.closing.Do(func() {
		t.mu.Lock()
		close(t.closed)
		t.dropWebhook()
		t.audience.dismiss()
		t.mu.Unlock()
	})
	t.pushing.Wait()
}

// Token is the token the bot must use.
func (t *Telegram) Token() string { return t.token }

// Handler serves /bot<token>/<method> and /file/bot<token>/<path>. A wrong token is answered 401, an unknown method 404.
func (t *Telegram) Handler() http.Handler { return http.HandlerFunc(t.route) }

func (t *Telegram) route(w http.ResponseWriter, r *http.Request) {
	rest, isFile := strings.CutPrefix(r.URL.Path, "/file/bot")
	if !isFile {
		var ok bool
		if rest, ok = strings.CutPrefix(r.URL.Path, "/bot"); !ok {
			encode(nil, errNotFound).write(w)
			return
		}
	}
	token, name, _ := strings.Cut(rest, "/")
	switch {
	case token != t.token:
		encode(nil, errUnauthorized).write(w)
	case isFile:
		t.serveFile(w, name)
	default:
		t.serveMethod(w, r, name)
	}
}

func (t *Telegram) serveMethod(w http.ResponseWriter, r *http.Request, name string) {
	m, ok := methods[strings.ToLower(name)]
	if !ok {
		encode(nil, errUnknownMethod).write(w)
		return
	}
	c, refused := readCall(w, r)
	if refused != nil {
		encode(nil, refused).write(w)
		return
	}
	c.method = m.name
	if f := t.faultFor(c); f != nil {
		t.misbehave(w, r, f, c, m)
		return
	}
	t.carryOut(r.Context(), c, m, "").write(w)
}

// carryOut does what a call asks for and writes it into the ledger. fault names what will happen to the reply, for the ledger alone.
func (t *Telegram) carryOut(ctx context.Context, c *call, m method, fault string) reply {
	if m.run == nil { // getUpdates waits, so it takes the lock itself
		return t.getUpdates(ctx, c, fault)
	}
	result, refused := t.locked(c, m, fault)
	return encode(result, refused)
}

func (t *Telegram) locked(c *call, m method, fault string) (result any, _ *apiError) {
	t.mu.Lock()
	defer t.mu.Unlock()
	refused := t.admit(c, m.paced)
	if refused == nil {
		refused = caught(func() { result = m.run(t, c) })
	}
	t.record(c, result, refused, fault)
	return result, refused
}

// now is the server's time in whole seconds, as Telegram dates everything.
func (t *Telegram) now() int64 { return t.clock.Now().Unix() }
