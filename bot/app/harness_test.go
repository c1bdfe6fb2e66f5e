package app

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"powerdesk/bot/clock"
	"powerdesk/bot/config"
	"powerdesk/bot/demo"
	"powerdesk/bot/store"
	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// patience bounds what a test waits for; what works takes a hundredth of it.
const patience = 30 * time.Second

// evening is when every talk of the tests begins. Clocks stand still, so cards
// read the same in every run.
var evening = time.Date(2026, 11, 23, 19, 40, 0, 0, time.FixedZone("Asia/Shanghai", 8*60*60))

// secretToken is the bot's in every test: its secret half is long enough to be
// recognised wherever it should not be.
const secretToken = "1000001:canary-token-AAF7xw0rK3pQ2zT9sYbNc4"

// door is the house number that residents of the tests give.
const door = "3号楼2单元201"

// scene is a whole desk for one test: the stand-in with its people and groups,
// and the desk at work between it and a Redis. When the test ends the scene
// looks through everything the groups and the log were told: a resident's name,
// phone or door, or the token, fails the test whatever it was about; so do words
// that are missing.
type scene struct {
	testing.TB
	tg      *demo.Telegram
	clock   *clock.Fake
	setting Setting
	log     *diary
	desk    *Running
	halt    func()   // stops the desk and waits until it has
	secrets []string // of residents
	people  int64    // how many there are
	speaks  map[int64]words.Lang
}

var desks atomic.Int64

// stageFor puts up the stand-in, and the settings of a desk that nobody else
// uses. Nothing runs before open.
func stageFor(tb testing.TB, url string, options ...func(*demo.Options)) *scene {
	tb.Helper()
	c, problems := config.ReadDesk("wuqiao.yaml", config.Sample(), evening)
	if problems.Fatal() {
		tb.Fatalf("the sample desk file: %v", problems)
	}
	c.Key = fmt.Sprintf("test-%d", desks.Add(1))
	c.Chats = county.Chats{Duty: dutyChat, Hall: hallChat, Leader: leaderChat}
	s := &scene{TB: tb, clock: clock.NewFake(evening), log: &diary{}, speaks: map[int64]words.Lang{}}
	o := demo.Options{Clock: s.clock, Token: secretToken, Bot: demo.Bot{Name: "Desk", Username: "wuqiao_desk_bot"}, KeepCalls: 100_000}
	for _, set := range options {
		set(&o)
	}
	s.tg = demo.New(o)
	for id, title := range map[int64]string{dutyChat: "Duty", hallChat: "Hall", leaderChat: "Leader"} {
		s.tg.AddGroup(demo.Group{ID: id, Title: title, Supergroup: true, Bot: demo.Administrator})
	}
	api := httptest.NewServer(s.tg.Handler())
	tb.Cleanup(func() { s.tg.Close(); api.Close() })
	s.setting = Setting{
		County: &c, Token: secretToken, APIURL: api.URL, RedisURL: url, LongPoll: 10 * time.Second, Clock: o.Clock,
		Log: slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	tb.Cleanup(s.keptSecrets)
	return s
}

// realTime lets the clocks go: what Telegram closes for a second opens again.
func realTime(o *demo.Options) { o.Clock = clock.Real{} }

// in puts the group's cards into a language.
func (s *scene) in(l words.Lang) *scene {
	s.setting.County.Lang = l
	return s
}

// open builds the desk and lets it work until the test or close ends it.
func (s *scene) open() *scene {
	s.Helper()
	desk, err := Build(s.setting)
	if err != nil {
		s.Fatal(err)
	}
	return s.work(desk)
}

// openFor is open for a desk that has this crew and hardly anything else.
func (s *scene) openFor(crew talk.Crew) *scene {
	s.Helper()
	desk, err := Build(s.setting)
	if err != nil {
		s.Fatal(err)
	}
	desk.App.desk.Store(barest(s, s.setting.County, crew))
	return s.work(desk)
}

// work lets a desk work until the test or close ends it.
func (s *scene) work(desk *Running) *scene {
	s.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- desk.Run(ctx) }()
	s.desk = desk
	s.halt = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			s.Errorf("the desk ended with: %v", err)
		}
	})
	s.Cleanup(s.halt)
	return s
}

// soon is a context for what must happen soon.
func (s *scene) soon() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	s.Cleanup(cancel)
	return ctx
}

// settled waits until every update is handled and every message sent.
func (s *scene) settled() {
	s.Helper()
	ctx := s.soon()
	s.until("nothing waits any more", func() bool {
		b, err := s.desk.Store.Backlog(ctx)
		return err == nil && b.Waiting == 0 && s.tg.Pending() == 0
	})
}

// until waits for what no event tells.
func (s *scene) until(what string, holds func() bool) {
	s.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(patience)
	for !holds() {
		select {
		case <-tick.C:
		case <-deadline:
			s.Fatalf("waited in vain until %s\n%s", what, s.log)
		}
	}
}

// missing is what package words gives for a key without words.
var missing = regexp.MustCompile(`\[[a-z_]+(\.[a-z0-9_]+)+\]`)

// keptSecrets is the last word of every test.
func (s *scene) keptSecrets() {
	log := s.log.String()
	for _, secret := range append(s.secrets, secretToken, strings.TrimPrefix(secretToken, "1000001:")) {
		if strings.Contains(log, secret) {
			s.Errorf("the log holds %q:\n%s", secret, lineWith(log, secret))
		}
	}
	for _, c := range s.tg.Calls("") {
		for name, value := range c.Params {
			if missing.MatchString(value) {
				s.Errorf("%s sends words that nobody wrote: %s is %q", c.Method, name, value)
			}
			for _, secret := range s.secrets {
				if c.Chat < 0 && strings.Contains(value, secret) {
					s.Errorf("a group was told %q: %s of %s is %q", secret, name, c.Method, value)
				}
			}
		}
	}
	if s.Failed() {
		s.Logf("the desk's log:\n%s", s.log)
	}
}

func lineWith(text, part string) string {
	lines := slices.Collect(strings.SplitSeq(text, "\n"))
	return lines[slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, part) })]
}

// sends counts the calls that send to a chat or edit there.
func (s *scene) sends(chat int64) int {
	n := 0
	for _, c := range s.tg.Calls("") {
		if c.Chat == chat && (strings.HasPrefix(c.Method, "send") || strings.HasPrefix(c.Method, "edit")) {
			n++
		}
	}
	return n
}

// job waits for the stored job that satisfies want.
func (s *scene) job(no string, want func(*job.Job) bool) *job.Job {
	s.Helper()
	var found *job.Job
	ctx := s.soon()
	s.until("job "+no+" is as wanted", func() bool {
		all, err := s.desk.Store.OpenJobs(ctx)
		i := slices.IndexFunc(all, func(j *job.Job) bool { return j.No == no })
		if err != nil || i < 0 {
			return false
		}
		found = all[i]
		return want(found)
	})
	return found
}

// metrics is what an operator's Prometheus reads.
func (s *scene) metrics() string {
	page := httptest.NewRecorder()
	s.desk.Front(s.clock, nil).ServeHTTP(page, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return page.Body.String()
}

// diary is a log that can be read while it is written.
type diary struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (d *diary) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.buf.Write(p)
}

func (d *diary) String() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.buf.String()
}

// founded makes the root of a desk that nobody has led yet, so that a test may
// store what the desk shall find.
func founded(tb testing.TB, kept *store.Store) *store.Store {
	tb.Helper()
	if _, err := kept.Lead(tb.Context(), "founder", time.Millisecond); err != nil {
		tb.Fatal(err)
	}
	return kept
}
