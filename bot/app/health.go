package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"powerdesk/bot/web"
	"powerdesk/flows/county"
)

// How old things may get before the desk calls itself not ready. A poll is held
// for 25 s by Telegram; a message that waits longer than a minute is waited for
// by somebody.
const (
	deafAfter  = time.Minute
	staleAfter = time.Minute
)

// health looks at what really happens: when Telegram last gave an answer to a
// poll, whether Redis takes commands, how long the oldest message waits. getMe
// would stay green on a deaf bot (RELIABILITY §2).
//
// A replica that stands by polls and sends nothing, and the webhook is not its to
// watch: it is well while Redis is.
type health struct {
	*Running
	clock Clock
}

func (h health) Check(ctx context.Context) map[string]error {
	if !h.elector.Leads() {
		return map[string]error{"redis": h.redis(ctx)}
	}
	return map[string]error{
		"redis":    h.redis(ctx),
		"telegram": h.telegram(),
		"outbox":   h.messages(),
		"chats":    h.chats(),
	}
}

func (h health) redis(ctx context.Context) error {
	if err := h.Store.Ping(ctx); err != nil {
		return errors.New("redis does not answer: look at REDIS_URL and at the server")
	}
	return h.elector.Trouble()
}

// telegram says why updates do not come. With a webhook that none came for long
// is no fault by itself, since nobody may have written: Telegram is asked.
func (h health) telegram() error {
	if h.hook != nil {
		return h.hook.Check()
	}
	last := h.tg.LastPoll()
	if last.IsZero() {
		return errors.New("telegram has not answered a poll yet")
	}
	if age := h.clock.Now().Sub(last); age > deafAfter {
		return fmt.Errorf("telegram last answered a poll %s ago", age.Round(time.Second))
	}
	return nil
}

// chats says which chats take no messages: a group of the desk by its part in it, a
// person's by no more than that there is one. People work without a person's chat,
// and they do not without a group's.
func (h health) chats() error { return refusing(h.App.Chats(), h.outbox.Stats().Refusing) }

func refusing(desk county.Chats, chats []int64) error {
	var groups []string
	for chat, name := range map[int64]string{desk.Duty: "duty", desk.Hall: "hall", desk.Leader: "leaders"} {
		if chat != 0 && slices.Contains(chats, chat) {
			groups = append(groups, name)
		}
	}
	slices.Sort(groups)
	switch {
	case len(groups) > 0:
		return fmt.Errorf("no messages are taken by: %s. Is the bot still in the group, and may it write?", strings.Join(groups, ", "))
	case len(chats) > 0:
		return web.Remark(fmt.Sprintf("other chats that take no messages: %d", len(chats)))
	default:
		return nil
	}
}

func (h health) messages() error {
	oldest := h.outbox.Stats().Oldest
	if age := h.clock.Now().Sub(oldest); !oldest.IsZero() && age > staleAfter {
		return fmt.Errorf("the oldest message has waited for %s", age.Round(time.Second))
	}
	return nil
}
