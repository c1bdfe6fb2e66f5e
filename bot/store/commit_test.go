package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

func TestCommitWritesWhatLoadReads(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		fresh := load(t, s, wang, "1123-09")
		same(t, "nothing stored", fresh, talk.State{
			Session: &talk.Session{Chat: wang}, Jobs: map[string]*job.Job{}, Team: &county.Team{},
		})

		c := change()
		c.State = talk.State{
			Session: &talk.Session{
				Chat: wang, Lang: "en", Flow: "outage", Step: "where", Answers: map[string]string{"who": "me"},
				Follows: []string{"1123-01", "1123-02"}, Holds: []string{"1123-03"}, Job: "1123-01", At: noon,
			},
			Jobs: map[string]*job.Job{},
			Team: team(),
		}
		for _, no := range []string{"1123-01", "1123-03", "1123-04", "1123-05"} {
			c.State.Jobs[no] = storedJob(no)
		}
		commit(t, s, c)

		got := load(t, s, wang, "1123-04")
		want := with(c.State, func(st *talk.State) {
			delete(st.Jobs, "1123-05") // neither named nor wanted
			st.Session.Rev, st.Team.Rev = 1, 1
			for _, j := range st.Jobs {
				j.Rev = 1
			}
		})
		same(t, "loaded", got, want)
	})
}

func TestTurnTakesTwoRoundTrips(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		turn := func() {
			c := says(wang, "Received").by("desk")
			c.State = load(t, s, wang, "")
			ack(t, s, 1, commit(t, s, c).Rows...)
		}
		turn() // the first time Redis has to be told the scripts
		before := s.RoundTrips()
		for range 10 {
			turn()
		}
		same(t, "round trips of ten turns, acks included", s.RoundTrips()-before, 30)
	})
}

func TestMovedRevisionIsAConflictAndWritesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		first := opens()
		first.State.Team = team()
		no := commit(t, s, first).No
		loaded := load(t, s, wang, "")
		for _, stale := range []struct {
			what string
			edit func(*talk.State)
		}{
			{"a session", func(st *talk.State) { st.Session.Rev-- }},
			{"a session that is not stored", func(st *talk.State) { st.Session.Chat = zhao }},
			{"a job", func(st *talk.State) { st.Jobs[no].Rev++ }},
			{"a job that is stored as if it were new", func(st *talk.State) { st.Jobs[no].Rev = 0 }},
			{"the team", func(st *talk.State) { st.Team.Rev-- }},
			{"a team that is stored as if it were new", func(st *talk.State) { st.Team = team() }},
		} {
			c := says(wang, "hello").by("desk")
			c.State = with(loaded, stale.edit)
			c.Forget, c.Reminds, c.Logs = []int64{wang}, []talk.Remind{{Name: "x", At: noon}}, []talk.Log{{What: "x"}}
			unchanged(t, s, stale.what, func() {
				if _, err := s.Commit(context.Background(), c); !errors.Is(err, ErrConflict) {
					t.Errorf("%s: got %v, want ErrConflict", stale.what, err)
				}
			})
		}
	})
}

func TestAnEventIsWrittenOnce(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		c := opens().by("desk")
		c.Says = []talk.Say{{Chat: wang, Text: "Received: " + job.Unnumbered}}
		first := commit(t, s, c)
		unchanged(t, s, "a repeat", func() {
			same(t, "a repeat by go-redis", commit(t, s, c), Result{No: first.No, Again: true})
			c.Op = "another process"
			second, err := s.Commit(context.Background(), c)
			check(t, err)
			same(t, "the event once more", second, Result{Seen: true, No: first.No})
		})
	})
}

func TestJobsAreNumberedByDay(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		last := change()
		last.State.Jobs = map[string]*job.Job{"1123-03": storedJob("1123-03")}
		commit(t, s, last)
		for day, want := range map[string][]string{
			"1123": {"1123-01", "1123-02", "1123-04"}, // 03 is still kept from last year
			"1124": {"1124-01", "1124-02", "1124-03"},
		} {
			for _, no := range want {
				c := opens()
				c.Day, c.State.Session = day, nil
				same(t, "number", commit(t, s, c).No, no)
			}
		}
		check(t, s.client.Set(context.Background(), s.key("number:", "1125"), 99, time.Hour).Err())
		c := opens()
		c.Day = "1125"
		same(t, "number", commit(t, s, c).No, "1125-100")
	})
}

func TestTheNumberIsPutWhereverItBelongs(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		c := opens().by("desk")
		c.State.Session.Job = job.Unnumbered
		c.Says = []talk.Say{{
			Chat: duty, Slot: "job/" + job.Unnumbered, Text: "No. " + job.Unnumbered,
			Buttons: [][]talk.Inline{{{Text: "Claim", Data: talk.Button{Job: job.Unnumbered, Action: "claim"}.Data()}}},
		}}
		c.Reminds = []talk.Remind{{Name: "late/" + job.Unnumbered, At: noon, Job: job.Unnumbered}}
		c.Logs = []talk.Log{{At: noon, Job: job.Unnumbered, Who: "resident", What: "opened"}}
		result := commit(t, s, c)

		for name, value := range contents(t, s) {
			if strings.Contains(fmt.Sprint(name, value), job.Unnumbered) {
				t.Errorf("%s still stands for a number: %v", name, value)
			}
		}
		state := load(t, s, wang, "")
		same(t, "jobs of the session", slices.Collect(maps.Keys(state.Jobs)), []string{"1123-01"})
		same(t, "number in the job", state.Jobs["1123-01"].No, "1123-01")
		same(t, "slot", result.Rows[0].Slot, "job/1123-01")
		same(t, "button", talk.ParseButton(result.Rows[0].Say.Buttons[0][0].Data).Job, "1123-01")
		due, err := s.Due(ctx, noon, 1)
		check(t, err)
		same(t, "reminder", due, []talk.Remind{{Name: "late/1123-01", At: noon, Job: "1123-01"}})
		log, err := s.Log(ctx, always, noon)
		check(t, err)
		same(t, "log", log[0].Job, "1123-01")
	})
}

func TestOfAHundredClaimsOneWins(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		no := commit(t, s, opens()).No
		state := load(t, s, 0, no)
		for round := range 3 {
			var winners []int64
			var mu sync.Mutex
			var all sync.WaitGroup
			for who := range int64(100) {
				all.Go(func() {
					c := change()
					c.State = with(state, func(st *talk.State) { st.Jobs[no].Pair[0] = job.Claim{User: who + 1} })
					_, err := s.Commit(context.Background(), c)
					if errors.Is(err, ErrConflict) {
						return
					}
					mu.Lock()
					defer mu.Unlock()
					if err != nil {
						t.Error(err)
					}
					winners = append(winners, who+1)
				})
			}
			all.Wait()
			state = load(t, s, 0, no)
			if len(winners) != 1 || state.Jobs[no].Pair[0].User != winners[0] || state.Jobs[no].Rev != int64(round+2) {
				t.Fatalf("round %d: winners %v, stored %+v at revision %d", round, winners, state.Jobs[no].Pair[0], state.Jobs[no].Rev)
			}
		}
	})
}

func TestAKeyOfTheWrongTypeStopsTheCommitBeforeItWrites(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		c := opens().by("desk")
		c.Event = "e"
		c.State.Team = team()
		c.Says = []talk.Say{{Chat: duty, Slot: "job/x", Text: "card"}}
		c.Reminds, c.Logs, c.Facts = []talk.Remind{{Name: "x", At: noon}}, []talk.Log{{At: noon, What: "x"}}, []job.Fact{{At: noon}}
		ids := map[string]string{
			"session:": "42", "number:": "1123", "seen:": "e", "slot:": "job/x", "set:": "x", "log:": "2026-11", "facts:": "2026-11",
		}
		c.Says[0].Class = talk.Danger
		c.Members, c.Broadcasts = []talk.Member{{Set: "x", ID: "x", At: noon}}, cast("x", "x").Broadcasts
		forgets := c
		forgets.Forget = []int64{zhao}
		for _, f := range families(keep) {
			change := c
			switch f.name {
			case "root", "job:", "tries", "broadcast:", "pauses", "moved", "files":
				continue // of a fresh name, or not of this script
			case "dead":
				change = forgets
			}
			name := s.key(f.name, ids[f.name])
			check(t, s.client.SAdd(ctx, name, "a set").Err())
			if _, err := s.Commit(ctx, change); err == nil || errors.Is(err, ErrUnavailable) || !strings.Contains(err.Error(), "WRONGTYPE") {
				t.Errorf("%s of the wrong type: got %v", name, err)
			}
			same(t, "keys after "+name, kinds(t, s), map[string]string{name: "set"})
			check(t, s.client.Del(ctx, name).Err())
		}
		commit(t, s, c)
	})
}

func TestAChangeMustBeComplete(t *testing.T) {
	t.Parallel()
	s := open(t, miniURL(t))
	for what, edit := range map[string]func(*Change){
		"no event":             func(c *Change) { c.Event = "" },
		"no op":                func(c *Change) { c.Op = "" },
		"no time":              func(c *Change) { c.At = time.Time{} },
		"no day to number by":  func(c *Change) { c.Day = "" },
		"a message for nobody": func(c *Change) { c.Says = []talk.Say{{Text: "hello"}} },
	} {
		c := opens()
		edit(&c)
		if _, err := s.Commit(context.Background(), c); err == nil {
			t.Errorf("%s: was accepted", what)
		}
	}
	same(t, "keys", kinds(t, s), map[string]string{})
}

func TestASessionOfNobodyIsNotWritten(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		no := commit(t, s, opens()).No
		for range 2 {
			c := change()
			c.State = load(t, s, 0, no)
			commit(t, s, c)
		}
		same(t, "session", load(t, s, 0, "").Session.Rev, 0)
	})
}

func TestForgetErasesAPerson(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		remember := opens()
		remember.State.Session.Phone = "13900000000"
		remember.Reminds = []talk.Remind{{Name: "solved/42", At: noon, Chat: wang}, {Name: "solved/43", At: noon, Chat: zhao}}
		commit(t, s, remember)
		bury(t, s, "blocked", commit(t, s, says(wang, "dead").by("desk")).Rows[0])
		commit(t, s, says(wang, "still waiting"))
		commit(t, s, says(zhao, "somebody else's"))

		c := says(wang, "forgotten")
		c.State = load(t, s, wang, "")
		c.Forget = []int64{wang}
		for _, j := range c.State.Jobs {
			j.Reports = []job.Report{{At: noon}} // the caller redacts its jobs
		}
		rows := commit(t, s, c.by("desk")).Rows
		same(t, "told to whoever sends", []any{rows[0].Chat, rows[0].Forget, rows[1].Say.Text}, []any{wang, true, "forgotten"})
		read := waiting(t, s)
		same(t, "as it is read", read[2:], rows)
		ack(t, s, 0, read[0], read[2]) // as whoever sends does

		same(t, "session", load(t, s, wang, "").Session, &talk.Session{Chat: wang})
		due, err := s.Due(ctx, noon, 9)
		check(t, err)
		same(t, "reminders", due, []talk.Remind{{Name: "solved/43", At: noon, Chat: zhao}})
		for name, value := range contents(t, s) {
			for _, word := range []string{"13900000000", "dead", "still waiting"} {
				if strings.Contains(fmt.Sprint(value), word) {
					t.Errorf("%s still holds %q: %v", name, word, value)
				}
			}
		}
		same(t, "dead", s.client.ZCard(ctx, s.key("dead")).Val(), 0)
		same(t, "left to be sent", told(waiting(t, s)), []string{"somebody else's", "forgotten"})
	})
}
