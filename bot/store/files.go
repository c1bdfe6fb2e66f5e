package store

import (
	"context"
	"fmt"
)

// File gives the id under which Telegram has a picture, "" when it has none.
// Name says which picture, content included. Errors: ErrUnavailable.
func (s *Store) File(ctx context.Context, name string) (string, error) {
	reply, err := s.read(ctx, "file", name)
	if err != nil {
		return "", fmt.Errorf("reading Telegram's id of the picture %s: %w", name, err)
	}
	if f := texts(reply); len(f) > 0 {
		return f[0], nil
	}
	return "", nil
}

// KeepFile notes the id under which Telegram has a picture from now on, for every
// replica. Errors: ErrUnavailable.
func (s *Store) KeepFile(ctx context.Context, name, id string) error {
	if _, err := s.write(ctx, "filed", name, id); err != nil {
		return fmt.Errorf("noting Telegram's id of the picture %s: %w", name, err)
	}
	return nil
}
