package app

import (
	"context"
	"sync"
	"time"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// asideFor bounds the calls that go beside the outbox: a press is forgotten by
// Telegram soon, and nothing waits for these.
const asideFor = 10 * time.Second

// toast answers a press at once. It is cosmetic: what it says is on the card,
// so a failure is only logged.
func (a *App) toast(t flows.Toast) {
	if t.Callback == "" {
		return
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), asideFor)
		defer cancel()
		if failpoint(ctx, unanswered) != nil {
			return
		}
		if err := a.tg.Answer(ctx, t); err != nil {
			a.log.Info("a press went unanswered", "err", err)
		}
	}()
}

// leaveAfter gives the message that says the group's id time to arrive.
const leaveAfter = 3 * time.Second

// leave takes the bot out of a foreign group. One of our own that has just
// become a supergroup looks foreign until its new id is known, so it is looked
// at again first.
func (a *App) leave(chat int64) {
	time.AfterFunc(leaveAfter, func() {
		if ours := a.Chats(); chat == ours.Duty || chat == ours.Hall || chat == ours.Leader {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), asideFor)
		defer cancel()
		if err := a.tg.Leave(ctx, chat); err != nil {
			a.log.Warn("leaving a foreign group", "chat", chat, "err", err)
		}
	})
}

// noticeEvery is how long one chat is not told again that the desk cannot
// store: the update comes again every few seconds until it can.
const noticeEvery = 10 * time.Minute

// sayAway tells a resident that the desk cannot take anything right now and
// whom to call. It is the one message that is sent unstored: there is nowhere
// to store it, and silence would be worse.
func (a *App) sayAway(ctx context.Context, e flows.Event) {
	switch {
	case e.Callback != "":
		a.toast(flows.Toast{Callback: e.Callback, Text: a.word(e, "toast.try_again")})
	case e.Chat.Kind == flows.Private && e.Kind != flows.Due:
		a.apologise(ctx, e.Chat.ID, e.From.Lang)
	}
}

func (a *App) word(e flows.Event, key string) string { return words.Plain(e.From.Lang, key, nil) }

// notices remembers who has been told lately.
type notices struct {
	clock Clock
	mu    sync.Mutex
	told  map[int64]time.Time
}

func newNotices(c Clock) *notices { return &notices{clock: c, told: make(map[int64]time.Time)} }

// first says whether the chat has not been told lately, and notes that it is.
func (n *notices) first(chat int64) bool {
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

// unreachable notes that nothing can be delivered to a chat. A group of the
// desk is a matter for the operator; a resident who blocked the bot is not.
func (a *App) unreachable(chat int64) {
	if chat < 0 {
		a.log.Error("a group of the desk cannot be reached: is the bot still in it?", "chat", chat)
		return
	}
	a.log.Info("somebody cannot be written to: they have blocked the bot, or never opened it")
}

// refused notes that Telegram does not take the token, and that it does again.
func (a *App) refused(err error) {
	if err != nil {
		a.log.Error("telegram refuses the token: nothing is sent until it is right", "err", err)
		return
	}
	a.log.Info("telegram takes the token again")
}
