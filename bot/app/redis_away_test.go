package app

import (
	"context"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"powerdesk/bot/demo"
	"powerdesk/flows/words"
)

// soonEnough is how long a resident who writes while Redis is away may wait for
// the hotline.
const soonEnough = 5 * time.Second

// raw is a client that bypasses the desk.
func (s *server) raw(tb testing.TB) *redis.Client {
	client := redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + s.port})
	tb.Cleanup(func() { client.Close() })
	return client
}

// config changes a setting of the running server.
func (s *server) config(t *testing.T, name, value string) {
	t.Helper()
	if err := s.raw(t).ConfigSet(context.Background(), name, value).Err(); err != nil {
		t.Fatal(err)
	}
}

func (s *server) signal(sig syscall.Signal) { s.cmd.Process.Signal(sig) }

// TestEveryResidentHearsTheHotline takes Redis away in each way that there is.
// Residents write one after the other: the first into a poll that is held, the
// others behind a batch that cannot be stored, the last when the term is long
// over where Redis cannot even keep a leader. Each hears the hotline once and
// soon, and the answer as soon as Redis is back.
func TestEveryResidentHearsTheHotline(t *testing.T) {
	t.Parallel()
	for what, fault := range map[string]struct {
		strike, heal func(t *testing.T, r *server)
		leads        bool // all the while
	}{
		"killed": {
			func(_ *testing.T, r *server) { r.kill() },
			func(t *testing.T, r *server) {
				if err := r.run(); err != nil {
					t.Fatal(err)
				}
			}, false,
		},
		"frozen": {
			func(_ *testing.T, r *server) { r.signal(syscall.SIGSTOP) },
			func(_ *testing.T, r *server) { r.signal(syscall.SIGCONT) }, false,
		},
		"full": {
			func(t *testing.T, r *server) { r.config(t, "maxmemory", "1") },
			func(t *testing.T, r *server) { r.config(t, "maxmemory", "0") }, true,
		},
		"a replica": {
			func(t *testing.T, r *server) { r.raw(t).Do(context.Background(), "REPLICAOF", "127.0.0.1", "1") },
			func(t *testing.T, r *server) { r.raw(t).Do(context.Background(), "REPLICAOF", "NO", "ONE") }, false,
		},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			r := startRedis(t)
			s := stageFor(t, r.url(), realTime).open()
			first := s.resident(words.ZH)
			first.say(line{types: "/start", answer: "menu.menu.say"})
			s.settled()
			fault.strike(t, r)
			all := []*person{first, s.resident(words.ZH), s.resident(words.EN), s.resident(words.ZH)}
			for i, p := range all {
				if i == len(all)-1 && !fault.leads {
					s.until("the term is over", func() bool { return !s.desk.leads() })
				}
				began := time.Now()
				p.types("/start")
				p.hears("router.away")
				if waited := time.Since(began); waited > soonEnough {
					t.Errorf("resident %d heard the hotline after %s, want within %s", i+1, waited, soonEnough)
				}
			}
			first.types("/start") // again, and not told again
			if fault.leads && !s.desk.leads() {
				t.Error("a full Redis has ended the term: nobody empties it")
			}
			fault.heal(t, r)
			for _, p := range all {
				p.hears("menu.menu.say")
			}
			s.settled()
			s.transcript(first.id, "menu.menu.say", "router.away", "menu.menu.say", "menu.menu.say")
			for _, p := range all[1:] {
				s.transcript(p.id, "router.away", "menu.menu.say")
			}
		})
	}
}

// TestAPowerCutUnderReports lets many residents send their report in the moment
// in which Redis loses power: what comes of it is one job for each.
func TestAPowerCutUnderReports(t *testing.T) {
	t.Parallel()
	r := startRedis(t)
	s := stageFor(t, r.url(), realTime).open()
	var all []*person
	for range 12 {
		p := s.resident(words.ZH)
		lines := p.tripping()
		p.talk(lines[:len(lines)-1]...)
		all = append(all, p)
	}
	s.settled()
	var acts []func()
	for _, p := range all {
		acts = append(acts, func() {
			if _, err := p.hands.ShareContact(); err != nil {
				t.Error(err)
			}
		})
	}
	together(append(acts, r.kill)...)
	if err := r.run(); err != nil {
		t.Fatal(err)
	}
	given := make(map[string]bool)
	for _, p := range all {
		given[p.number()] = true
	}
	s.settled()
	open, err := s.desk.Store.OpenJobs(s.soon())
	if err != nil || len(open) != len(all) || len(given) != len(all) {
		t.Errorf("%d residents have %d numbers and %d open jobs, %v", len(all), len(given), len(open), err)
	}
}

func TestADeskThatStartsWithoutRedisPollsNothing(t *testing.T) {
	t.Parallel()
	r := startRedis(t)
	r.kill()
	s := ownStage(stageFor(t, r.url(), realTime), r.url())
	desk := s.replica()
	wang := s.resident(words.ZH)
	wang.types("/start")
	s.until("the desk has noticed", func() bool { return strings.Contains(s.log.String(), "who leads is not known") })
	if calls := desk.door.since(time.Time{}, ""); len(calls) > 0 {
		t.Errorf("the desk called %v", calls)
	}
	if err := r.run(); err != nil {
		t.Fatal(err)
	}
	wang.hears("menu.menu.say")
	s.settled()
	s.transcript(wang.id, "menu.menu.say")
}

// A paused Redis drops what its clients gave up on, unlike a frozen one
// (RELIABILITY §3.9).
func TestAPausedRedisAnswersNobodyTwice(t *testing.T) {
	t.Parallel()
	r := startRedis(t)
	s := stageFor(t, r.url(), realTime).open()
	wang := s.resident(words.ZH)
	wang.say(line{types: "/start", answer: "menu.menu.say"})
	s.settled()
	if err := r.raw(t).Do(context.Background(), "CLIENT", "PAUSE", 4000, "WRITE").Err(); err != nil {
		t.Fatal(err)
	}
	wang.types(words.Plain(words.ZH, "menu.menu.outage", nil))
	wang.hears("router.away")
	wang.hears("outage.danger.say")
	s.settled()
	s.transcript(wang.id, "menu.menu.say", "router.away", "outage.danger.say")
}

func TestScriptsAreFlushedUnderATalk(t *testing.T) {
	t.Parallel()
	r := startRedis(t)
	s := stageFor(t, r.url(), realTime).open()
	client := r.raw(t)
	over := make(chan struct{})
	var flushing sync.WaitGroup
	flushing.Go(func() {
		for {
			select {
			case <-over:
				return
			default:
				client.ScriptFlush(context.Background())
			}
		}
	})
	s.resident(words.ZH).reports()
	s.sees("card.state.open")
	close(over)
	flushing.Wait()
	s.settled()
	if log := s.log.String(); strings.Contains(log, "update not handled") {
		t.Error("a flush was an error")
	}
}

// TestRefusalsOfRedisAreSaid lets Redis answer every command with a refusal, and
// take them again.
func TestRefusalsOfRedisAreSaid(t *testing.T) {
	t.Parallel()
	for _, refusal := range []string{
		"LOADING Redis is loading the dataset in memory",
		"MISCONF Errors writing to the AOF file: No space left on device",
		"READONLY You can't write against a read only replica.",
		"NOAUTH Authentication required.",
	} {
		t.Run(strings.Fields(refusal)[0], func(t *testing.T) {
			t.Parallel()
			redis, err := demo.StartRedis()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(redis.Close)
			s := stageFor(t, redis.URL(), realTime).open()
			wang, zhao := s.resident(words.ZH), s.resident(words.ZH)
			wang.say(line{types: "/start", answer: "menu.menu.say"})
			s.settled()
			redis.Refuse(refusal)
			wang.say(line{types: "/start", answer: "router.away"})
			zhao.say(line{types: "/start", answer: "router.away"})
			redis.Refuse("")
			for _, p := range []*person{wang, zhao} {
				p.hears("menu.menu.say")
			}
			s.settled()
			s.transcript(wang.id, "menu.menu.say", "router.away", "menu.menu.say")
			s.transcript(zhao.id, "router.away", "menu.menu.say")
		})
	}
}
