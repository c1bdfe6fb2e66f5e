package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// Spreading is how far a broadcast is.
type Spreading struct {
	Name string
	Page int  // members for whom a row was appended now
	Told int  // and since it began
	Late int  // those whom it came too late for
	Over bool // nobody is left
}

// Spread appends the rows of the broadcast that was asked for first, for up to n of
// the members who have not been told, in one write: whoever goes on after a crash
// tells the next ones. Without a broadcast the name is "". Errors: ErrOver,
// ErrUnavailable.
func (s *Store) Spread(ctx context.Context, owner string, now time.Time, n int) (Spreading, error) {
	reply, err := s.write(ctx, "spread", owner, now.UnixMilli(), n)
	if err == nil && over(reply) {
		err = ErrOver
	}
	if err != nil {
		return Spreading{}, fmt.Errorf("spreading a broadcast: %w", err)
	}
	if len(reply) == 0 {
		return Spreading{}, nil
	}
	f := texts(reply)
	return Spreading{Name: f[0], Page: int(number(f[1])), Told: int(number(f[2])), Late: int(number(f[3])), Over: f[4] == "1"}, nil
}

// addBroadcasts lays out name, set, until, how long it is remembered, and the body
// for each language.
func (a *argv) addBroadcasts(all []talk.Broadcast) {
	a.add(len(all))
	for _, b := range all {
		a.add(b.Name, b.Set, b.Until.UnixMilli(), deadKeep.Milliseconds())
		for _, l := range []words.Lang{words.ZH, words.EN} {
			say := b.Says[l]
			say.Chat, say.Of, say.Until = 0, b.Name, b.Until // the script puts each chat in its place, which is the first field
			text, err := json.Marshal(say)
			if err != nil {
				a.err = err
			}
			a.add(text)
		}
	}
}
