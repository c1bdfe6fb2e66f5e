package app

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"time"

	"powerdesk/flows/talk"
)

// Moves is where the new ids of groups are kept.
type Moves interface {
	Move(ctx context.Context, from, to int64) error
	Moves(ctx context.Context) (map[int64]int64, error)
}

// lookForMoves is how often a desk looks whether another replica was told that a
// group has moved.
const lookForMoves = 30 * time.Second

// groupMoves are those of the desk's groups to their new ids.
type groupMoves struct {
	kept    Moves
	mu      sync.Mutex
	unsaved map[int64]int64 // by old id: followed, and not yet kept and told
}

// Moved follows a group of the desk to its new id, keeps that for the next start
// and, when it is the duty group, posts what is open there again: the old cards
// stay readable and their buttons work, but nobody scrolls back to them. An
// error means that it is not kept yet and must be told again.
func (a *App) Moved(ctx context.Context, from, to int64) error {
	a.moves.mu.Lock()
	defer a.moves.mu.Unlock()
	if a.follow(from, to) {
		a.moves.unsaved[from] = to
	}
	if a.moves.unsaved[from] != to {
		return nil // nobody's group, or one that was followed before
	}
	if err := a.moves.kept.Move(ctx, from, to); err != nil {
		return fmt.Errorf("a group moved: %w", err)
	}
	for name, group := range map[string]int64{"duty/moved": a.Chats().Duty, "duty/moved_hall": a.Chats().Hall} {
		if to == group {
			if err := a.postAgain(ctx, name, from, to); err != nil {
				return err
			}
		}
	}
	delete(a.moves.unsaved, from)
	return nil
}

// follow changes the id under which the desk serves a group. It reports false
// when the old id is not one of the desk's, or the new one is.
func (a *App) follow(from, to int64) bool {
	c := *a.County()
	var moves *int64
	for _, id := range []*int64{&c.Chats.Duty, &c.Chats.Hall, &c.Chats.Leader} {
		switch *id {
		case from:
			moves = id
		case to:
			return false
		}
	}
	if moves == nil || from == 0 || to >= 0 {
		return false
	}
	*moves = to
	a.log.Warn("a group has a new id: write it into the desk file", "old", from, "new", to)
	a.Serve(&c)
	return true
}

// postAgain lets the crew's side show every open job where the group is now. The
// event is the move's own: replicas that are told of it do it once.
func (a *App) postAgain(ctx context.Context, name string, from, to int64) error {
	e := a.dueEvent(fmt.Sprintf("m:%d:%d", from, to), talk.Remind{Name: name, At: a.clock.Now()})
	return a.tell(ctx, e, "the open cards are not posted where the group has moved")
}

// lookMoves keeps what could not be kept before, and follows the groups to where
// they are by now: a message from a group whose new id is not known looks like a
// stranger's.
func (a *App) lookMoves(ctx context.Context) error {
	a.moves.mu.Lock()
	unsaved := maps.Clone(a.moves.unsaved)
	a.moves.mu.Unlock()
	for from, to := range unsaved {
		if err := a.Moved(ctx, from, to); err != nil {
			return err
		}
	}
	moved, err := a.moves.kept.Moves(ctx)
	if err != nil {
		return err
	}
	a.moves.mu.Lock()
	defer a.moves.mu.Unlock()
	chats := a.Chats()
	for _, id := range []int64{chats.Duty, chats.Hall, chats.Leader} {
		// One that moved again is followed on; no more steps than there are moves,
		// or two that name each other would lead round for ever.
		for range moved {
			to, ok := moved[id]
			if !ok || !a.follow(id, to) {
				break
			}
			id = to
		}
	}
	return nil
}
