package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"
)

// Leader is the process that acts for the desk: one polls, sends and fires
// reminders, the others stand by (DESIGN §5).
type Leader struct {
	Owner string
	Term  int64         // the fencing token: each new holder's is higher
	Left  time.Duration // of its lease, by Redis's clock; a lower bound for whoever counts from before the call
}

// Lead makes the owner lead for so long if nobody else does, makes its lease as
// long again if it does already, and gives who leads now. A lease that ran out
// is over even for its owner: to take it again is a new term. A repeat changes
// nothing but the end of the lease. Errors: ErrUnavailable.
func (s *Store) Lead(ctx context.Context, owner string, lease time.Duration) (Leader, error) {
	reply, err := s.write(ctx, "lead", owner, lease.Milliseconds(), rand.Text())
	if err != nil {
		return Leader{}, fmt.Errorf("leading the desk: %w", err)
	}
	f := texts(reply)
	s.heard(ctx, f[3], number(f[4]))
	return Leader{Owner: f[0], Term: number(f[1]), Left: time.Duration(number(f[2])) * time.Millisecond}, nil
}

// Resign ends the owner's term at once. Whoever does not lead resigns in vain.
// Errors: ErrUnavailable.
func (s *Store) Resign(ctx context.Context, owner string) error {
	if _, err := s.write(ctx, "resign", owner); err != nil {
		return fmt.Errorf("resigning: %w", err)
	}
	return nil
}
