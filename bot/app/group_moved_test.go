package app

import (
	"context"
	"maps"
	"testing"

	"powerdesk/bot/store"
	"powerdesk/flows/county"
)

// ledger keeps moves, unless it is away.
type ledger struct {
	kept map[int64]int64
	away bool
}

func (l *ledger) Move(_ context.Context, from, to int64) error {
	if l.away {
		return store.ErrUnavailable
	}
	l.kept[from] = to
	return nil
}

func (l *ledger) Moves(context.Context) (map[int64]int64, error) {
	if l.away {
		return nil, store.ErrUnavailable
	}
	return maps.Clone(l.kept), nil
}

func TestAMoveIsKeptWhenTheStoreIsBack(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	l := &ledger{kept: map[int64]int64{}, away: true}
	b.moves.kept = l
	const grown = -1009876543210
	if err := b.Moved(t.Context(), hallChat, grown); err == nil || b.Chats().Hall != grown {
		t.Errorf("a move that is not kept: %v, the hall is %d; want it followed and told again", err, b.Chats().Hall)
	}
	l.away = false
	if err := b.lookMoves(t.Context()); err != nil || l.kept[hallChat] != grown {
		t.Errorf("kept %v, %v", l.kept, err)
	}
	if err := b.Moved(t.Context(), hallChat, grown); err != nil {
		t.Errorf("told twice: %v", err)
	}
}

func TestWhatIsRecalledOfMoves(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		kept map[int64]int64
		want county.Chats
	}{
		"none":           {nil, county.Chats{Duty: dutyChat, Hall: hallChat, Leader: leaderChat}},
		"one":            {map[int64]int64{dutyChat: -77}, county.Chats{Duty: -77, Hall: hallChat, Leader: leaderChat}},
		"twice":          {map[int64]int64{dutyChat: -77, -77: -78}, county.Chats{Duty: -78, Hall: hallChat, Leader: leaderChat}},
		"in a circle":    {map[int64]int64{dutyChat: -77, -77: dutyChat}, county.Chats{Duty: dutyChat, Hall: hallChat, Leader: leaderChat}},
		"a stranger's":   {map[int64]int64{-5: -6}, county.Chats{Duty: dutyChat, Hall: hallChat, Leader: leaderChat}},
		"onto another":   {map[int64]int64{dutyChat: hallChat}, county.Chats{Duty: dutyChat, Hall: hallChat, Leader: leaderChat}},
		"onto a person":  {map[int64]int64{dutyChat: 42}, county.Chats{Duty: dutyChat, Hall: hallChat, Leader: leaderChat}},
		"onto nothing":   {map[int64]int64{dutyChat: 0}, county.Chats{Duty: dutyChat, Hall: hallChat, Leader: leaderChat}},
		"onto the same":  {map[int64]int64{dutyChat: dutyChat}, county.Chats{Duty: dutyChat, Hall: hallChat, Leader: leaderChat}},
		"of two of them": {map[int64]int64{dutyChat: -77, leaderChat: -79}, county.Chats{Duty: -77, Hall: hallChat, Leader: -79}},
	} {
		b := newBare(t)
		b.moves.kept = &ledger{kept: tt.kept}
		if err := b.lookMoves(t.Context()); err != nil || b.Chats() != tt.want {
			t.Errorf("%s: %+v, %v; want %+v", name, b.Chats(), err, tt.want)
		}
	}
}
