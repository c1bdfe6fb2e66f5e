package app

import (
	"context"
	"time"

	"powerdesk/flows"
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

// refused notes that Telegram does not take the token, and that it does again.
func (a *App) refused(err error) {
	if err != nil {
		a.log.Error("telegram refuses the token: nothing is sent until it is right", "err", err)
		return
	}
	a.log.Info("telegram takes the token again")
}
