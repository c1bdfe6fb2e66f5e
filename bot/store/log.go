package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"powerdesk/flows/talk"
)

// Log gives the last n lines of the duty log, the oldest first. Lines that
// cannot be read are left out and named by the error; the others are returned
// beside it. Errors: also ErrUnavailable.
func (s *Store) Log(ctx context.Context, n int) ([]talk.Log, error) {
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	entries, err := s.client.XRevRangeN(ctx, s.key("log"), "+", "-", int64(n)).Result()
	if err != nil {
		return nil, fmt.Errorf("reading the log: %w", classify(err))
	}
	lines := make([]talk.Log, 0, len(entries))
	var unread []error
	for _, entry := range slices.Backward(entries) {
		var line talk.Log
		if err := decode(s.key("log")+" "+entry.ID, fmt.Sprint(entry.Values["line"]), &line); err != nil {
			unread = append(unread, err)
			continue
		}
		lines = append(lines, line)
	}
	return lines, errors.Join(unread...)
}
