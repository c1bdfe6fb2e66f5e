package store

import (
	"context"
	"testing"
)

func TestTheIdOfAPictureIsKeptForAllReplicas(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		none, err := s.File(ctx, "insert@1")
		check(t, err)
		same(t, "id of what was never uploaded", none, "")
		for _, id := range []string{"AgAC-1", "AgAC-2"} { // the second one because the first was refused
			check(t, s.KeepFile(ctx, "insert@1", id))
		}
		check(t, s.KeepFile(ctx, "push@1", "AgAC-3"))
		got, err := s.File(ctx, "insert@1")
		check(t, err)
		same(t, "id", got, "AgAC-2")
		other, err := s.File(ctx, "insert@2")
		check(t, err)
		same(t, "id of a drawing that was changed", other, "")
	})
}
