package outbox

import (
	"cmp"
	"context"
	"log/slog"
	"strconv"
	"strings"
	"time"
)

const (
	// floodWindow: two chats that flood within it mean the whole bot
	// (RELIABILITY §2 "429 semantics").
	floodWindow = 10 * time.Second
	// floodDefault is for a 429 that does not say how long.
	floodDefault = 10 * time.Second
)

// botScope and chatScope name scopes in the store.
const (
	botScope  = "bot"
	chatScope = "chat/"
)

// flood is a 429: which chat and when.
type flood struct {
	chat int64
	at   time.Time
}

// flood closes the scope that Telegram named, here and in the store. It is no
// attempt of the row.
func (l *loop) flood(e *entry, out Outcome, now time.Time) {
	l.counters.floods.Add(1)
	until := now.Add(cmp.Or(max(out.RetryAfter, 0), floodDefault))
	other := !l.flooded.at.IsZero() && l.flooded.chat != out.Chat && now.Sub(l.flooded.at) <= floodWindow
	l.flooded = flood{out.Chat, now}
	if out.Chat != 0 {
		ln := l.lane(out.Chat)
		ln.pause = latest(ln.pause, until)
		l.book.pause(chatScope+strconv.FormatInt(out.Chat, 10), until)
	}
	if out.Chat == 0 || other {
		l.closeBot(until)
		l.book.pause(botScope, until)
	}
	l.place(e, now)
}

// closeBot lets nothing go anywhere before until.
func (l *loop) closeBot(until time.Time) { l.pause = latest(l.pause, until) }

// recall reads the pauses that are still running, because a process that starts
// must not call where another was told to wait. It tries until it can or ctx
// ends; nothing is sent before.
func (l *loop) recall(ctx context.Context) {
	for ctx.Err() == nil {
		pauses, err := l.pauses(ctx)
		now := time.Now()
		if err == nil {
			for scope, d := range pauses {
				l.restore(scope, now.Add(d))
			}
			return
		}
		l.stumble(err, now)
		select {
		case <-ctx.Done():
		case <-time.After(time.Until(l.retryAt)):
		}
	}
}

func (l *loop) pauses(ctx context.Context) (map[string]time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	return l.opts.Store.Pauses(ctx)
}

// restore closes a scope as the store names it.
func (l *loop) restore(scope string, until time.Time) {
	if scope == botScope {
		l.pause = until
		return
	}
	name, ok := strings.CutPrefix(scope, chatScope)
	chat, err := strconv.ParseInt(name, 10, 64)
	if !ok || err != nil {
		l.opts.Logger.Warn("outbox: unknown pause in the store", slog.Int("length", len(scope)))
		return
	}
	l.lane(chat).pause = until
}
