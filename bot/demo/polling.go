package demo

import (
	"bytes"
	"context"
	"net/http"
	"time"
)

// maxPollWait is the longest timeout of getUpdates, in seconds; larger ones are cut to it (RELIABILITY §2, getUpdates).
const maxPollWait = 50

const (
	// conflictPause spaces the 409 replies: the first comes at once, those that follow too soon come this much later.
	conflictPause = 3 * time.Second
	// repeatPause and repeatWait slow down a bot that asks for the same offset again and again.
	repeatPause = 500 * time.Millisecond
	repeatWait  = 3 * time.Second
)

var (
	errOtherPoller = conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
	errSetWebhook  = conflict("terminated by setWebhook request")
	errHasWebhook  = conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
)

// polling remembers the one long poll that may wait, and how the last call asked.
type polling struct {
	waiting      *poll
	lastOffset   int
	lastStart    time.Time
	lastConflict time.Time
}

// poll is a getUpdates call that found nothing and waits.
type poll struct {
	news   signal    // something has come, or the call is killed
	killed *apiError // the conflict that ends it
}

func (p *polling) wake() {
	if p.waiting != nil {
		p.waiting.news.fire()
	}
}

// kill ends the waiting poll with a conflict.
func (p *polling) kill(why *apiError) {
	if p.waiting != nil {
		p.waiting.killed = why
		p.wake()
		p.waiting = nil
	}
}

// pollRequest is what a getUpdates call asks for, after Telegram's corrections.
type pollRequest struct {
	offset, limit int
	wait          time.Duration
}

func (t *Telegram) pollRequest(c *call) pollRequest {
	r := pollRequest{offset: c.int("offset"), limit: 100}
	if _, given := c.params["limit"]; given {
		r.limit = min(max(c.int("limit"), 1), 100)
	}
	r.wait = time.Duration(min(max(c.int("timeout"), 0), maxPollWait)) * time.Second
	now := t.clock.Now()
	if since := now.Sub(t.polling.lastStart); r.offset == t.polling.lastOffset && since < repeatWait {
		r.wait = max(r.wait, repeatWait)
		if since < repeatPause {
			r.limit = 1
		}
	}
	t.polling.lastOffset, t.polling.lastStart = r.offset, now
	return r
}

func (t *Telegram) getUpdates(ctx context.Context, c *call, fault string) reply {
	t.mu.Lock()
	batch, refused := t.poll(ctx, c)
	t.record(c, len(batch), refused, fault)
	t.mu.Unlock()
	if refused != nil {
		t.spaceConflict(ctx, refused)
		return encode(nil, refused)
	}
	return encodeBatch(batch)
}

// poll confirms by offset, gives what is there, or waits: for updates, for the end of its time, for a caller who goes, or for a conflict. A call
// that has to wait ends another one that waits (409). The lock is held, but while it waits.
func (t *Telegram) poll(ctx context.Context, c *call) ([][]byte, *apiError) {
	if t.webhook != nil {
		return nil, errHasWebhook
	}
	if refused := t.admit(c, false); refused != nil {
		return nil, refused
	}
	t.queue.setAllowed(c)
	ask := t.pollRequest(c)
	t.queue.seek(ask.offset)
	batch := t.queue.batch(t.clock.Now(), ask.limit)
	if len(batch) > 0 || ask.wait == 0 {
		return batch, nil
	}
	t.polling.kill(errOtherPoller)
	mine := &poll{}
	t.polling.waiting = mine
	timeout, over, gone := t.after(ask.wait), false, false
	for len(batch) == 0 && mine.killed == nil && !over && !gone {
		news := mine.news.wait()
		t.mu.Unlock()
		select {
		case <-news:
		case <-timeout:
			over = true
		case <-ctx.Done():
			gone = true
		case <-t.closed:
			gone = true
		}
		t.mu.Lock()
		if mine.killed == nil && !gone {
			batch = t.queue.batch(t.clock.Now(), ask.limit)
		}
	}
	if t.polling.waiting == mine {
		t.polling.waiting = nil
	}
	return batch, mine.killed
}

// spaceConflict holds a 409 back when the last one was less than conflictPause ago, so two fighting pollers do not spin.
func (t *Telegram) spaceConflict(ctx context.Context, refused *apiError) {
	if refused.code != http.StatusConflict {
		return
	}
	t.mu.Lock()
	now := t.clock.Now()
	soon := now.Sub(t.polling.lastConflict) < conflictPause
	if !soon {
		t.polling.lastConflict = now
	}
	t.mu.Unlock()
	if soon {
		t.pause(ctx, conflictPause)
	}
}

// encodeBatch puts the updates, which are JSON already, into a reply without encoding them again.
func encodeBatch(batch [][]byte) reply {
	var b bytes.Buffer
	b.WriteString(`{"ok":true,"result":[`)
	b.Write(bytes.Join(batch, []byte(",")))
	b.WriteString("]}")
	return reply{status: http.StatusOK, body: b.Bytes()}
}
