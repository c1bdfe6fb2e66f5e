package store

import (
	"context"
	"testing"
)

func TestAGroupsNewIdIsKeptForGood(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		none, err := s.Moves(ctx)
		check(t, err)
		same(t, "moves of a new desk", len(none), 0)
		const basic, first, second = -4242, -1001234567890, -1009999999999
		for range 2 {
			check(t, s.Move(ctx, basic, first))
			check(t, s.Move(ctx, first, second))
		}
		got, err := s.Moves(ctx)
		check(t, err)
		same(t, "moves", got, map[int64]int64{basic: first, first: second})
		same(t, "life", s.client.PTTL(ctx, s.key("moved")).Val(), -1)
	})
}
