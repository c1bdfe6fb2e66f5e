package demo

import (
	"math"
	"slices"
	"time"
)

// Limit allows Count sends in any span of Per. With a Burst it is a bucket instead: Burst sends at once, refilled with Count a Per.
// The zero Limit allows everything.
type Limit struct {
	Count int
	Per   time.Duration
	Burst int
}

// Limits are the send limits by scope. Sends and edits count together (RELIABILITY §2, rates).
type Limits struct {
	Overall Limit // all chats together
	Private Limit // each private chat
	Group   Limit // each group
}

// TelegramLimits are Telegram's published numbers, read strictly: 30 in any second overall, 20 in any minute a group, one a second a private
// chat. "Short bursts" in a private chat are not published; 20 is what this server forgives.
func TelegramLimits() Limits {
	return Limits{
		Overall: Limit{Count: 30, Per: time.Second},
		Private: Limit{Count: 1, Per: time.Second, Burst: 20},
		Group:   Limit{Count: 20, Per: time.Minute},
	}
}

// Violation is a call that came inside the retry_after of a 429 it should have obeyed.
type Violation struct {
	At     time.Time
	Method string
	Chat   int64         // 0 for a call without one
	Scope  string        // "bot", "chat" or "method"
	Early  time.Duration // how much of the wait was left
}

// maxViolations bounds what is remembered of them; a bot that makes more is wrong enough.
const maxViolations = 1000

// gate is the state of one limit: what was sent lately, and until when a 429 has closed it.
type gate struct {
	sent   []time.Time // of a window: the sends in it, oldest first
	tokens float64     // of a bucket, at the time of filled
	filled time.Time
	closed time.Time
}

// wait is how long n more sends have to wait; 0 lets them through. More at once than the limit ever holds wait for it to be quite free.
func (g *gate) wait(l Limit, n int, now time.Time) time.Duration {
	switch {
	case l.Count == 0:
		return 0
	case l.Burst > 0:
		g.fill(l, now)
		missing := float64(min(n, l.Burst)) - g.tokens
		return time.Duration(max(0, missing) * float64(l.Per) / float64(l.Count))
	}
	for len(g.sent) > 0 && now.Sub(g.sent[0]) >= l.Per {
		g.sent = g.sent[1:]
	}
	over := len(g.sent) + min(n, l.Count) - l.Count
	if over <= 0 {
		return 0
	}
	return g.sent[over-1].Add(l.Per).Sub(now)
}

func (g *gate) fill(l Limit, now time.Time) {
	if g.filled.IsZero() {
		g.tokens = float64(l.Burst)
	} else {
		g.tokens = min(float64(l.Burst), g.tokens+float64(now.Sub(g.filled))*float64(l.Count)/float64(l.Per))
	}
	g.filled = now
}

func (g *gate) take(l Limit, n int, now time.Time) {
	switch {
	case l.Count == 0:
	case l.Burst > 0:
		g.tokens -= float64(n)
	default:
		for range n {
			g.sent = append(g.sent, now)
		}
	}
}

// close shuts the gate for the seconds a 429 named.
func (g *gate) close(now time.Time, seconds int) {
	if until := now.Add(time.Duration(seconds) * time.Second); until.After(g.closed) {
		g.closed = until
	}
}

// pace holds the bot-wide gate and those of methods without a chat; each chat has its own. It is guarded by the server's lock.
type pace struct {
	limits     Limits
	overall    gate
	byMethod   map[string]*gate
	violations []Violation
}

// admit lets a call through or answers 429. Paced calls pass the bot's gate and their chat's; every call passes its method's, which only a
// scripted 429 on a call without a chat closes.
func (t *Telegram) admit(c *call, paced bool) *apiError {
	now := t.clock.Now()
	if refused := t.obey(c, "method", t.pace.byMethod[c.method], now); refused != nil || !paced {
		return refused
	}
	ch := t.chats[c.int64("chat_id")]
	if refused := t.obey(c, "bot", &t.pace.overall, now); refused != nil {
		return refused
	}
	if ch == nil {
		return nil // there is no such chat to flood; the method itself will refuse
	}
	if refused := t.obey(c, "chat", &ch.pace, now); refused != nil {
		return refused
	}
	return t.takeFrom(ch, c.cost(), now)
}

// obey refuses and records a call that comes while a 429 still runs.
func (t *Telegram) obey(c *call, scope string, g *gate, now time.Time) *apiError {
	if g == nil || !g.closed.After(now) {
		return nil
	}
	early := g.closed.Sub(now)
	if len(t.pace.violations) < maxViolations {
		t.pace.violations = append(t.pace.violations,
			Violation{At: now, Method: c.method, Chat: c.int64("chat_id"), Scope: scope, Early: early})
	}
	return tooMany(wholeSeconds(early))
}

// takeFrom counts n sends against the bot and the chat, or closes the gate that has no room for them.
func (t *Telegram) takeFrom(ch *chat, n int, now time.Time) *apiError {
	limit := t.pace.limits.Group
	if ch.kind == private {
		limit = t.pace.limits.Private
	}
	for _, g := range []struct {
		*gate
		limit Limit
	}{{&t.pace.overall, t.pace.limits.Overall}, {&ch.pace, limit}} {
		if wait := g.wait(g.limit, n, now); wait > 0 {
			seconds := wholeSeconds(wait)
			g.close(now, seconds)
			return tooMany(seconds)
		}
	}
	t.pace.overall.take(t.pace.limits.Overall, n, now)
	ch.pace.take(limit, n, now)
	return nil
}

// cost is how many messages a call would send.
func (c *call) cost() int {
	n := 1
	if c.method == "sendMediaGroup" {
		caught(func() { n = len(c.album()) })
	}
	return n
}

// wholeSeconds rounds up, since retry_after is written in seconds and must not be too short; it is at least 1.
func wholeSeconds(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }

// shut closes the gate that a scripted 429 names: the whole bot's, that of the chat of a send, or that of the method.
func (t *Telegram) shut(c *call, paced, botWide bool, seconds int) {
	now := t.clock.Now()
	ch := t.chats[c.int64("chat_id")]
	switch {
	case botWide:
		t.pace.overall.close(now, seconds)
	case paced && ch != nil:
		ch.pace.close(now, seconds)
	default:
		if t.pace.byMethod == nil {
			t.pace.byMethod = make(map[string]*gate)
		}
		if t.pace.byMethod[c.method] == nil {
			t.pace.byMethod[c.method] = &gate{}
		}
		t.pace.byMethod[c.method].close(now, seconds)
	}
}

// Violations lists the calls that disobeyed a 429, up to the first thousand.
func (t *Telegram) Violations() []Violation {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.pace.violations)
}
