package demo

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"
)

// webhook is the address the bot's updates are pushed to, with what is on its way there.
type webhook struct {
	url, secret string
	max         int // pushes at the same time, 1…100

	client   *http.Client
	ctx      context.Context
	cancel   context.CancelFunc
	cursor   int                  // id of the next update to load
	lanes    map[int64][]*pending // loaded updates; the first of a lane is the one under way
	ready    []int64              // lanes whose first update may be pushed
	loaded   int
	inFlight int

	lastErrorAt int64
	lastError   string
	goneSince   time.Time // since when the address has answered nothing but 410
}

var secretToken = regexp.MustCompile(`^[A-Za-z0-9_-]*$`)

func (t *Telegram) setWebhook(c *call) any {
	if c.str("url") == "" {
		return t.deleteWebhook(c)
	}
	secret := c.str("secret_token")
	switch {
	case len(secret) > 256:
		refuse(badRequest("secret token is too long"))
	case !secretToken.MatchString(secret):
		refuse(badRequest("secret token contains unallowed characters"))
	}
	checkWebhookURL(c.str("url"))
	connections := 40
	if n := c.int("max_connections"); n != 0 {
		connections = min(max(n, 1), 100)
	}
	if c.flag("drop_pending_updates") {
		t.queue.keepLast(0)
	}
	old := t.webhook
	if old != nil && old.url == c.str("url") && old.secret == secret && old.max == connections && !c.flag("drop_pending_updates") {
		t.queue.setAllowed(c)
		return described{true, "Webhook is already set"}
	}
	t.dropWebhook()
	t.queue.setAllowed(c)
	t.polling.kill(errSetWebhook)
	t.webhook = &webhook{
		url: c.str("url"), secret: secret, max: connections,
		client: newPusher(connections), cursor: t.queue.headID(), lanes: make(map[int64][]*pending),
	}
	t.webhook.ctx, t.webhook.cancel = context.WithCancel(context.Background())
	t.pump()
	return described{true, "Webhook was set"}
}

// checkWebhookURL accepts this machine alone, and http as a Bot API server run at home does, so that a demo can never be made to knock elsewhere.
func checkWebhookURL(raw string) {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		refuse(badRequest("bad webhook: An HTTPS URL must be provided for webhook"))
	}
	ip := net.ParseIP(u.Hostname())
	if u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		refuse(badRequest("bad webhook: the stand-in pushes to this machine only"))
	}
}

func (t *Telegram) deleteWebhook(c *call) any {
	if c.flag("drop_pending_updates") {
		t.queue.keepLast(0)
	}
	if t.webhook == nil {
		return described{true, "Webhook is already deleted"}
	}
	t.dropWebhook()
	return described{true, "Webhook was deleted"}
}

// dropWebhook ends the pushes. Updates that were not confirmed stay in the queue, to be pushed elsewhere or polled.
func (t *Telegram) dropWebhook() {
	if t.webhook == nil {
		return
	}
	t.webhook.cancel()
	t.webhook.client.CloseIdleConnections()
	t.webhook = nil
}

// wireWebhookInfo is the answer of getWebhookInfo.
type wireWebhookInfo struct {
	URL         string   `json:"url"`
	Certificate bool     `json:"has_custom_certificate"`
	Pending     int      `json:"pending_update_count"`
	LastErrorAt int64    `json:"last_error_date,omitempty"`
	LastError   string   `json:"last_error_message,omitempty"`
	Max         int      `json:"max_connections,omitempty"`
	Allowed     []string `json:"allowed_updates,omitempty"`
}

func (t *Telegram) getWebhookInfo(*call) any {
	info := wireWebhookInfo{Pending: t.queue.len()}
	for kind := range t.queue.allowed {
		info.Allowed = append(info.Allowed, kind)
	}
	slices.Sort(info.Allowed)
	if w := t.webhook; w != nil {
		info.URL, info.Max, info.LastErrorAt, info.LastError = w.url, w.max, w.lastErrorAt, w.lastError
	}
	return info
}

// fails notes a failed push and answers whether the webhook has been refused as gone for so long that Telegram gives it up.
func (w *webhook) fails(now time.Time, o pushed) (giveUp bool) {
	const goneFor = 23 * time.Hour // RELIABILITY §2, webhook
	w.lastErrorAt, w.lastError = now.Unix(), o.why
	if o.status != http.StatusGone {
		w.goneSince = time.Time{}
		return false
	}
	if w.goneSince.IsZero() {
		w.goneSince = now
	}
	return now.Sub(w.goneSince) >= goneFor
}
