package app

import (
	"context"
	"encoding/json"
	"errors"

	"powerdesk/bot/lead"
	"powerdesk/bot/store"
	"powerdesk/bot/telegram"
	"powerdesk/flows/talk"
)

// ownFault says whether an event failed for a reason of its own: whatever else is
// the matter, a Redis that is away or a process that stops, is over some time, and
// the event is handled then.
func ownFault(ctx context.Context, err error) bool {
	return err != nil && ctx.Err() == nil && !errors.Is(err, store.ErrUnavailable) && !errors.Is(err, store.ErrConflict) &&
		!errors.Is(err, lead.ErrStandsBy)
}

// passOver gives an event up, and tells its sender whom to call.
func (a *App) passOver(ctx context.Context, e talk.Event, why error) {
	a.count.quarantined.Inc()
	a.log.Error("an event cannot be handled and is passed over", "event", e.ID, "kind", e.Kind, "err", why)
	if e.Chat.Kind == talk.Private {
		_ = a.redisAway.TellHotline(ctx, e.Chat.ID, e.From.Lang)
	}
}

// quarantine passes over an update that cannot be read, or whose handling
// panicked. Its content is personal and is not logged.
func (a *App) quarantine(ctx context.Context, p telegram.Poison) error {
	a.count.quarantined.Inc()
	a.log.Error("an update cannot be handled and is passed over", "update", p.ID, "bytes", len(p.Raw), "err", p.Err)
	var peek struct {
		Message struct{ Chat struct{ ID int64 } }
	}
	if json.Unmarshal(p.Raw, &peek) == nil && peek.Message.Chat.ID > 0 {
		_ = a.redisAway.TellHotline(ctx, peek.Message.Chat.ID, a.County().Lang)
	}
	return nil
}
