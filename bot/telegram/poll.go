package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
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
// error is tried again and holds everything up, a panic three times leads into
// quarantine. Only when all of a batch is settled is it confirmed. Handlers that
// run when ctx ends have ten seconds left.
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
	p := poller{failures: failures{Client: c}, handle: handle}
	for ctx.Err() == nil {
		p.turn(ctx, work)
	}
	if p.offset != p.confirmed {
		// The last batch is settled, so the next process need not see it again.
		_, _ = p.fetch(work, 0)
	}
	return ctx.Err()
}

// LastPoll is when Telegram last answered a getUpdates, zero for never. It is
// what tells a desk that hears from one that is deaf: getMe stays green on both
// (RELIABILITY §2, "getUpdates").
func (c *Client) LastPoll() time.Time {
	nanos := c.lastPoll.Load()
	if nanos == 0 {
		return time.Time{}
	}
	return time.Unix(0, nanos)
}

// poller is the state of one Poll.
type poller struct {
	failures
	handle    func(context.Context, Update) error
	offset    int  // of the next call; 0 = what Telegram has
	confirmed int  // the offset that Telegram was told last
	alone     bool // no webhook of an earlier configuration is set
	deposed   int  // calls in a row that were refused because a webhook is set
}

// turn fetches one batch and settles it.
func (p *poller) turn(ctx, work context.Context) {
	began := time.Now() // of the wire and not of the desk: how long the call was held
	batch, err := p.fetch(ctx, p.opts.LongPoll)
	if ctx.Err() != nil {
		return
	}
	if err == nil {
		err = p.settleAll(ctx, work, batch)
	}
	if err != nil {
		p.oppose(err)
		p.stumble(ctx, "poll failed", err)
		return
	}
	p.over()
	p.deposed = 0
	if len(batch) == 0 && time.Since(began) < quick {
		// A server that does not hold the call must not be asked in a circle.
		p.wait(ctx, quick)
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
	c.lastPoll.Store(c.opts.Clock.Now().UnixNano())
	return batch, true, nil
}

// settleAll handles a batch. The offset follows the last id of the batch even
// when that is lower than the one before: Telegram starts again at a random
// number after a quiet week (RELIABILITY §1.2).
func (p *poller) settleAll(ctx, work context.Context, batch []json.RawMessage) error {
	parcels := make([]*parcel, len(batch))
	keys := make([][]int64, len(batch))
	next := 0
	for i, raw := range batch {
		parcels[i] = p.open(raw)
		keys[i] = parcels[i].keys()
		if id := parcels[i].update.ID; id != 0 {
			next = id + 1
		}
	}
	if len(batch) > 0 && next == 0 {
		return errors.New("telegram getUpdates: no update of the batch has an id")
	}
	settled := make([]bool, len(batch))
	stuck, watched := p.watchWhenStuck(ctx, parcels)
	inOrder(keys, p.opts.Parallel, func(i int) {
		settled[i] = p.settle(ctx, work, parcels[i], p.handle, stuck)
	})
	watched()
	for _, ok := range settled {
		if !ok {
			return nil // stopped: Telegram keeps the batch
		}
	}
	if next != 0 {
		p.offset = next
		p.settled.Store(int64(next))
	}
	return nil
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
