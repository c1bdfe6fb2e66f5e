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
	ready  chan struct{}  // holds one token when something has come
	killed chan *apiError // holds the conflict that ends it
}

func (p *polling) wake() {
	if p.waiting != nil {
		select {
		case p.waiting.ready <- struct{}{}:
		default: // it has been told already
		}
	}
}

// kill ends the waiting poll with a conflict.
func (p *polling) kill(why *apiError) {
	if p.waiting != nil {
		p.waiting.killed <- why
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

// getUpdates confirms by offset, answers what is there, or waits. A call that has to wait ends another one that waits (409).
func (t *Telegram) getUpdates(ctx context.Context, c *call, fault string) reply {
	t.mu.Lock()
	if refused := t.admitPoll(c); refused != nil {
		t.record(c, nil, refused, fault)
		t.mu.Unlock()
		t.spaceConflict(ctx, refused)
		return encode(nil, refused)
	}
	t.queue.setAllowed(c)
	ask := t.pollRequest(c)
	t.queue.seek(ask.offset)
	batch := t.queue.batch(t.clock.Now(), ask.limit)
	if len(batch) > 0 || ask.wait == 0 {
		t.record(c, len(batch), nil, fault)
		t.mu.Unlock()
		return encodeBatch(batch)
	}
	t.polling.kill(errOtherPoller)
	mine := &poll{ready: make(chan struct{}, 1), killed: make(chan *apiError, 1)}
	t.polling.waiting = mine
	t.mu.Unlock()

	batch, refused := t.wait(ctx, mine, ask)
	t.mu.Lock()
	t.record(c, len(batch), refused, fault)
	t.mu.Unlock()
	if refused != nil {
		t.spaceConflict(ctx, refused)
		return encode(nil, refused)
	}
	return encodeBatch(batch)
}

func (t *Telegram) admitPoll(c *call) *apiError {
	if t.webhook != nil {
		return errHasWebhook
	}
	return t.admit(c, false)
}

// wait ends with updates, with nothing when the time is over or the caller has gone, or with a conflict.
func (t *Telegram) wait(ctx context.Context, mine *poll, ask pollRequest) ([][]byte, *apiError) {
	timeout := t.after(ask.wait)
	for {
		select {
		case why := <-mine.killed:
			return nil, why
		case <-mine.ready:
			if batch := t.collect(mine, ask, false); len(batch) > 0 {
				return batch, nil
			}
		case <-timeout:
			return t.collect(mine, ask, true), nil
		case <-ctx.Done():
			t.giveUp(mine)
			return nil, nil
		case <-t.closed:
			t.giveUp(mine)
			return nil, nil
		}
	}
}

// collect takes a batch for a waiting poll, unless another call has taken its place meanwhile. It stops waiting when it got one, or at last.
func (t *Telegram) collect(mine *poll, ask pollRequest, last bool) [][]byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.polling.waiting != mine {
		return nil
	}
	batch := t.queue.batch(t.clock.Now(), ask.limit)
	if len(batch) > 0 || last {
		t.polling.waiting = nil
	}
	return batch
}

func (t *Telegram) giveUp(mine *poll) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.polling.waiting == mine {
		t.polling.waiting = nil
	}
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
