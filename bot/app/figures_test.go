package app

import (
	"context"
	"sync"
	"testing"
	"time"

	"powerdesk/bot/outbox"
	"powerdesk/bot/store"
	"powerdesk/bot/telegram"
	"powerdesk/flows"
	"powerdesk/flows/words"
)

func TestOneTurnIsOneSend(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		wang := s.resident(words.ZH)
		for _, l := range append(wang.tripping(), line{tap: "outage.receipt.remember", answer: "outage.remembered.say"}) {
			before, cards := s.sends(wang.id), s.sends(dutyChat)
			wang.say(l)
			s.settled()
			if got := s.sends(wang.id) - before; got != 1 {
				t.Errorf("the turn that ends with %s made %d calls to the resident, want 1", l.answer, got)
			}
			want := 0
			if l.answer == "outage.receipt.say" {
				want = 1 // the new job's card
			}
			if got := s.sends(dutyChat) - cards; got != want {
				t.Errorf("the turn that ends with %s made %d calls to the group, want %d", l.answer, got, want)
			}
		}
		for method := range s.tg.Counts() {
			switch method {
			case "getUpdates", "getMe", "setMyCommands", "sendMessage":
			default:
				t.Errorf("a resident's talk called %s", method)
			}
		}
	})
}

// gated is an outbox's store whose gate a test can close: what is sent then was
// sent without asking it.
type gated struct {
	shelf
	gate sync.RWMutex // calls hold it for reading, a closed gate for writing
}

// trips counts the round trips to Redis while do runs behind the closed gate.
func (g *gated) trips(do func()) int64 {
	g.gate.Lock()
	defer g.gate.Unlock()
	before := g.RoundTrips()
	do()
	return g.RoundTrips() - before
}

func through[T any](g *gated, call func() (T, error)) (T, error) {
	g.gate.RLock()
	defer g.gate.RUnlock()
	return call()
}

func (g *gated) Lease(ctx context.Context, owner string, n int, lease time.Duration) ([]outbox.Row, error) {
	return through(g, func() ([]outbox.Row, error) { return g.shelf.Lease(ctx, owner, n, lease) })
}

func (g *gated) Reap(ctx context.Context) (int, error) {
	return through(g, func() (int, error) { return g.shelf.Reap(ctx) })
}

func (g *gated) Leased(ctx context.Context) (int, error) {
	return through(g, func() (int, error) { return g.shelf.Leased(ctx) })
}

func (g *gated) Pauses(ctx context.Context) (map[string]time.Duration, error) {
	return through(g, func() (map[string]time.Duration, error) { return g.shelf.Pauses(ctx) })
}

func (g *gated) Extend(ctx context.Context, owner string, ids []string, lease time.Duration) error {
	_, err := through(g, func() (any, error) { return nil, g.shelf.Extend(ctx, owner, ids, lease) })
	return err
}

func (g *gated) Ack(ctx context.Context, owner string, acks []outbox.Ack) error {
	_, err := through(g, func() (any, error) { return nil, g.shelf.Ack(ctx, owner, acks) })
	return err
}

func TestTwoRoundTripsBeforeTheReplyLeaves(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		// The parts of Build, without the ticker and with a gate between outbox and
		// Redis: while it is closed every round trip is the turn's own.
		s := stageFor(t, url)
		kept, err := store.Open(store.Options{URL: url, Key: s.setting.County.Key, Keep: s.setting.County.Keep, Logger: s.setting.Log})
		if err != nil {
			t.Fatal(err)
		}
		var app *App
		tg, err := telegram.New(telegram.Options{
			Token: secretToken, APIURL: s.setting.APIURL, LongPoll: s.setting.LongPoll, Zone: s.setting.County.Zone,
			Chats: func() flows.Chats { return app.Chats() }, Clock: s.clock, Logger: s.setting.Log,
		})
		if err != nil {
			t.Fatal(err)
		}
		behind := &gated{shelf: shelf{kept}}
		out := outbox.New(outbox.Options{
			Store: behind, Sender: sender{tg}, Owner: "me", Lease: time.Hour, Limits: outbox.Limits(0), Logger: s.setting.Log,
		})
		app = New(Parts{
			County: s.setting.County, Store: kept, Outbox: out, Tg: tg, Clock: s.clock, Log: s.setting.Log, Owner: "me", Lease: time.Hour,
		})
		ctx, stop := context.WithCancel(context.Background())
		var working sync.WaitGroup
		working.Go(func() { out.Run(ctx) })
		working.Go(func() {
			tg.Poll(ctx, func(ctx context.Context, u telegram.Update) error { return app.Handle(ctx, u.Event) })
		})
		t.Cleanup(func() { stop(); working.Wait(); kept.Close() })
		s.desk = &Running{App: app, Store: kept}

		// Somebody before opens the way: a desk that has just started first looks
		// for what others left to send.
		s.resident(words.EN).say(line{types: "/start", answer: "menu.menu.say"})
		wang := s.resident(words.EN)
		for _, l := range wang.tripping() {
			s.settled()
			if got := behind.trips(func() { wang.say(l) }); got != 2 {
				t.Errorf("the reply %s left after %d round trips to Redis, want 2", l.answer, got)
			}
		}
		s.sees("card.state.open")
	})
}
