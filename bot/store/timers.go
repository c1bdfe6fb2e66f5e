package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"powerdesk/flows/talk"
)

// Due gives up to n reminders that are due, the earliest first. They stay until
// the commit of their event takes them away (Change.Fired), so a reminder is
// not lost with the process that was about to fire it. Errors: ErrUnavailable.
func (s *Store) Due(ctx context.Context, now time.Time, n int) ([]talk.Remind, error) {
	reply, err := s.read(ctx, "due", now.UnixMilli(), n)
	if err != nil {
		return nil, fmt.Errorf("reading reminders: %w", err)
	}
	var due []talk.Remind
	for f := range slices.Chunk(texts(reply), 3) {
		var remind talk.Remind
		_, body, _ := strings.Cut(f[2], " ")
		if err := decode(s.key("reminders")+" "+f[0], body, &remind); err != nil {
			// Its event still has to happen, or it would be due for ever.
			s.log.ErrorContext(ctx, "reminder without its body", "error", err)
			remind = talk.Remind{At: time.UnixMilli(number(f[1]))}
		}
		remind.Name = f[0]
		due = append(due, remind)
	}
	return due, nil
}
