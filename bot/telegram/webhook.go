package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
)

// Connections is how many updates Telegram may bring at the same time: its own
// default. It takes one of a chat at a time, so this is chats and not messages.
const Connections = 40

// inHand is how many updates may be taken and not settled: a slow one may come
// twice.
const inHand = 2 * Connections

// ErrBusy says that an update cannot be taken right now, and must come again:
// too many are in hand, or the desk does not take any.
var ErrBusy = errors.New("telegram: too many updates in hand, or none are taken now")

// WebhookOptions are what a Webhook needs. URL and Secret must be set.
type WebhookOptions struct {
	URL    string // where Telegram brings updates
	Secret Token  // what it shows there: 1–256 characters A-Za-z0-9_-

	Handle func(context.Context, Update) error // as for Poll
}

// Webhook takes the updates that Telegram brings by itself (Receive), and sees to
// it that it does (Keep). It does the work of Poll the other way round: what Take
// returned nil for is stored for good, and everything else comes again.
type Webhook struct {
	*Client
	url    string
	secret func() string
	handle func(context.Context, Update) error

	order lanes
	slots chan struct{}       // of those that are handled
	hand  *semaphore.Weighted // of those that are taken; held whole while none are

	trouble  atomic.Pointer[trouble] // nil: Telegram has not been asked to bring anything yet
	lastTake moment
}

// NewWebhook makes a Webhook that takes nothing until Receive.
func (c *Client) NewWebhook(o WebhookOptions) *Webhook {
	secret := string(o.Secret)
	w := &Webhook{
		Client: c, url: o.URL, secret: func() string { return secret }, handle: o.Handle,
		slots: make(chan struct{}, c.opts.Parallel), hand: semaphore.NewWeighted(inHand),
	}
	w.hand.TryAcquire(inHand) // nothing is taken yet
	return w
}

// Receive takes updates until ctx ends, and then waits for those in hand, ten
// seconds at most. Call it once.
func (w *Webhook) Receive(ctx context.Context) {
	w.hand.Release(inHand)
	<-ctx.Done()
	settled := make(chan struct{})
	go func() {
		// Nothing more is taken from the moment in which this waits.
		_ = w.hand.Acquire(context.Background(), inHand)
		close(settled)
	}()
	select {
	case <-settled:
	case <-w.opts.After(grace):
	}
}

// Take settles one update. Two of one chat, or of one sender, are settled in the
// order in which they came; an unreadable one, and one whose handler panics
// three times, goes into quarantine. nil means that it is stored for good; after
// an error nothing may be confirmed. An ended ctx is such an error.
func (w *Webhook) Take(ctx context.Context, raw json.RawMessage) error {
	if !w.hand.TryAcquire(1) {
		return ErrBusy
	}
	defer w.hand.Release(1)
	// Commands in a group cannot be read without the bot's own name.
	if err := w.named(ctx); err != nil {
		return err
	}
	p := w.open(raw)
	place := w.order.enter(p.keys())
	defer place.leave()
	if err := place.wait(ctx); err != nil {
		return err
	}
	select {
	case w.slots <- struct{}{}:
		defer func() { <-w.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	err := w.attempt(ctx, p, w.handle)
	for panicked(err) && ctx.Err() == nil {
		err = w.attempt(ctx, p, w.handle)
	}
	if err != nil {
		w.opts.Logger.Warn("update not handled", "update", p.update.ID, "err", w.mask(err.Error()))
		return err
	}
	w.lastTake.Store(new(w.opts.Clock.Now()))
	return nil
}

// panicked says whether another attempt brings the update nearer to its end: the
// attempts after which it goes into quarantine are counted in one Take, because
// Telegram may bring it to another replica next.
func panicked(err error) bool {
	_, ok := errors.AsType[*crash](err)
	return ok
}

// namePatience bounds the question for the bot's own name while an update waits.
const namePatience = 3 * time.Second

func (w *Webhook) named(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, namePatience)
	defer cancel()
	_, _, err := w.Me(ctx)
	return err
}

// LastTake is when an update was settled last, zero for never. A quiet night is
// no fault, so this alone says nothing about the webhook.
func (w *Webhook) LastTake() time.Time { return w.lastTake.at() }
