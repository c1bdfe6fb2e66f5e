package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"powerdesk/bot/admission"
	"powerdesk/bot/lead"
	"powerdesk/bot/outbox"
	"powerdesk/bot/store"
	"powerdesk/bot/telegram"
	"powerdesk/bot/web"
	"powerdesk/flows/county"
	"powerdesk/flows/talk"
	"powerdesk/flows/understand"
)

// Running is a desk at work: one replica of it. Of all that share a token and a
// Redis one acts (bot/lead).
type Running struct {
	App     *App
	Store   *store.Store
	tg      *telegram.Client
	log     *slog.Logger
	outbox  *outbox.Outbox
	gallery *gallery
	elector *lead.Elector
	pauses  *lead.MethodPauses
	handle  func(context.Context, telegram.Update) error // update, but in tests
	menus   bool                                         // set once is set

	hook     *telegram.Webhook // nil: the desk polls
	door     http.Handler      // of the webhook, at doorPath
	doorPath string
	beside   sync.WaitGroup // what every replica does, whoever acts
}

// Setting is what a desk needs to run.
type Setting struct {
	County   *county.County
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

// Build makes a desk from its parts. It does not call Redis or Telegram: a desk
// can start while either is away, and says so in its health.
func Build(s Setting) (*Running, error) {
	understand.Prepare()
	kept, err := store.Open(store.Options{URL: s.RedisURL, Key: s.County.Key, Bot: telegram.Token(s.Token).Bot(), Keep: s.County.Keep, Logger: s.Log})
	if err != nil {
		return nil, fmt.Errorf("set up redis: %w", err)
	}
	r := &Running{Store: kept, log: s.Log, pauses: lead.NewMethodPauses(kept)}
	r.tg, err = telegram.New(telegram.Options{
		Token: telegram.Token(s.Token), APIURL: s.APIURL, Proxy: s.Proxy, LongPoll: s.LongPoll, May: r.mayCall, Flooded: r.pauses.Heard,
		Chats: func() county.Chats { return r.App.Chats() }, Zone: s.County.Zone, Clock: s.Clock, Logger: s.Log,
		Waiting:    func(ctx context.Context, u telegram.Update) error { return r.App.redisAway.TellWaiting(ctx, u.Event) },
		Quarantine: func(ctx context.Context, p telegram.Poison) error { return r.App.quarantine(ctx, p) },
	})
	if err != nil {
		return nil, fmt.Errorf("telegram: %w", err)
	}
	r.handle = r.update
	r.gallery = newGallery(r.tg, kept, s.Log)
	r.outbox = r.newOutbox(outbox.Limits(s.SendRate))
	brought := s.Webhook.URL != ""
	r.App = New(Parts{
		County: s.County, Store: kept, Moves: kept, Tg: r.tg, Clock: s.Clock, Log: s.Log, Brought: brought,
		Pace: admission.PaceFor(s.SendRate), Outbox: r.outbox, Term: func() *lead.Term { return r.elector.Term() },
	})
	r.elector = lead.New(lead.Options{
		Leases: leaseStore{kept, r.leads}, Unavailable: store.ErrUnavailable, Begin: r.begin, Brought: brought,
		Look: r.tg.Watch, Notice: r.App.redisAway, Pauses: r.pauses, Log: s.Log,
	})
	r.App.count.watch(r.outbox, s.Clock.Now)
	r.App.count.watchTerm(r.leads)
	if brought {
		r.useWebhook(s.Webhook)
	}
	return r, nil
}

// leads says whether this process acts.
func (r *Running) leads() bool { return r.elector.Leads() }

// mayCall says to the client whether it may make a call, as it understands it.
func (r *Running) mayCall(method string) error {
	wait, err := r.elector.MayCall(method)
	if err == nil && wait > 0 {
		return telegram.Wait(wait)
	}
	return err
}

// Run works until ctx ends. Then it stops in the order in which nothing is lost:
// first no more updates are taken, then what was committed is sent, then the
// leader's lease is given back, and the store is closed.
func (r *Running) Run(ctx context.Context) error {
	r.beside.Go(func() {
		r.recall(ctx)
		if r.hook != nil {
			r.hook.Receive(ctx)
		}
	})
	r.beside.Go(func() { r.App.every(ctx, tick, "other replicas cannot be told of a wait yet", r.pauses.Save) })
	r.beside.Go(func() { r.App.every(ctx, lookForMoves, "whether a group has moved is not known", r.App.lookMoves) })
	err := r.elector.Run(ctx)
	r.beside.Wait()
	return errors.Join(err, r.Store.Close())
}

// update hands what Telegram tells to the app.
func (r *Running) update(ctx context.Context, u telegram.Update) error {
	if err := failpoint(ctx, atFetched); err != nil {
		return err
	}
	if u.Migrated != (telegram.Migration{}) {
		if err := failpoint(ctx, atMoving); err != nil {
			return err
		}
		return r.App.Moved(ctx, u.Migrated.Old, u.Migrated.New)
	}
	if u.Event.Kind == talk.Departed {
		if err := r.departed(ctx, u); err != nil {
			return err
		}
	}
	if u.Event.Kind == talk.Added {
		r.log.Info("put into a group", "chat", u.Event.Chat.ID, "kind", u.Event.Chat.Kind)
	}
	return r.App.Handle(ctx, u.Event)
}

// moved follows a group whose new id was told to a message that could not be
// sent. What cannot be kept at once is kept later.
func (r *Running) moved(from, to int64) {
	ctx, cancel := context.WithTimeout(context.Background(), directFor)
	defer cancel()
	if err := r.App.Moved(ctx, from, to); err != nil {
		r.log.Warn("a group's new id is not kept yet", "err", err)
	}
}

// Front is the desk's own HTTP side: health, metrics and, in the demo, the page.
func (r *Running) Front(clock Clock, try http.Handler) http.Handler {
	return web.Handler(web.Options{
		Try: try, Metrics: r.App.count.handler(),
		Health:  health{r, clock},
		Role:    r.elector.Role,
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
