package app

import (
	"context"
	"errors"
	"time"

	"powerdesk/bot/lead"
	"powerdesk/bot/outbox"
	"powerdesk/bot/telegram"
)

// sender lets the outbox send through Telegram's door.
type sender struct {
	tg interface {
		Send(ctx context.Context, o telegram.Outgoing) (int, error)
	}
}

var _ outbox.Sender = sender{}

// kinds translates Telegram's error classes into what the outbox does.
var kinds = map[telegram.Class]outbox.Kind{
	telegram.Flood: outbox.Flood, telegram.Retry: outbox.Retry, telegram.Retarget: outbox.Retarget,
	telegram.Gone: outbox.Gone, telegram.Done: outbox.Done, telegram.Missing: outbox.Missing,
	telegram.Bug: outbox.Bug, telegram.Refused: outbox.Refused, telegram.Fatal: outbox.Fatal,
}

func (s sender) Send(ctx context.Context, row outbox.Row) outbox.Outcome {
	say := row.Say
	say.Chat = row.Chat
	id, err := s.tg.Send(ctx, telegram.Outgoing{Say: say, Message: row.Message, Plain: row.Plain})
	if err == nil {
		return outbox.Outcome{Kind: outbox.Sent, Message: id}
	}
	var failed *telegram.Error
	if !errors.As(err, &failed) {
		return outbox.Outcome{Kind: outbox.Retry, Ambiguous: true, Err: err}
	}
	out := outbox.Outcome{
		Kind: kinds[failed.Class], RetryAfter: failed.RetryAfter, Ambiguous: failed.Ambiguous, Chat: failed.Migrate, Err: err,
	}
	switch {
	case out.Kind == outbox.Flood:
		out.Chat = row.Chat
	case out.Kind == outbox.Missing && row.Say.Picture != "" && row.Message == 0:
		// The picture's id is forgotten: the next attempt uploads it.
		out.Kind = outbox.Retry
	case out.Kind == outbox.Retarget && out.Chat == 0:
		// Telegram does not always say where the group has moved; the service
		// message in the group does, a little later.
		out.Kind = outbox.Retry
	}
	return out
}

// termSender sends while the term lasts. It looks in the moment of sending: a
// process that was frozen wakes up in the middle of a decision.
type termSender struct {
	outbox.Sender
	term *lead.Term
	cut  context.Context // ends what is under way
	now  func() time.Time
	late func() // counts what was no news any more
}

func (s termSender) Send(ctx context.Context, row outbox.Row) outbox.Outcome {
	if !s.term.Holds() {
		return outbox.Outcome{Kind: outbox.Retry, Err: lead.ErrStandsBy}
	}
	if until := row.Say.Until; !until.IsZero() && s.now().After(until) {
		s.late()
		return outbox.Outcome{Kind: outbox.Done}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.cut, cancel)()
	out := s.Sender.Send(onWritten(ctx, atWritten), row)
	if err := failpoint(ctx, atDelivered); err != nil {
		return outbox.Outcome{Kind: outbox.Retry, Ambiguous: true, Err: err}
	}
	return out
}
