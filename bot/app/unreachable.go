package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"powerdesk/bot/outbox"
	"powerdesk/bot/telegram"
	"powerdesk/flows/talk"
)

// toldAgainAfter is how long the leaders are not told again that a chat cannot be
// reached. Two things may tell of it, a service message and a refused card, and
// after a restart the card is refused once more.
const toldAgainAfter = time.Hour

// tellLeaders lets the leaders hear, each in private, that a chat takes nothing:
// in the chat nobody can. The round says why; said is what Telegram said. Its
// event is the hour's, so whoever notices it, and in whatever replica, it is told
// once. An error means that nobody was told yet.
func (a *App) tellLeaders(ctx context.Context, round string, lost talk.Say, said string) error {
	hour := a.clock.Now().Truncate(toldAgainAfter).Unix()
	e := a.dueEvent(fmt.Sprintf("g:%s:%d:%d", round, lost.Chat, hour), talk.Remind{Name: round, At: a.clock.Now()})
	e.Lost, e.Text = lost, said
	return a.tell(ctx, e, "the leaders are not told that a chat cannot be reached")
}

// The rounds by which leaders hear of a chat (flows/duty).
const (
	removedRound = "duty/removed" // the duty group has put the desk out
	refusedRound = "duty/refused" // a chat takes nothing, and Telegram says why
)

// numbered finds the number of a job in the name of a slot.
var numbered = regexp.MustCompile(`\d{4}-\d{2,}`)

// unreachable notes that a row did not reach its chat. A resident who blocked the
// bot is nobody's matter; everything else is one for the leaders and the operator.
func (a *App) unreachable(row outbox.Row, why error) {
	failed, known := errors.AsType[*telegram.Error](why)
	gone := telegram.Is(why, telegram.Gone)
	if gone && row.Chat > 0 {
		a.log.Info("somebody cannot be written to: they have blocked the bot, or never opened it")
		return
	}
	round, said := refusedRound, ""
	if known {
		said = failed.Description
	}
	if row.Chat > 0 {
		a.log.Error("somebody cannot be written to, and the reason is not one the desk knows", "err", why)
	} else {
		a.log.Error("a group of the desk cannot be reached: is the bot still in it?", "chat", row.Chat, "err", why)
	}
	if gone && row.Chat == a.Chats().Duty {
		round = removedRound
	}
	ctx, cancel := context.WithTimeout(context.Background(), directFor)
	defer cancel()
	lost := talk.Say{Chat: row.Chat, Job: cmp.Or(row.Say.Job, numbered.FindString(row.Slot))}
	if err := a.tellLeaders(ctx, round, lost, said); err != nil {
		// The next row that is refused after a restart tells it, if Telegram has
		// not told of a removal itself.
		a.log.Error("the leaders do not know that a chat cannot be reached", "err", err)
	}
}

// departed takes note of who left a group: a person's membership is believed no
// longer, and when it is the desk itself that left the duty group the leaders
// hear it.
func (r *Running) departed(ctx context.Context, u telegram.Update) error {
	r.App.members.forget(u.Event.Chat.ID, u.Event.From.ID)
	me, _, err := r.tg.Me(ctx)
	if chat := u.Event.Chat.ID; err == nil && me == u.Event.From.ID && chat == r.App.Chats().Duty && chat != 0 {
		return r.App.tellLeaders(ctx, removedRound, talk.Say{Chat: chat}, "")
	}
	return nil // who cannot be told apart from the desk is somebody else
}
