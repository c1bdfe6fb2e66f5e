package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"powerdesk/bot/clock"
	"powerdesk/bot/config"
	"powerdesk/bot/demo"
	"powerdesk/flows/words"
)

// stage is the demo: the real desk between a stand-in for Telegram and an
// embedded Redis.
type stage struct {
	setting  Setting
	clock    *clock.Ahead
	telegram *demo.Telegram
	redis    *demo.Redis

	mu      sync.Mutex
	desk    *Running
	front   http.Handler // of the desk
	stop    context.CancelFunc
	stopped chan error
	lang    words.Lang
}

// newStage puts up the stand-ins. Nothing runs before start.
func newStage(c config.Config, log *slog.Logger) (*stage, error) {
	redis, err := demo.StartRedis()
	if err != nil {
		return nil, err
	}
	county, now := c.County, new(clock.Ahead)
	county.Chats = demoChats
	tg := demo.New(demo.Options{
		Clock: now, Bot: demo.Bot{Name: deskName(&county, county.Lang), Username: "wuqiao_powerdesk_bot"}, Logger: log,
	})
	addDemoPeople(tg)
	return &stage{
		clock: now, telegram: tg, redis: redis, lang: county.Lang,
		setting: Setting{County: &county, Token: tg.Token(), RedisURL: redis.URL(), Clock: now, Log: log},
	}, nil
}

// start puts the desk to work.
func (s *stage) start(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	county := *s.setting.County
	county.Lang = s.lang
	useDemoRoster(&county)
	setting := s.setting
	setting.County = &county
	desk, err := Build(setting)
	if err != nil {
		return err
	}
	running, stop := context.WithCancel(ctx)
	s.desk, s.stop, s.stopped = desk, stop, make(chan error, 1)
	s.front = desk.Front(s.clock, s.telegram.Stage(demo.StageOptions{Reset: s.reset, Speak: s.speak, Next: s.next, Turn: s.turn}))
	go func() { s.stopped <- desk.Run(running) }()
	return nil
}

// halt stops the desk and waits until it has.
func (s *stage) halt() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stop()
	return <-s.stopped
}

// reset empties everything, and the clock tells the machine's time again: another
// visitor begins.
func (s *stage) reset(ctx context.Context) error {
	if err := s.halt(); err != nil {
		return err
	}
	s.redis.Flush()
	s.telegram.Reset()
	s.clock.Reset()
	s.setPhones()
	return s.start(context.WithoutCancel(ctx))
}

// speak makes the group's cards, the team's phones and everybody's name follow the
// page's language, so that a visitor can read them all.
func (s *stage) speak(lang string) {
	l := words.Lang(lang)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lang == l || !slices.Contains(words.Langs, l) {
		return
	}
	s.lang = l
	county := *s.desk.App.County() // a group may have moved
	county.Lang = l
	useDemoRoster(&county)
	s.desk.App.Serve(&county)
	s.setPhones()
}

// setPhones gives the team's phones the page's language, and everybody their name in it.
func (s *stage) setPhones() {
	names := make(map[int64]string)
	for id, name := range demoNames {
		names[id] = name.In(s.lang)
	}
	s.telegram.Rename(deskName(s.setting.County, s.lang), names)
	for _, id := range demoTeam {
		if err := s.telegram.SetLanguage(id, string(s.lang)); err != nil {
			s.setting.Log.Warn("a phone keeps its language", "err", err)
		}
	}
}

// ServeHTTP is the desk's HTTP side as it is at the moment: a reset makes a new one.
func (s *stage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	front := s.front
	s.mu.Unlock()
	front.ServeHTTP(w, r)
}

// demoPoll keeps the stand-in's long polls short, so that a reset is quick.
const demoPoll = 5 * time.Second

// runDemo plays the desk on a page until ctx ends.
func runDemo(ctx context.Context, c config.Config, out Out) error {
	log := logger(c, "")
	s, err := newStage(c, log)
	if err != nil {
		return err
	}
	defer s.redis.Close()
	defer s.telegram.Close()
	api, err := open(ctx, "127.0.0.1:0")
	if err != nil {
		return err
	}
	page, err := open(ctx, c.ListenAddr)
	if err != nil {
		return err
	}
	s.setting.APIURL, s.setting.LongPoll = "http://"+api.Addr().String(), demoPoll
	group, ctx := errgroup.WithContext(ctx)
	// The stand-in outlives the desk, which still sends while it stops.
	far, closeFar := context.WithCancel(context.WithoutCancel(ctx))
	group.Go(func() error { return listen(far, api, s.telegram.Handler(), log) })
	if err := s.start(context.WithoutCancel(ctx)); err != nil {
		closeFar()
		return errors.Join(err, group.Wait())
	}
	group.Go(func() error { return listen(ctx, page, s, log) })
	fmt.Fprintf(out, "\n  供电服务台演示 / Powerdesk demo:  http://%s\n\n", reachable(page.Addr().String()))
	<-ctx.Done()
	err = s.halt()
	closeFar()
	return errors.Join(err, group.Wait())
}
