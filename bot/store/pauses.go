package store

import (
	"context"
	"fmt"
	"time"
)

// Pause holds a scope back, for every process: "bot", "chat/-100123" or
// "method/getUpdates". A shorter pause never ends a longer one, and none ends
// early: the parts of milliseconds that get lost on the way are added.
// Errors: ErrUnavailable.
func (s *Store) Pause(ctx context.Context, scope string, d time.Duration) error {
	const lost = 2 // here, and of Redis's clock
	if _, err := s.write(ctx, "pause", scope, min(d, pauseKeep).Milliseconds()+lost); err != nil {
		return fmt.Errorf("pausing %s: %w", scope, err)
	}
	return nil
}

// Pauses gives what is paused and for how long still. Errors: ErrUnavailable.
func (s *Store) Pauses(ctx context.Context) (map[string]time.Duration, error) {
	reply, err := s.write(ctx, "pauses")
	if err != nil {
		return nil, fmt.Errorf("reading pauses: %w", err)
	}
	f := texts(reply)
	pauses := make(map[string]time.Duration, len(f)/2)
	for i := 0; i < len(f); i += 2 {
		pauses[f[i]] = time.Duration(number(f[i+1])) * time.Millisecond
	}
	return pauses, nil
}
