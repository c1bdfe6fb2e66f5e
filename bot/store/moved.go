package store

import (
	"context"
	"fmt"
)

// Move notes that a group has a new id: the desk file goes on naming the old one
// until somebody changes it. Errors: ErrUnavailable.
func (s *Store) Move(ctx context.Context, from, to int64) error {
	if _, err := s.write(ctx, "moved", from, to); err != nil {
		return fmt.Errorf("noting that group %d is now %d: %w", from, to, err)
	}
	return nil
}

// Moves gives every group that has a new id, each by its old one. A group that
// moved twice is there twice. Errors: ErrUnavailable.
func (s *Store) Moves(ctx context.Context) (map[int64]int64, error) {
	reply, err := s.read(ctx, "moves")
	if err != nil {
		return nil, fmt.Errorf("reading which groups have moved: %w", err)
	}
	f := texts(reply)
	moves := make(map[int64]int64, len(f)/2)
	for i := 0; i+1 < len(f); i += 2 {
		moves[number(f[i])] = number(f[i+1])
	}
	return moves, nil
}
