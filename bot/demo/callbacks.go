package demo

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// maxToast is the longest answer to a press, in code points (RELIABILITY §2, callbacks).
const maxToast = 200

// Toast is what a person sees after a press: a line that fades, or with Alert a window to close. Both may be empty.
// URL takes the person to the bot.
type Toast struct {
	Text  string
	Alert bool
	URL   string
}

// Press is a press on an inline button that the bot has been told of.
type Press struct {
	id    string
	user  int64
	chat  int64
	until time.Time
	done  chan struct{}
	toast Toast // set before done is closed
}

// Wait returns the bot's answer, or the context's error when that ends first.
func (p *Press) Wait(ctx context.Context) (Toast, error) {
	select {
	case <-p.done:
		return p.toast, nil
	case <-ctx.Done():
		return Toast{}, fmt.Errorf("waiting for the answer to press %s: %w", p.id, ctx.Err())
	}
}

// queries are the presses that the bot has not answered. It is guarded by the server's lock.
type queries struct {
	open map[string]*Press
	last int64
}

// ask opens a press and forgets those that are too old to be answered.
func (q *queries) ask(userID, chatID int64, now time.Time) *Press {
	maps.DeleteFunc(q.open, func(_ string, p *Press) bool { return !p.until.After(now) })
	q.last++
	p := &Press{
		id:   strconv.FormatInt(userID<<20+q.last, 10),
		user: userID, chat: chatID,
		until: now.Add(keepCallbacks),
		done:  make(chan struct{}),
	}
	q.open[p.id] = p
	return p
}

// close takes a press that can still be answered.
func (q *queries) close(id string, now time.Time) *Press {
	p := q.open[id]
	if p == nil || !p.until.After(now) {
		return nil
	}
	delete(q.open, id)
	return p
}

// answerCallbackQuery shows the person the toast. A press is answered once; later answers find it too old, as after 150 s.
// An answer with a link to the bot takes the person there: START is pressed with the link's payload.
func (t *Telegram) answerCallbackQuery(c *call) any {
	toast := Toast{Text: c.str("text"), Alert: c.flag("show_alert"), URL: c.str("url")}
	payload, isLink := "", false
	if toast.URL != "" {
		if payload, isLink = t.startLink(toast.URL); !isLink {
			refuse(badRequest("URL_INVALID"))
		}
	}
	if utf8.RuneCountInString(toast.Text) > maxToast {
		refuse(badRequest("MESSAGE_TOO_LONG"))
	}
	p := t.queries.close(c.str("callback_query_id"), t.clock.Now())
	if p == nil {
		refuse(errQueryTooOld)
	}
	p.toast = toast
	close(p.done)
	t.audience.show("toast", toastEvent{User: p.user, Chat: p.chat, Text: toast.Text, Alert: toast.Alert, URL: toast.URL})
	if ch := t.chats[p.user]; isLink && ch != nil {
		t.start(ch.user, payload)
	}
	t.changed.fire()
	return true
}

// startLink reads https://t.me/<bot>?start=payload and tg://resolve?domain=<bot>&start=payload of this bot.
func (t *Telegram) startLink(raw string) (payload string, ok bool) {
	if !strings.Contains(raw, "://") {
		raw = "https://" + raw
	}
	u, err := url.Parse(raw)
	if err != nil {
		return "", false
	}
	name := strings.TrimPrefix(u.Path, "/")
	switch {
	case u.Scheme == "tg" && u.Host == "resolve":
		name = u.Query().Get("domain")
	case (u.Scheme == "https" || u.Scheme == "http") && (u.Host == "t.me" || u.Host == "telegram.me"):
	default:
		return "", false
	}
	payload = u.Query().Get("start")
	return payload, strings.EqualFold(name, t.me.Username) && validPayload(payload)
}

// validPayload accepts what Telegram passes on in a deep link: up to 64 of A–Z a–z 0–9 _ and - (RELIABILITY §2, DMs).
func validPayload(s string) bool {
	return len(s) <= 64 && secretToken.MatchString(s)
}
