package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

func unavailable(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, ErrUnavailable) {
		t.Errorf("%s: got %v, want ErrUnavailable", what, err)
	}
}

func TestAFullRedisRefusesIntakeWholeAndEmptiesItself(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server := start(t)
	s := open(t, server.url())
	var rows []Row
	for i := range int64(4) {
		rows = append(rows, commit(t, s, shows(i+1, fmt.Sprint("card/", i), "hello").by("desk")).Rows...)
	}

	server.config(t, "maxmemory", "1")
	c := opens().by("desk")
	c.Says = []talk.Say{{Chat: duty, Slot: "job/x", Text: "card"}}
	c.Reminds, c.Logs, c.Forget = []talk.Remind{{Name: "x", At: noon}}, []talk.Log{{What: "x"}}, []int64{8}
	unchanged(t, s, "a refused commit", func() {
		_, err := s.Commit(ctx, c)
		unavailable(t, "commit", err)
	})
	load(t, s, wang, "")
	ack(t, s, 900, rows[0])
	check(t, s.Settle(ctx, "desk", Settlement{Tries: map[string]int{rows[1].ID: 1}}))
	bury(t, s, "blocked", rows[2])
	check(t, s.Pause(ctx, "chat/8", time.Minute))
	pauses, err := s.Pauses(ctx)
	check(t, err)
	same(t, "pauses", len(pauses), 1)
	same(t, "left while full", len(waiting(t, s)), 2)

	server.config(t, "maxmemory", "0")
	commit(t, s, c)
	same(t, "message remembered while full", s.client.HGet(ctx, s.key("slot:card/0"), "message").Val(), "900")
}

func TestAPowerCutLosesNothingThatWasCommitted(t *testing.T) {
	t.Parallel()
	server := start(t)
	s := open(t, server.url())
	s.patience = 5 * time.Second // for those who are left waiting in go-redis's pool
	var committed sync.Map
	var total atomic.Int64
	enough := make(chan struct{})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for {
				c := opens()
				c.State.Session = nil
				c.Says = []talk.Say{{Chat: duty, Slot: "job/" + job.Unnumbered, Text: "card"}}
				c.Logs = []talk.Log{{At: noon, Job: job.Unnumbered, What: "opened"}}
				result, err := s.Commit(context.Background(), c)
				if err != nil {
					unavailable(t, "commit while the power goes", err)
					return
				}
				committed.Store(result.No, true)
				if total.Add(1) == 300 {
					close(enough)
				}
			}
		})
	}
	<-enough
	server.kill()
	all.Wait()
	check(t, server.run())
	// go-redis looks for a server that went away once a second.
	for deadline := time.Now().Add(10 * time.Second); s.Ping(context.Background()) != nil; {
		if time.Now().After(deadline) {
			t.Fatal("the store does not find its Redis again")
		}
	}

	jobs, err := s.OpenJobs(context.Background())
	check(t, err)
	for _, j := range jobs {
		committed.Delete(j.No)
	}
	committed.Range(func(no, _ any) bool {
		t.Errorf("job %s was committed and is lost", no)
		return true
	})
	// What had no answer was written whole or not at all.
	log, err := s.Log(context.Background(), always, noon)
	check(t, err)
	backlog, err := s.Backlog(context.Background())
	check(t, err)
	same(t, "log lines and rows", []int{len(log), backlog.Waiting}, []int{len(jobs), len(jobs)})
}

func TestAFrozenRedisIsGivenUpSoonAndItsRepeatsChangeNothing(t *testing.T) {
	t.Parallel()
	server := start(t)
	s, patient := openShipped(t, server.url()), open(t, server.url())
	patient.prefix = s.prefix // the same desk
	commit(t, patient, says(zhao, "so that the scripts are known"))
	check(t, s.Ping(context.Background())) // so that there is a connection to freeze

	c := opens().by("desk")
	c.Says = []talk.Say{{Chat: wang, Text: "Received"}}
	server.signal(syscall.SIGSTOP)
	began := time.Now()
	_, err := s.Commit(context.Background(), c)
	unavailable(t, "commit", err)
	short, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	_, _, err = s.Load(short, Want{Chat: wang})
	unavailable(t, "load with a deadline", err)
	if took := time.Since(began); took > 2*patience {
		t.Errorf("given up after %s, want about %s", took, patience)
	}
	server.signal(syscall.SIGCONT)

	// The frozen server has all the repeats in its sockets and runs them now.
	for deadline := time.Now().Add(30 * time.Second); load(t, patient, wang, "").Session.Rev == 0; {
		if time.Now().After(deadline) {
			t.Fatal("the commit that was given up never reached the frozen server")
		}
	}
	result := commit(t, patient, c)
	same(t, "result", []any{result.No, result.Again}, []any{"1123-01", true})
	same(t, "revision", load(t, patient, wang, "").Session.Rev, 1)
	same(t, "rows", told(waiting(t, patient)), []string{"so that the scripts are known", "Received"})
}

func TestAReplicaThatIsNotPromotedYetIsUnavailable(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	server := start(t)
	s := open(t, server.url())
	raw := server.raw()
	defer raw.Close()
	check(t, raw.Do(ctx, "REPLICAOF", "127.0.0.1", "1").Err())
	_, err := s.Commit(ctx, opens())
	unavailable(t, "commit", err)
	check(t, raw.Do(ctx, "REPLICAOF", "NO", "ONE").Err())
	commit(t, s, opens())
}

func TestRefusalsAreToldFromMistakes(t *testing.T) {
	t.Parallel()
	mini := miniredis.RunT(t)
	s := openShipped(t, "redis://"+mini.Addr()+"?max_retries=-1")
	check(t, s.Ping(context.Background()))
	for _, test := range []struct {
		answer string
		want   bool
	}{
		{"LOADING Redis is loading the dataset in memory", true},
		{"OOM command not allowed when used memory > 'maxmemory'. script: x, on @user_script:1.", true},
		{"MISCONF Errors writing to the AOF file: No space left on device", true},
		{"READONLY You can't write against a read only replica.", true},
		{"BUSY Redis is busy running a script.", true},
		{"NOAUTH Authentication required.", true},
		{"WRONGPASS invalid username-password pair", true},
		{"ERR max number of clients reached", true},
		{"WRONGTYPE Operation against a key holding the wrong kind of value", false},
		{"ERR user_script:1: attempt to index a nil value", false},
	} {
		mini.SetError(test.answer)
		_, _, err := s.Load(context.Background(), Want{Chat: wang})
		if err == nil || errors.Is(err, ErrUnavailable) != test.want {
			t.Errorf("%s: got %v, unavailable should be %t", test.answer, err, test.want)
		}
	}
	mini.SetError("")
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	_, _, err := s.Load(cancelled, Want{Chat: wang})
	if !errors.Is(err, context.Canceled) || errors.Is(err, ErrUnavailable) {
		t.Errorf("cancelled by the caller: got %v", err)
	}
}

func TestScriptsMayBeFlushedAtAnyTime(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		done := make(chan struct{})
		var flusher sync.WaitGroup
		flusher.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					if err := s.client.ScriptFlush(ctx).Err(); err != nil {
						t.Error(err)
					}
				}
			}
		})
		for i := range 50 {
			c := says(wang, fmt.Sprint(i)).by("desk")
			c.State = load(t, s, wang, "")
			ack(t, s, i+1, commit(t, s, c).Rows...)
		}
		close(done)
		flusher.Wait()
		same(t, "revision", load(t, s, wang, "").Session.Rev, 50)
	})
}

func TestARepeatedScriptAnswersTheSameAndChangesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		row := commit(t, s, shows(wang, "mine/42", "hello").by("desk")).Rows[0]
		other := commit(t, s, says(wang, "dead").by("desk")).Rows[0]
		for _, step := range []struct {
			script string
			args   []any
		}{
			{"settle", []any{"desk", 0, 1, entry(row.ID), 2, 0}},
			{"rows", []any{"desk", "", 9, 1}},
			{"settle", []any{"desk", 1, entry(row.ID), 0, 2, "mine/42", wang, 900, 60_000, 0, 0}},
			{"settle", []any{"desk", 0, 0, 1, entry(other.ID), 0, "42 2 blocked"}},
		} {
			first, err := s.write(context.Background(), step.script, step.args...)
			check(t, err)
			unchanged(t, s, step.script, func() {
				for range 3 {
					again, err := s.write(context.Background(), step.script, step.args...)
					check(t, err)
					same(t, "answer of "+step.script, again, first)
				}
			})
		}
	})
}
