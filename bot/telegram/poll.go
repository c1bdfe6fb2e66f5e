package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// allowedUpdates are the kinds Decode knows. It is always sent: left out or
// null, the server keeps what an earlier program asked for (RELIABILITY §1.19).
const allowedUpdates = `["message","edited_message","callback_query","my_chat_member","chat_member"]`

// The waits of the loop.
const (
	probe        = time.Minute      // between two tries with a refused token (RELIABILITY §5 A: above 30 s)
	foreignLeast = 5 * time.Second  // after another poller took over again: RELIABILITY §1.4
	foreignMost  = 30 * time.Second //
	retryFirst   = time.Second      // after a failure of the network
	retryMost    = 30 * time.Second //
	quick        = time.Second      // between two empty answers that were not held
	grace        = 10 * time.Second // for handlers that run when the loop is stopped
)

// Poll asks Telegram for updates until ctx ends, and returns ctx's error. Each
// update goes to handle: several chats at once, one chat and one sender
// strictly in order. handle returns nil when the update is stored for good; an
// error is tried again and holds up its chat, a panic three times leads into
// quarantine. An update is confirmed when it and all before it are settled, and
// Telegram is asked again while some are in hand (window.go). Handlers that run
// when ctx ends have ten seconds left.
//
// Poll waits out every failure by itself: a refused token raises the alarm once
// and is tried again each minute; another poller, 429 and the network each have
// their own pause. Call it once at a time.
func (c *Client) Poll(ctx context.Context, handle func(context.Context, Update) error) error {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	context.AfterFunc(ctx, func() {
		c.wait(work, grace)
		cancel()
	})
	p := poller{failures: failures{Client: c}, handle: handle, window: newWindow(), slots: make(chan struct{}, c.opts.Parallel), next: make(chan func())}
	for ctx.Err() == nil {
		p.turn(ctx, work)
	}
	p.window.handlers.Wait()
	if p.slide(); p.offset != p.confirmed {
		// These are settled, so the next process need not see them again.
		_, _ = p.fetch(work, 0)
	}
	return ctx.Err()
}

// LastPoll is when Telegram last answered a getUpdates, zero for never. It is
// what tells a desk that hears from one that is deaf: getMe stays green on both
// (RELIABILITY §2, "getUpdates").
func (c *Client) LastPoll() time.Time { return c.lastPoll.at() }

// moment is when something happened last, zero for never.
type moment struct{ atomic.Pointer[time.Time] }

func (m *moment) at() (at time.Time) {
	if last := m.Load(); last != nil {
		at = *last
	}
	return at
}

// poller is the state of one Poll.
type poller struct {
	failures
	handle    func(context.Context, Update) error
	window    *window
	order     lanes         // of chats and senders, from batch to batch
	slots     chan struct{} // attempts under way
	next      chan func()   // for a goroutine that has handled an update lately
	offset    int           // of the next call; 0 = what Telegram has
	confirmed int           // the offset that Telegram was told last
	alone     bool          // no webhook of an earlier configuration is set
	deposed   int           // calls in a row that were refused because a webhook is set
}

// turn fetches what waits and hands out what is new of it.
func (p *poller) turn(ctx, work context.Context) {
	began := time.Now() // of the wire and not of the desk: how long the call was held
	p.slide()
	batch, err := p.fetch(ctx, p.opts.LongPoll)
	if ctx.Err() != nil {
		return
	}
	if err == nil {
		err = p.handOut(ctx, work, batch)
	}
	if err != nil {
		p.oppose(err)
		p.stumble(ctx, "poll failed", err)
		return
	}
	p.over()
	p.deposed = 0
	switch {
	case len(batch) > 0:
		p.until(ctx, len(batch))
	case time.Since(began) < quick:
		// A server that does not hold the call must not be asked in a circle.
		p.wait(ctx, quick)
	}
}

// slide moves the offset on to what is not settled.
func (p *poller) slide() {
	p.offset = p.window.slide(p.offset)
	if p.offset != 0 {
		p.settled.Store(int64(p.offset))
	}
}

// fetch asks for the next batch. The bot's own name comes first: commands in a
// group cannot be read without it. Then goes a webhook: beside one, Telegram
// answers no getUpdates.
func (p *poller) fetch(ctx context.Context, hold time.Duration) ([]json.RawMessage, error) {
	if _, _, err := p.Me(ctx); err != nil {
		return nil, err
	}
	if !p.alone {
		if err := p.takeOver(ctx); err != nil {
			return nil, err
		}
	}
	batch, asked, err := p.getUpdates(ctx, p.offset, hold)
	if asked {
		p.confirmed = p.offset // the question confirms, not the answer
	}
	return batch, err
}

// getUpdates asks for what waits from an offset on, which confirms all that
// comes before it, and says whether the question has left.
func (c *Client) getUpdates(ctx context.Context, offset int, hold time.Duration) (batch []json.RawMessage, asked bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, hold+c.opts.Timeout)
	defer cancel()
	params := tgbotapi.Params{"limit": "100", "allowed_updates": allowedUpdates}
	params.AddNonZero("offset", offset)
	params.AddNonZero("timeout", int(hold/time.Second))
	x := &exchange{ctx: ctx, client: c.polling}
	err = c.exchange(x, "getUpdates", params, &batch)
	if err != nil {
		return nil, x.wrote.Load(), err
	}
	c.lastPoll.Store(new(c.opts.Clock.Now()))
	return batch, true, nil
}

// handOut lets what is new of a batch be handled, each in its turn. Where Telegram
// counts anew, what is in hand of the old count is waited for first.
func (p *poller) handOut(ctx, work context.Context, batch []json.RawMessage) error {
	parcels := p.openAll(batch)
	if len(batch) > 0 && !slices.ContainsFunc(parcels, (*parcel).identified) {
		return errors.New("telegram getUpdates: no update of the batch has an id")
	}
	if p.window.restarted(parcels) {
		p.window.handlers.Wait()
		p.slide()
	}
	for _, parcel := range p.window.take(parcels) {
		place := p.order.enter(parcel.keys())
		p.window.handlers.Add(1)
		p.start(work, func() {
			defer p.window.handlers.Done()
			defer place.leave()
			_ = place.wait(context.Background())
			if p.settle(ctx, work, parcel, p.handle, p.slots) {
				p.window.settle(parcel)
			}
		})
	}
	return nil
}

// kept is how long a goroutine waits for another update: its stack has grown by then
// to what one needs, which costs more than to make it.
const kept = time.Second

// start lets a goroutine that is kept, or else a new one, handle an update.
func (p *poller) start(work context.Context, handle func()) {
	select {
	case p.next <- handle:
		return
	default:
	}
	go func() {
		for {
			handle()
			select {
			case handle = <-p.next:
			case <-time.After(kept):
				return
			case <-work.Done():
				return
			}
		}
	}()
}

// takeOver takes back a webhook that an earlier configuration has set. What
// waits for it is kept, and polled.
func (p *poller) takeOver(ctx context.Context) error {
	info, err := p.webhookInfo(ctx)
	if err != nil {
		return err
	}
	if info.URL != "" {
		err := p.call(ctx, "deleteWebhook", tgbotapi.Params{"drop_pending_updates": "false"}, nil)
		if err != nil {
			return err
		}
		p.opts.Logger.Warn("took back the webhook that kept updates away", "waiting", info.Pending)
	}
	p.alone = true
	return nil
}

// oppose lets the next call take back a webhook that was set while this desk
// polls, unless it is away by then: one is set when a newer desk takes over, and
// this one is about to be stopped.
func (p *poller) oppose(err error) {
	e, ok := errors.AsType[*Error](err)
	if !ok || e.Code != 409 || !strings.Contains(e.Description, "webhook") {
		p.deposed = 0
		return
	}
	if p.deposed++; p.deposed == deposedOften {
		p.deposed, p.alone = 0, false
	}
}

// deposedOften is how many refused calls in a row, each at least foreignLeast
// after the one before, are more than the moment in which two desks overlap.
const deposedOften = 3
