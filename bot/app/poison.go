package app

import (
	"context"
	"encoding/json"
	"errors"

	"powerdesk/bot/store"
	"powerdesk/bot/telegram"
	"powerdesk/flows"
)

// tries is how often an event that fails for a reason of its own is handled
// before the others may pass.
const tries = 3

// Persist handles an event until it is stored or hopeless. A store that is away
// is waited for, by returning the error: Telegram keeps the update. An event
// that fails for a reason of its own, such as a damaged session, would hold up
// every other resident for ever; it is passed over, and its sender is told whom
// to call. What is turned away is not handled at all.
func (a *App) Persist(ctx context.Context, e flows.Event) error {
	if away, err := a.turnAway(ctx, e); away {
		return err
	}
	err := a.persist(ctx, e)
	a.pace.settled(e, err == nil)
	return err
}

func (a *App) persist(ctx context.Context, e flows.Event) error {
	var err error
	for range tries {
		err = a.Handle(ctx, e)
		if err == nil || errors.Is(err, store.ErrUnavailable) || errors.Is(err, store.ErrConflict) ||
			errors.Is(err, errStandsBy) || ctx.Err() != nil {
			return err
		}
	}
	a.count.poison.Inc()
	a.log.Error("an event cannot be handled and is passed over", "event", e.ID, "kind", e.Kind, "err", err)
	if e.Chat.Kind == flows.Private {
		_ = a.apologise(ctx, e.Chat.ID, e.From.Lang)
	}
	return nil
}

// quarantine passes over an update that cannot be read, or whose handling
// panicked. Its content is personal and is not logged.
func (a *App) quarantine(ctx context.Context, p telegram.Poison) error {
	a.count.poison.Inc()
	a.log.Error("an update cannot be handled and is passed over", "update", p.ID, "bytes", len(p.Raw), "err", p.Err)
	var peek struct {
		Message struct {
			Chat struct {
				ID int64 `json:"id"`
			} `json:"chat"`
		} `json:"message"`
	}
	if json.Unmarshal(p.Raw, &peek) == nil && peek.Message.Chat.ID > 0 {
		_ = a.apologise(ctx, peek.Message.Chat.ID, a.County().Lang)
	}
	return nil
}
