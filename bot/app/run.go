package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/sync/errgroup"

	"powerdesk/bot/outbox"
	"powerdesk/bot/store"
	"powerdesk/bot/telegram"
	"powerdesk/bot/web"
	"powerdesk/flows"
)

// Running is a desk at work: one process for one token.
type Running struct {
	App   *App
	Store *store.Store
	out   *outbox.Outbox
	tg    *telegram.Client
	log   *slog.Logger

	hook     *telegram.Webhook // nil: the desk polls
	door     http.Handler      // of the webhook, at doorPath
	doorPath string
}

// Setting is what a desk needs to run.
type Setting struct {
	County   *flows.County
	Token    string
	APIURL   string
	RedisURL string
	Proxy    func(*http.Request) (*url.URL, error)
	SendRate int           // sends a second; 0 = no limit, for a stand-in, nor one for its people
	LongPoll time.Duration // 0 = telegram's default
	Webhook  WebhookSetting
	Clock    Clock
	Log      *slog.Logger
}

// rowLease is how long a message is this process's to send. The outbox renews
// it while the message waits in memory; after a crash another process sends it
// this much later.
const rowLease = 15 * time.Second

// Build makes a desk from its parts. It does not call Redis or Telegram: a desk
// can start while either is away, and says so in its health.
func Build(s Setting) (*Running, error) {
	kept, err := store.Open(store.Options{URL: s.RedisURL, Key: s.County.Key, Keep: s.County.Keep, Logger: s.Log})
	if err != nil {
		return nil, fmt.Errorf("open the store: %w", err)
	}
	r := &Running{Store: kept, log: s.Log}
	owner := Owner()
	r.tg, err = telegram.New(telegram.Options{
		Token: telegram.Token(s.Token), APIURL: s.APIURL, Proxy: s.Proxy, LongPoll: s.LongPoll,
		Chats: func() flows.Chats { return r.App.Chats() }, Zone: s.County.Zone, Clock: s.Clock, Logger: s.Log,
		Quarantine: func(ctx context.Context, p telegram.Poison) error { return r.App.quarantine(ctx, p) },
	})
	if err != nil {
		return nil, fmt.Errorf("telegram: %w", err)
	}
	r.out = outbox.New(outbox.Options{
		Store: shelf{kept}, Sender: sender{r.tg}, Owner: owner, Lease: rowLease, Limits: outbox.Limits(s.SendRate), Logger: s.Log,
		Moved:  r.moved,
		Gone:   func(chat int64) { r.App.unreachable(chat) },
		Fatal:  func(err error) { r.App.refused(err) },
		Buried: func(_ outbox.Row, reason string) { r.App.count.buried.WithLabelValues(reason).Inc() },

		Undelivered: func(ctx context.Context, row outbox.Row) error { return r.App.undelivered(ctx, row) },
	})
	r.App = New(Parts{
		County: s.County, Store: kept, Moves: kept, Outbox: r.out, Tg: r.tg, Clock: s.Clock, Log: s.Log, Owner: owner, Lease: rowLease,
		Pace: paceFor(s.SendRate),
	})
	r.App.count.watch(r.out, s.Clock.Now)
	if s.Webhook.URL != "" {
		r.useWebhook(s.Webhook)
	}
	return r, nil
}

// Run works until ctx ends, then stops in the order in which nothing is lost:
// first no more updates are taken, then what was committed is sent, then the
// store is closed.
func (r *Running) Run(ctx context.Context) error {
	sending, stopSending := context.WithCancel(context.WithoutCancel(ctx))
	defer stopSending()
	sent := make(chan error, 1)
	go func() { sent <- r.out.Run(sending) }()

	r.App.recallMoves(ctx)
	taking, takeCtx := errgroup.WithContext(ctx)
	taking.Go(func() error { return stopped(r.poll(takeCtx)) })
	taking.Go(func() error { return stopped(r.receive(takeCtx)) })
	taking.Go(func() error { r.App.watchMoves(takeCtx); return nil })
	taking.Go(func() error { return r.App.Boot(takeCtx) })
	taking.Go(func() error { return r.App.Tick(takeCtx) })
	taking.Go(func() error { offerCommands(takeCtx, r.App, r.tg); return nil })
	err := taking.Wait()

	stopSending()
	err = errors.Join(err, stopped(<-sent))
	return errors.Join(err, r.Store.Close())
}

// update hands what Telegram tells to the app.
func (r *Running) update(ctx context.Context, u telegram.Update) error {
	if u.Migrated != (telegram.Migration{}) {
		return r.App.Moved(ctx, u.Migrated.Old, u.Migrated.New)
	}
	if u.Event.Kind == flows.Departed {
		if err := r.departed(ctx, u); err != nil {
			return err
		}
	}
	if u.Event.Kind == flows.Added {
		r.log.Info("put into a group", "chat", u.Event.Chat.ID, "kind", u.Event.Chat.Kind)
	}
	return r.App.Persist(ctx, u.Event)
}

// moved follows a group whose new id was told to a message that could not be
// sent. What cannot be kept at once is kept later.
func (r *Running) moved(from, to int64) {
	ctx, cancel := context.WithTimeout(context.Background(), asideFor)
	defer cancel()
	if err := r.App.Moved(ctx, from, to); err != nil {
		r.log.Warn("a group's new id is not kept yet", "err", err)
	}
}

// stopped takes the end of a context for what it is: no error.
func stopped(err error) error {
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// Front is the desk's own HTTP side: health, metrics and, in the demo, the page.
func (r *Running) Front(clock Clock, try http.Handler) http.Handler {
	return web.Handler(web.Options{
		Try: try, Metrics: r.App.count.handler(),
		Health:  health{store: r.Store, tg: r.tg, hook: r.hook, out: r.out, clock: clock},
		Webhook: r.door, WebhookPath: r.doorPath,
	})
}

// open takes an address to listen on.
func open(ctx context.Context, addr string) (net.Listener, error) {
	var c net.ListenConfig
	l, err := c.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen (LISTEN_ADDR): %w", err)
	}
	return l, nil
}

// graceful is how long open requests may take when the desk stops.
const graceful = 5 * time.Second

// listen serves handler until ctx ends.
func listen(ctx context.Context, l net.Listener, handler http.Handler, log *slog.Logger) error {
	server := web.Server(handler, log)
	stop := context.AfterFunc(ctx, func() {
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceful)
		defer cancel()
		if err := server.Shutdown(ending); err != nil {
			log.Warn("the page did not stop in time", "err", err)
		}
	})
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	}
	return nil
}
