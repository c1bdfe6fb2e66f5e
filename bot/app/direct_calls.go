package app

import (
	"context"
	"log/slog"
	"time"

	"powerdesk/bot/lead"
	"powerdesk/bot/telegram"
	"powerdesk/flows/county"
	"powerdesk/flows/talk"
)

// directFor bounds the calls that go beside the outbox: a press is forgotten by
// Telegram soon, and nothing waits for these.
const directFor = 10 * time.Second

// direct makes the calls of Telegram that go beside the outbox: nothing of them is
// stored, and none is made again.
type direct struct {
	tg     Telegram
	county func() *county.County
	log    *slog.Logger
}

var _ lead.Messenger = direct{}

// Hotline is whom to call.
func (d direct) Hotline() string { return d.county().Hotline }

// Say sends a message, also while the desk stops.
func (d direct) Say(ctx context.Context, say talk.Say) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), directFor)
	defer cancel()
	_, err := d.tg.Send(ctx, telegram.Outgoing{Say: say})
	return err
}

// Toast answers a press at once. It is cosmetic: what it says is on the card, so a
// failure is only logged.
func (d direct) Toast(t talk.Toast) {
	if t.Callback == "" {
		return
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), directFor)
		defer cancel()
		if failpoint(ctx, atUnanswered) != nil {
			return
		}
		if err := d.tg.Answer(ctx, t); err != nil {
			d.log.Info("a press went unanswered", "err", err)
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
		ctx, cancel := context.WithTimeout(context.Background(), directFor)
		defer cancel()
		if err := a.direct.tg.Leave(ctx, chat); err != nil {
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
