package app

import (
	"context"
	"fmt"
	"time"

	"powerdesk/bot/telegram"
	"powerdesk/flows"
)

// toldAgainAfter is how long the leaders are not told again that the desk cannot
// reach the duty group. Two things tell of it, a service message and a refused
// card, and after a restart the card is refused once more.
const toldAgainAfter = time.Hour

// removed lets the leaders hear that the desk cannot write in the duty group: in
// the group nobody can. Its event is the hour's, so whoever notices it, and in
// whatever replica, it is told once. An error means that nobody was told yet.
func (a *App) removed(ctx context.Context, chat int64) error {
	if chat != a.Chats().Duty || chat == 0 {
		return nil
	}
	hour := a.clock.Now().Truncate(toldAgainAfter).Unix()
	e := a.dueEvent(fmt.Sprintf("g:%d:%d", chat, hour), flows.Remind{Name: "duty/removed", At: a.clock.Now()})
	return a.tell(ctx, e, "the leaders are not told that the duty group cannot be reached")
}

// unreachable notes that nothing can be delivered to a chat. A group of the
// desk is a matter for the operator, and the duty group one for the leaders; a
// resident who blocked the bot is not.
func (a *App) unreachable(chat int64) {
	if chat > 0 {
		a.log.Info("somebody cannot be written to: they have blocked the bot, or never opened it")
		return
	}
	a.log.Error("a group of the desk cannot be reached: is the bot still in it?", "chat", chat)
	ctx, cancel := context.WithTimeout(context.Background(), directFor)
	defer cancel()
	if err := a.removed(ctx, chat); err != nil {
		// The next card that is refused after a restart tells it, if Telegram has
		// not told of the removal itself.
		a.log.Error("the leaders do not know that the duty group cannot be reached", "err", err)
	}
}

// departed takes note of who left a group: a person's membership is believed no
// longer, and when it is the desk itself the leaders hear it.
func (r *Running) departed(ctx context.Context, u telegram.Update) error {
	r.App.members.forget(u.Event.Chat.ID, u.Event.From.ID)
	me, _, err := r.tg.Me(ctx)
	if err == nil && me == u.Event.From.ID {
		return r.App.removed(ctx, u.Event.Chat.ID)
	}
	return nil // who cannot be told apart from the desk is somebody else
}
