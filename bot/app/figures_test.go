package app

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"powerdesk/bot/outbox"
	"powerdesk/bot/store"
	"powerdesk/bot/telegram"
	"powerdesk/flows/county"
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
			case "getUpdates", "getMe", "getWebhookInfo", "setMyCommands", "sendMessage", "sendPhoto":
			default:
				t.Errorf("a resident's talk called %s", method)
			}
		}
	})
}

// counted is the outbox's store. It counts the outbox's own round trips, so that
// those of the turns can be told apart, and the rows that had to be fetched.
type counted struct {
	outboxStore
	calls sync.RWMutex // held for reading by each call, for writing by a look at the counts
	own   atomic.Int64 // round trips of the outbox

	Outbox
	offered, fetched sync.Map // by id: rows that came with their commit, that were read
}

func counting[T any](c *counted, call func() (T, error)) (T, error) {
	c.calls.RLock()
	defer c.calls.RUnlock()
	c.own.Add(1) // a script that Redis knows is one trip
	return call()
}

// turns is the number of round trips that were not the outbox's.
func (c *counted) turns() int64 {
	c.calls.Lock()
	defer c.calls.Unlock()
	return c.RoundTrips() - c.own.Load()
}

func (c *counted) Rows(ctx context.Context, owner, after string, n int) (outbox.Page, error) {
	page, err := counting(c, func() (outbox.Page, error) { return c.outboxStore.Rows(ctx, owner, after, n) })
	for _, row := range page.Rows {
		c.fetched.Store(row.ID, true)
	}
	return page, err
}

// Offer notes what was handed over with its commit.
func (c *counted) Offer(owner string, rows []outbox.Row, strange int64) {
	for _, row := range rows {
		c.offered.Store(row.ID, true)
	}
	c.Outbox.Offer(owner, rows, strange)
}

func (c *counted) Dangers(ctx context.Context, owner string) ([]outbox.Row, error) {
	return counting(c, func() ([]outbox.Row, error) { return c.outboxStore.Dangers(ctx, owner) })
}

func (c *counted) Pauses(ctx context.Context) (map[string]time.Duration, error) {
	return counting(c, func() (map[string]time.Duration, error) { return c.outboxStore.Pauses(ctx) })
}

func (c *counted) Settle(ctx context.Context, owner string, w outbox.Settlement) error {
	_, err := counting(c, func() (any, error) { return nil, c.outboxStore.Settle(ctx, owner, w) })
	return err
}

// metered is a desk of the parts of Build, without the ticker and with an outbox
// whose own trips are counted apart. One connection, since setting up a second
// one is a trip or two as well.
func metered(t *testing.T, url string) (*scene, *counted) {
	t.Helper()
	s := stageFor(t, url+"?pool_size=1")
	kept, err := store.Open(store.Options{URL: s.setting.RedisURL, Key: s.setting.County.Key, Keep: s.setting.County.Keep, Logger: s.setting.Log})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kept.Lead(s.soon(), "me", time.Hour); err != nil { // nobody else founds this desk
		t.Fatal(err)
	}
	var app *App
	tg, err := telegram.New(telegram.Options{
		Token: secretToken, APIURL: s.setting.APIURL, LongPoll: s.setting.LongPoll, Zone: s.setting.County.Zone,
		Chats: func() county.Chats { return app.Chats() }, Clock: s.clock, Logger: s.setting.Log,
		May: func(string) error { return nil }, Flooded: func(string, time.Duration) {},
		Quarantine: func(ctx context.Context, p telegram.Poison) error { return app.quarantine(ctx, p) },
	})
	if err != nil {
		t.Fatal(err)
	}
	behind := &counted{outboxStore: outboxStore{kept}}
	out := outbox.New(outbox.Options{Store: behind, Limits: outbox.Limits(0), Logger: s.setting.Log})
	behind.Outbox = out
	app = New(Parts{
		County: s.setting.County, Store: kept, Moves: kept, Outbox: behind, Tg: tg, Clock: s.clock, Log: s.setting.Log, Term: acts("me"),
	})
	ctx, stop := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() { out.Run(ctx, outbox.Term{Owner: "me", Sender: sender{tg}}) })
	working.Go(func() {
		tg.Poll(ctx, func(ctx context.Context, u telegram.Update) error { return app.Handle(ctx, u.Event) })
	})
	t.Cleanup(func() { stop(); working.Wait(); kept.Close() })
	s.desk = &Running{App: app, Store: kept}

	// Somebody before opens the way: Redis learns the scripts, those too that the
	// outbox calls only now and then.
	s.resident(words.EN).say(line{types: "/start", answer: "menu.menu.say"})
	s.settled()
	return s, behind
}

// Only the first turn of somebody asks Redis what it knows of them.
func TestOneRoundTripBeforeTheReplyLeaves(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s, behind := metered(t, url)
		wang := s.resident(words.EN)
		for i, l := range wang.tripping() {
			before, want := behind.turns(), int64(1)
			if i == 0 || l.answer == "outage.neighbours.say" { // before which it is asked whether the outage is known
				want = 2
			}
			wang.say(l)
			if got := behind.turns() - before; got > want { // it may share one with the outbox
				t.Errorf("the reply %s left after %d round trips to Redis, want %d at most", l.answer, got, want)
			}
		}
		s.sees("card.state.open")
		behind.fetched.Range(func(id, _ any) bool {
			if _, offered := behind.offered.Load(id); !offered {
				t.Errorf("message %s was only read from Redis, want every one handed over with its commit", id)
			}
			return true
		})
	})
}
