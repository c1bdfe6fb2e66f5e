package demo

import (
	"cmp"
	"encoding/json"
	"fmt"
	"time"
)

// What the queue keeps, and for how long (RELIABILITY §2, retention).
const (
	keepUpdates     = 24 * time.Hour // counted from the date of the message or edit
	keepCallbacks   = 150 * time.Second
	maxUpdateBytes  = 64 << 10
	maxQueueLength  = 100_000
	maxFutureOffset = 10 // an offset further behind the tail than this is not believed
)

// update is something to tell the bot. Its kind is the update's field name, by which allowed_updates sorts.
type update struct {
	kind string
	body wireUpdate
	lane int64 // updates of one lane are pushed one after the other: a chat's messages, a user's presses
}

// pending is an update that the bot has not confirmed.
type pending struct {
	id       int
	lane     int64
	expires  time.Time
	raw      []byte
	gone     bool // confirmed by a webhook, or expired, out of turn
	failures int  // pushes that failed
}

// queue holds the bot's updates in the order of their ids, which are consecutive. It is guarded by the server's lock.
type queue struct {
	next    int             // the id the next update will get: Telegram's tail
	items   []*pending      // what is not confirmed, up to next
	gone    int             // how many of items are gone
	allowed map[string]bool // nil means the default: everything but defaultUnasked
}

// defaultUnasked are the kinds that come only when they are asked for by name (Bot API, getUpdates: allowed_updates).
var defaultUnasked = map[string]bool{"chat_member": true}

// allows tells whether the bot wants updates of a kind. It is asked when an update happens, so a change never touches what is queued.
func (q *queue) allows(kind string) bool {
	if q.allowed == nil {
		return !defaultUnasked[kind]
	}
	return q.allowed[kind]
}

// setAllowed takes the parameter allowed_updates: null, absent or no array keeps what was set before, an empty array is the default.
// The library sends null when its caller says nothing (RELIABILITY §1.19).
func (q *queue) setAllowed(c *call) {
	var kinds []string
	if given, err := c.object("allowed_updates", &kinds); !given || err != nil {
		return
	}
	q.allowed = nil
	if len(kinds) > 0 {
		q.allowed = make(map[string]bool)
	}
	for _, kind := range kinds {
		q.allowed[kind] = true
	}
}

// add appends an update and tells whether it was taken: unwanted, over-large and surplus ones are dropped, as Telegram drops them.
func (q *queue) add(now time.Time, u update) (bool, error) {
	if !q.allows(u.kind) {
		return false, nil
	}
	u.body.ID = q.next
	raw, err := json.Marshal(u.body)
	if err != nil {
		return false, fmt.Errorf("encoding a %s update: %w", u.kind, err)
	}
	if len(raw) > maxUpdateBytes {
		return false, fmt.Errorf("update of %d bytes is over the %d that are kept", len(raw), maxUpdateBytes)
	}
	if q.len() >= maxQueueLength {
		return false, fmt.Errorf("the queue holds its %d updates already", maxQueueLength)
	}
	keep := keepUpdates
	if u.kind == "callback_query" {
		keep = keepCallbacks
	}
	q.items = append(q.items, &pending{id: q.next, lane: u.lane, expires: now.Add(keep), raw: raw})
	q.next++
	return true, nil
}

// len counts what waits for the bot.
func (q *queue) len() int { return len(q.items) - q.gone }

// seek applies the offset of getUpdates: a positive one confirms all lower ids, a negative one all but the last -offset.
// One that lies far behind the tail belongs to an earlier numbering and confirms nothing (RELIABILITY §1.2).
func (q *queue) seek(offset int) {
	switch {
	case offset < 0:
		q.keepLast(-offset)
	case offset <= q.next+maxFutureOffset:
		q.popWhile(func(p *pending) bool { return p.id < offset })
	}
}

// batch returns up to limit updates from the head, and at most Telegram's 4 MiB. What has expired by now is forgotten on the way.
func (q *queue) batch(now time.Time, limit int) [][]byte {
	const maxReply = 4 << 20
	var out [][]byte
	left := maxReply
	for _, p := range q.items {
		if !p.expires.After(now) {
			q.forget(p)
		}
		if p.gone {
			continue
		}
		if left -= len(p.raw) + 50; left <= 0 || len(out) == limit {
			break
		}
		out = append(out, p.raw)
	}
	q.popGone()
	return out
}

// forget takes one update out of turn.
func (q *queue) forget(p *pending) {
	if !p.gone {
		p.gone = true
		q.gone++
	}
}

// headID is the id at the head, or the next one when the queue is empty.
func (q *queue) headID() int { return q.next - len(q.items) }

// from returns the updates from id on.
func (q *queue) from(id int) []*pending { return q.items[max(0, id-q.headID()):] }

// keepLast drops all but the newest n.
func (q *queue) keepLast(n int) {
	q.popWhile(func(*pending) bool { return q.len() > n })
}

// popGone lets the head pass over updates that were forgotten.
func (q *queue) popGone() {
	q.popWhile(func(p *pending) bool { return p.gone })
}

func (q *queue) popWhile(done func(*pending) bool) {
	for len(q.items) > 0 && done(q.items[0]) {
		q.forget(q.items[0]) // the pusher may still hold it
		q.gone--
		q.items[0] = nil
		q.items = q.items[1:]
	}
}

// Pending counts the updates that the bot has not confirmed.
func (t *Telegram) Pending() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.queue.len()
}

// Inject queues an update given as a JSON object without update_id, for updates that no person of this package can cause: unknown kinds and
// wrong-typed fields. It passes allowed_updates by. The error says that body is no JSON object.
func (t *Telegram) Inject(body string) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal([]byte(body), &fields); err != nil {
		return fmt.Errorf("injecting an update: %w", err)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	fields["update_id"], _ = json.Marshal(t.queue.next) // an int always encodes
	raw, err := json.Marshal(fields)
	if err != nil {
		return fmt.Errorf("injecting an update: %w", err)
	}
	t.queue.items = append(t.queue.items, &pending{id: t.queue.next, expires: t.clock.Now().Add(keepUpdates), raw: raw})
	t.queue.next++
	t.wakeReceiver()
	return nil
}

// tell queues an update and wakes whoever receives: the long poll or the webhook pusher.
func (t *Telegram) tell(ch *chat, u update) {
	u.lane = cmp.Or(u.lane, ch.wire.ID)
	taken, err := t.queue.add(t.clock.Now(), u)
	if err != nil {
		t.log.Warn("an update was dropped", "kind", u.kind, "error", err)
	}
	if taken {
		t.wakeReceiver()
	}
}

func (t *Telegram) wakeReceiver() {
	t.polling.wake()
	if t.webhook != nil {
		t.pump()
	}
}
