package app

import (
	"errors"
	"testing"

	"powerdesk/bot/lead"
	"powerdesk/flows/talk"
)

// A replica that cannot ask who is a member must not say so in the name of the
// one that can: the event would count as handled.
func TestAStandbyLeavesToTheLeaderWhatItCannotAsk(t *testing.T) {
	t.Parallel()
	for what, acts := range map[string]bool{"acting": true, "standing by": false} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			b := newBare(t)
			b.tg.err = errors.New("no call")
			if !acts {
				b.term = func() *lead.Term { return nil }
			}
			e := from(talk.Command, privateChat)
			e.Command = "open"
			err := b.Handle(t.Context(), e)
			if stored := len(b.store.changes) > 0; stored != acts || errors.Is(err, lead.ErrStandsBy) == acts {
				t.Errorf("stored an answer: %v, and ended with %v", stored, err)
			}
		})
	}
}

func TestAReplicaThatLostItsTermTakesNothing(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	b.store.due = reminds("duty/round")
	b.term = func() *lead.Term { return &lead.Term{Owner: "test", Number: 7} }
	if err := b.fire(t.Context(), nil); err != nil || len(b.fired()) > 0 {
		t.Errorf("fired %v, %v", b.fired(), err)
	}
	if err := b.Handle(t.Context(), from(talk.Text, privateChat)); err != nil {
		t.Fatal(err)
	}
	if change := b.store.changes[0]; change.Owner != "" {
		t.Errorf("committed for the term of %q, want for nobody's", change.Owner)
	}
}
