package app

import (
	"context"
	"net/url"
	"strconv"

	"powerdesk/bot/telegram"
	"powerdesk/bot/web"
)

// WebhookSetting says where Telegram brings updates. The zero one is none: the
// desk polls.
type WebhookSetting struct {
	URL     string
	Secrets []string // the one that is set, then those still accepted
}

// useWebhook lets Telegram bring the updates, to whichever replica: two of them
// meet in the store, as two lanes of one do. What a replica without a term has
// stored is sent by the one that acts, which also keeps the webhook set.
func (r *Running) useWebhook(s WebhookSetting) {
	r.hook = r.tg.NewWebhook(telegram.WebhookOptions{URL: s.URL, Secret: telegram.Token(s.Secrets[0]), Handle: r.handle})
	answers := r.App.count.counters("powerdesk_webhook_answers_total", "What Telegram, and strangers at its door, were answered, by status.", "status")
	r.App.count.gauge("powerdesk_webhook_last_update_timestamp_seconds", "When an update was stored last, 0 for never. A quiet night is no fault.",
		func() float64 {
			if last := r.hook.LastTake(); !last.IsZero() {
				return float64(last.Unix())
			}
			return 0
		})
	r.door = web.Webhook{
		Secrets: s.Secrets, Take: r.hook.Take,
		Count: func(status int) { answers.WithLabelValues(strconv.Itoa(status)).Inc() },
	}
	r.doorPath = pathOf(s.URL)
}

// pathOf is where the desk listens for what is brought to an address.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "" // the configuration was checked; the default is nobody's
	}
	return u.Path
}

// fetch sees to it that updates come for a term: it polls, or keeps the webhook
// set. It waits out every failure but the end of ctx.
func (r *Running) fetch(ctx context.Context) {
	if r.hook != nil {
		r.hook.Keep(ctx)
		return
	}
	_ = r.tg.Poll(ctx, r.take)
}
