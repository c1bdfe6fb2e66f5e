package outbox

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	// moment is the longest pause that rows wait out in memory. For a longer
	// one they go back to the store: no lease is held while nobody may send.
	moment = 2 * time.Second
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
		l.closeChat(l.lane(out.Chat), until, now)
		l.book.pause(chatScope+strconv.FormatInt(out.Chat, 10), until)
	}
	if out.Chat == 0 || other {
		l.closeBot(until, now)
		l.book.pause(botScope, until)
	}
	l.place(e, now)
}

// closeChat lets nothing go to a chat before until.
func (l *loop) closeChat(ln *lane, until, now time.Time) {
	ln.pause = latest(ln.pause, until)
	if ln.pause.Sub(now) > moment {
		l.giveBack(ln, ln.pause)
	}
}

// closeBot lets nothing go anywhere before until.
func (l *loop) closeBot(until, now time.Time) {
	l.pause = latest(l.pause, until)
	if l.pause.Sub(now) <= moment {
		return
	}
	for len(l.waiting) > 0 {
		l.giveBack(l.waiting[0], l.pause)
	}
	for len(l.intake.pending) > 0 {
		l.giveBack(l.lane(l.intake.pending[0].Chat), l.pause)
	}
}

// giveBack returns rows to the store, to be due again at an instant, and with
// them all that wait for the same chat: one that stayed would overtake them.
func (l *loop) giveBack(ln *lane, due time.Time, rows ...*entry) {
	rows = slices.Concat(rows, ln.takeAll(), l.intake.take(ln.chat))
	l.unlist(ln)
	for _, e := range rows {
		ln.leaving++
		l.book.nack(e, due)
	}
}

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
			l.leased = now.Add(l.opts.Lease)
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
