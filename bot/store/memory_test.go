package store

import (
	"context"
	"errors"
	"testing"

	"powerdesk/flows/talk"
)

// ofTerm loads for the term of "desk", and says how many trips that took.
func ofTerm(t *testing.T, s *Store, chat int64, no string) (talk.State, int64) {
	t.Helper()
	before := s.RoundTrips()
	state, _, err := s.Load(context.Background(), Want{Chat: chat, Job: no, Owner: "desk"})
	check(t, err)
	return state, s.RoundTrips() - before
}

func TestATermDoesNotAskForWhatItHasWritten(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ofTerm(t, s, wang, "")
		c := opens().by("desk")
		no := commit(t, s, c).No
		for i := range 3 {
			state, trips := ofTerm(t, s, wang, no)
			same(t, "trips", trips, 0)
			same(t, "as it is stored", state, load(t, s, wang, no))
			state.Session.Step = []string{"a", "b", "c"}[i]
			state.Jobs[no].Danger = state.Session.Step
			c := change().by("desk")
			c.State = state
			commit(t, s, c)
		}
		state, _ := ofTerm(t, s, wang, "")
		same(t, "the last word", []string{state.Session.Step, state.Jobs[no].Danger}, []string{"c", "c"})
	})
}

func TestATermForgetsWhenAnybodyElseHasWritten(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		no := commit(t, s, opens().by("desk")).No
		ofTerm(t, s, wang, "")
		other := change()
		other.State = load(t, s, 0, no)
		other.State.Jobs[no].Danger = "fire"
		commit(t, s, other)
		commit(t, s, says(zhao, "hello").by("desk")) // by whose answer it is known
		state, _ := ofTerm(t, s, wang, "")
		same(t, "the job", state.Jobs[no].Danger, "fire")
	})
}

func TestAStaleMemoryIsAConflictAndThenItIsForgotten(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		no := commit(t, s, opens().by("desk")).No
		state, _ := ofTerm(t, s, wang, "")
		other := change()
		other.State = load(t, s, wang, no)
		other.State.Session.Step = "x"
		commit(t, s, other)
		c := change().by("desk")
		c.State = state
		if _, err := s.Commit(context.Background(), c); !errors.Is(err, ErrConflict) {
			t.Fatalf("got %v, want ErrConflict", err)
		}
		state, _ = ofTerm(t, s, wang, "")
		same(t, "loaded anew", state.Session.Step, "x")
	})
}

func TestANewTermRemembersNothing(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		commit(t, s, opens().by("desk"))
		ofTerm(t, s, wang, "")
		lead(t, s, "another")
		before := s.RoundTrips()
		_, _, err := s.Load(context.Background(), Want{Chat: wang, Owner: "another"})
		check(t, err)
		same(t, "trips", s.RoundTrips()-before, 1)
		// The old one goes on asking, and is not taken for the new one.
		c := change().by("desk")
		c.State = load(t, s, wang, "")
		c.State.Session.Step = "x"
		commit(t, s, c)
		_, _, err = s.Load(context.Background(), Want{Chat: wang, Owner: "another"})
		check(t, err)
	})
}

func TestWhoIsForgottenIsNotRemembered(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		commit(t, s, opens().by("desk"))
		ofTerm(t, s, wang, "")
		c := change().by("desk")
		c.Forget = []int64{wang}
		commit(t, s, c)
		state, _ := ofTerm(t, s, wang, "")
		same(t, "session", state.Session, &talk.Session{Chat: wang})
	})
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	m := &memory{}
	m.enter("desk")
	for i := range int64(2 * sessionsRemembered) {
		m.remember(i+1, remembered{})
		m.rememberJob(string(rune(i+1)), remembered{})
	}
	same(t, "remembered", []int{len(m.sessions), len(m.jobs)}, []int{sessionsRemembered, jobsRemembered})
}
