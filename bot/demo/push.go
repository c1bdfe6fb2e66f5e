package demo

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// pushTimeout is how long a webhook may take to answer (RELIABILITY §2, webhook).
const pushTimeout = 60 * time.Second

// newPusher makes the client of one webhook: as many connections as may be used at the same time, and no redirects followed.
func newPusher(connections int) *http.Client {
	return &http.Client{
		Timeout:       pushTimeout,
		Transport:     &http.Transport{MaxIdleConnsPerHost: connections, IdleConnTimeout: 30 * time.Second},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// pump loads updates and starts as many pushes as may run. No more than 2×max updates are loaded, one a lane is under way: so a bot that
// refuses the updates of that many chats hears nothing of all the others (RELIABILITY §2, webhook). The caller holds the lock.
func (t *Telegram) pump() {
	w := t.webhook
	for _, p := range t.queue.from(w.cursor) {
		if w.loaded >= 2*w.max {
			break
		}
		w.cursor = p.id + 1
		if p.gone {
			continue
		}
		w.loaded++
		w.lanes[p.lane] = append(w.lanes[p.lane], p)
		if len(w.lanes[p.lane]) == 1 {
			w.ready = append(w.ready, p.lane)
		}
	}
	for len(w.ready) > 0 && w.inFlight < w.max {
		lane := w.ready[0]
		w.ready = w.ready[1:]
		w.inFlight++
		t.pushing.Add(1)
		go t.push(w, lane, w.lanes[lane][0])
	}
}

// push makes one attempt at the first update of a lane. After a failed one it waits, without holding a connection, and readies the lane again.
func (t *Telegram) push(w *webhook, lane int64, p *pending) {
	defer t.pushing.Done()
	outcome := pushed{confirmed: true} // an update that expired while it waited needs no push
	if t.worthPushing(w, p) {
		outcome = w.attempt(p.raw)
	}
	pause, again := t.settle(w, lane, p, outcome)
	if !again {
		return
	}
	if pause > 0 {
		select {
		case <-t.after(pause):
		case <-w.ctx.Done():
			return
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.webhook == w {
		w.ready = append(w.ready, lane)
		t.pump()
	}
}

func (t *Telegram) worthPushing(w *webhook, p *pending) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.webhook == w && !p.gone && p.expires.After(t.clock.Now())
}

// settle confirms an update whose push was answered 2xx and readies the lane's next one, or tells how long to wait before the same is tried again.
func (t *Telegram) settle(w *webhook, lane int64, p *pending, o pushed) (pause time.Duration, again bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	w.inFlight--
	if t.webhook != w { // taken away meanwhile: what is not confirmed stays queued
		return 0, false
	}
	defer t.changed.fire()
	if !o.confirmed {
		p.failures++
		if w.fails(t.clock.Now(), o) {
			t.dropWebhook()
			return 0, false
		}
		t.pump()
		return backOff(p.failures, o.retryAfter, rand.IntN), true
	}
	w.goneSince = time.Time{}
	t.queue.forget(p)
	t.queue.popGone()
	w.loaded--
	if w.lanes[lane] = w.lanes[lane][1:]; len(w.lanes[lane]) == 0 {
		delete(w.lanes, lane)
	} else {
		w.ready = append(w.ready, lane)
	}
	t.pump()
	return 0, false
}

// pushed is what became of one attempt.
type pushed struct {
	confirmed  bool
	status     int    // 0 when there was no answer
	why        string // the sentence for getWebhookInfo when it failed
	retryAfter time.Duration
}

func (w *webhook) attempt(raw []byte) pushed {
	ctx, cancel := context.WithTimeout(w.ctx, pushTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url, bytes.NewReader(raw))
	if err != nil {
		return pushed{why: "Connection failed"}
	}
	req.Header.Set("Content-Type", "application/json")
	if w.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", w.secret)
	}
	resp, err := w.client.Do(req)
	if err != nil {
		return pushed{why: "Connection failed"}
	}
	defer func() { _ = resp.Body.Close() }()
	// The body is read to its end so that the connection can be used again; what it says does not matter.
	if _, err := io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20)); err != nil {
		return pushed{why: "Connection failed"}
	}
	if resp.StatusCode/100 == 2 {
		return pushed{confirmed: true, status: resp.StatusCode}
	}
	seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After")) // absent or a date: no wish
	return pushed{
		status:     resp.StatusCode,
		why:        fmt.Sprintf("Wrong response from the webhook: %d %s", resp.StatusCode, http.StatusText(resp.StatusCode)),
		retryAfter: time.Duration(seconds) * time.Second,
	}
}

// backOff is the pause after so many failed attempts: none, 2 s, 4 s, 8 s … and then a random 60–120 s. A Retry-After header takes its place,
// up to an hour (RELIABILITY §2, webhook).
func backOff(failures int, retryAfter time.Duration, random func(n int) int) time.Duration {
	const longest = 60 * time.Second
	switch {
	case retryAfter > 0:
		return min(retryAfter, time.Hour)
	case failures <= 1:
		return 0
	case failures <= 6: // 2 s … 32 s
		return time.Second << (failures - 1)
	}
	return longest + time.Duration(random(61))*time.Second
}
