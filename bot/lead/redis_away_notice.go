package lead

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// noticeEvery is how long one chat is not told again that the desk cannot store
// anything: the update comes again every few seconds until it can.
const noticeEvery = 10 * time.Minute

// errNotAway says that Redis is not away, as far as is known.
var errNotAway = errors.New("redis is not away")

// Messenger reaches people beside the outbox: nothing of it is stored.
type Messenger interface {
	Hotline() string
	Say(ctx context.Context, say talk.Say) error
	Toast(t talk.Toast)
}

// RedisAwayNotice tells residents that the desk cannot take anything right now, and
// whom to call. It is the one message that goes out unstored: there is nowhere to
// store it, and silence would be worse. Whoever could not store an event asks for
// it; of one chat it is remembered for a while that it has been told.
type RedisAwayNotice struct {
	by    Messenger
	clock Clock
	log   *slog.Logger

	mu   sync.Mutex
	away bool // Redis was, when it was last asked
	told map[int64]time.Time
}

// Clock tells the time.
type Clock interface{ Now() time.Time }

// NewRedisAwayNotice makes a notice that nobody has been told.
func NewRedisAwayNotice(by Messenger, c Clock, log *slog.Logger) *RedisAwayNotice {
	return &RedisAwayNotice{by: by, clock: c, log: log, told: make(map[int64]time.Time)}
}

// Heard takes in whether Redis was away when it was last asked.
func (n *RedisAwayNotice) Heard(away bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.away = away
}

// Tell tells whoever caused an event that could not be stored. An error means that
// they were not told.
func (n *RedisAwayNotice) Tell(ctx context.Context, e talk.Event) error {
	switch {
	case e.Callback != "":
		n.by.Toast(talk.Toast{Callback: e.Callback, Text: words.Plain(e.From.Lang, "toast.try_again", nil)})
	case e.Chat.Kind == talk.Private && e.Kind != talk.Due:
		return n.TellHotline(ctx, e.Chat.ID, e.From.Lang)
	}
	return nil
}

// TellWaiting tells who waits behind what cannot be stored. It is asked of
// everybody who waits, so it asks in turn whether Redis is why.
func (n *RedisAwayNotice) TellWaiting(ctx context.Context, e talk.Event) error {
	n.mu.Lock()
	away := n.away
	n.mu.Unlock()
	if !away {
		return errNotAway
	}
	return n.Tell(ctx, e)
}

// TellHotline tells a chat whom to call, once in a while.
func (n *RedisAwayNotice) TellHotline(ctx context.Context, chat int64, l words.Lang) error {
	if !n.first(chat) {
		return nil
	}
	err := n.by.Say(ctx, talk.Say{Chat: chat, Text: words.Say(l, "router.away", words.Args{"Hotline": n.by.Hotline()})})
	if err != nil {
		n.mu.Lock()
		defer n.mu.Unlock()
		delete(n.told, chat)
		n.log.Warn("a resident could not be told that the desk is away", "err", err)
	}
	return err
}

// first says whether the chat has not been told lately, and notes that it is.
func (n *RedisAwayNotice) first(chat int64) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := n.clock.Now()
	for c, at := range n.told {
		if now.Sub(at) > noticeEvery {
			delete(n.told, c)
		}
	}
	if _, told := n.told[chat]; told {
		return false
	}
	n.told[chat] = now
	return true
}
