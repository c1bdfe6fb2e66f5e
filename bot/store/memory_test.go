package store

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
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
		m.remember(i+1, remembered[talk.Session]{})
		m.rememberJob(string(rune(i+1)), remembered[job.Job]{})
	}
	same(t, "remembered", []int{len(m.sessions), len(m.jobs)}, []int{sessionsRemembered, jobsRemembered})
}

// What is remembered is shared by all who copy it: a copy that could be changed
// through would change it for everybody.
func TestNothingOfACopyIsTheOriginals(t *testing.T) {
	t.Parallel()
	session, j, team := &talk.Session{}, &job.Job{}, &county.Team{}
	for name, pair := range map[string]struct{ original, copied any }{
		"session": {session, func() any { full(reflect.ValueOf(session).Elem()); return session.Clone() }()},
		"job":     {j, func() any { full(reflect.ValueOf(j).Elem()); return j.Clone() }()},
		"team":    {team, func() any { full(reflect.ValueOf(team).Elem()); return team.Clone() }()},
	} {
		before, err := json.Marshal(pair.original)
		check(t, err)
		same(t, name+" copied", pair.copied, pair.original)
		full(reflect.ValueOf(pair.copied).Elem())
		after, err := json.Marshal(pair.original)
		check(t, err)
		same(t, name+" after its copy was changed", string(after), string(before))
	}
}

// full sets everything that a value holds to something else than before.
func full(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		if at, ok := v.Addr().Interface().(*time.Time); ok {
			*at = at.Add(time.Hour)
			return
		}
		for i := range v.NumField() {
			full(v.Field(i))
		}
	case reflect.Slice:
		if v.Len() == 0 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		}
		full(v.Index(0))
	case reflect.Array:
		full(v.Index(0))
	case reflect.Map:
		if v.Len() == 0 {
			v.Set(reflect.MakeMap(v.Type()))
		}
		one := reflect.New(v.Type().Elem()).Elem()
		one.Set(reflect.Zero(one.Type()))
		if got := v.MapIndex(reflect.Zero(v.Type().Key())); got.IsValid() {
			one.Set(got)
		}
		full(one)
		v.SetMapIndex(reflect.Zero(v.Type().Key()), one)
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 1)
	case reflect.Float64:
		v.SetFloat(v.Float() + 1)
	default:
		panic("a kind of field that full does not know: " + v.Kind().String())
	}
}
