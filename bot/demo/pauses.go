package demo

import (
	"math"
	"slices"
	"time"
)

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

// scope is what a 429 closes: every send of the bot, those to a chat, or a method.
type scope struct {
	kind   string // "bot", "chat" or "method"
	chat   int64
	method string
}

// pauses are until when each scope is closed. They are guarded by the server's lock.
type pauses struct {
	until      map[scope]time.Time
	violations []Violation
}

// admit lets a call through, or answers 429 and records it when it comes while a 429 still runs. Every call obeys what its method was told, and
// paced calls what the whole bot and their chat were told as well.
func (t *Telegram) admit(c *call, paced bool) *apiError {
	scopes := []scope{{kind: "method", method: c.method}}
	if paced {
		scopes = append(scopes, scope{kind: "bot"}, scope{kind: "chat", chat: c.int64("chat_id")})
	}
	now := t.clock.Now()
	for _, s := range scopes {
		early := t.pauses.until[s].Sub(now)
		if early <= 0 {
			continue
		}
		if len(t.pauses.violations) < maxViolations {
			t.pauses.violations = append(t.pauses.violations,
				Violation{At: now, Method: c.method, Chat: c.int64("chat_id"), Scope: s.kind, Early: early})
		}
		return tooMany(wholeSeconds(early))
	}
	return nil
}

// wholeSeconds rounds up, since retry_after is written in seconds and must not be too short; it is at least 1.
func wholeSeconds(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }

// shut closes what a scripted 429 names: the whole bot, the chat of a send, or the method. A shorter pause never ends a longer one.
func (t *Telegram) shut(c *call, paced, botWide bool, seconds int) {
	s := scope{kind: "method", method: c.method}
	switch chat := c.int64("chat_id"); {
	case botWide:
		s = scope{kind: "bot"}
	case paced && t.chats[chat] != nil:
		s = scope{kind: "chat", chat: chat}
	}
	if until := t.clock.Now().Add(time.Duration(seconds) * time.Second); until.After(t.pauses.until[s]) {
		t.pauses.until[s] = until
	}
}

// Violations lists the calls that disobeyed a 429, up to the first thousand.
func (t *Telegram) Violations() []Violation {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.pauses.violations)
}
