package telegram

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// watchEvery is how often the desk looks whether its webhook is still set. A
// process that polls, or a hand at another keyboard, may have taken it away.
const watchEvery = 30 * time.Second

// freshTrouble is how long a failed call of Telegram's counts: it tries again
// after two minutes at the latest (RELIABILITY §2, "Webhook").
const freshTrouble = 3 * time.Minute

var (
	errNotSet  = errors.New("the webhook is not set yet")
	errRemoved = errors.New("the webhook was taken away or led elsewhere, and is set again")
)

// silentFor is how long Telegram may not answer before nobody knows whether it
// brings anything: a few looks.
const silentFor = 2 * time.Minute

// Check says why Telegram brings no updates, or nil when it does.
func (w *Webhook) Check() error {
	trouble := w.trouble.Load()
	if trouble == nil {
		return errNotSet
	}
	if age := w.opts.Clock.Now().Sub(trouble.at); trouble.why == nil && age > silentFor {
		return fmt.Errorf("telegram last said %s ago that the webhook is set", age.Round(time.Second))
	}
	return trouble.why
}

// trouble is what was known about the webhook at a time; why is nil when it was
// well.
type trouble struct {
	why error
	at  time.Time
}

func (w *Webhook) notes(why error) { w.trouble.Store(&trouble{why, w.opts.Clock.Now()}) }

// Keep sets the webhook and looks after it until ctx ends. It leaves it set: what
// comes while the desk is away waits with Telegram. Of several replicas one does
// this at a time, and to set what another has set changes nothing. Only a webhook that leads elsewhere is set
// again; while a secret is being replaced, replicas would else take turns in
// setting theirs.
func (w *Webhook) Keep(ctx context.Context) {
	failed := failures{Client: w.Client}
	for set := false; ctx.Err() == nil; {
		var err error
		if set {
			set, err = w.look(ctx)
		} else {
			err = w.set(ctx)
			set = err == nil
		}
		switch {
		case ctx.Err() != nil:
		case err != nil:
			failed.stumble(ctx, "keeping the webhook failed", err)
		case set:
			failed.over()
			w.wait(ctx, watchEvery)
		}
	}
}

// set tells Telegram where to bring updates. What waits there is kept.
func (w *Webhook) set(ctx context.Context) error {
	_, _, err := w.Me(ctx)
	if err == nil {
		err = w.call(ctx, "setWebhook", tgbotapi.Params{
			"url": w.url, "secret_token": w.secret(), "allowed_updates": allowedUpdates,
			"max_connections": strconv.Itoa(Connections), "drop_pending_updates": "false",
		}, nil)
	}
	if err != nil {
		w.notes(fmt.Errorf("the webhook is not set: %w", err))
		return err
	}
	w.opts.Logger.Info("the webhook is set")
	w.notes(nil)
	return nil
}

// look asks Telegram what it thinks of the webhook. It reports false when that
// leads elsewhere. That Telegram cannot be asked is no trouble with the webhook.
func (w *Webhook) look(ctx context.Context) (set bool, err error) {
	info, err := w.webhookInfo(ctx)
	if err != nil {
		return true, err
	}
	if info.URL != w.url {
		w.opts.Logger.Warn("the webhook was taken away or led elsewhere")
		w.notes(errRemoved)
		return false, nil
	}
	w.notes(info.trouble(w.opts.Clock.Now()))
	return true, nil
}

// webhookInfo is the part of getWebhookInfo that the desk reads.
type webhookInfo struct {
	URL         string `json:"url"`
	Pending     int    `json:"pending_update_count"`
	LastErrorAt int64  `json:"last_error_date"`
	LastError   string `json:"last_error_message"`
}

// complaintLimit is how much of Telegram's words is passed on, in code points.
const complaintLimit = 128

// trouble is what Telegram complains of while updates wait. An error that was
// followed by success leaves none waiting.
func (i webhookInfo) trouble(now time.Time) error {
	if i.Pending == 0 || i.LastErrorAt == 0 || now.Sub(time.Unix(i.LastErrorAt, 0)) > freshTrouble {
		return nil
	}
	return fmt.Errorf("%d updates wait with telegram, which says of the webhook: %s", i.Pending, cleanLine(i.LastError, complaintLimit))
}

func (c *Client) webhookInfo(ctx context.Context) (info webhookInfo, err error) {
	err = c.call(ctx, "getWebhookInfo", nil, &info)
	return info, err
}
