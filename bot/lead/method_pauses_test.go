package lead

import (
	"context"
	"errors"
	"maps"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// pausing is a store of pauses that may be away.
type pausing struct {
	mu  sync.Mutex
	err error
	all map[string]time.Duration
}

func (p *pausing) Pause(_ context.Context, scope string, d time.Duration) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.all[scope] = d
	}
	return p.err
}

func (p *pausing) Pauses(context.Context) (map[string]time.Duration, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.all), p.err
}

// A Redis that is away when a 429 comes is told of what is left of the wait.
func TestAWaitIsKeptAsSoonAsRedisIsBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		away := errors.New("away")
		kept := &pausing{err: away, all: map[string]time.Duration{}}
		p := NewMethodPauses(kept)
		p.Heard("getUpdates", time.Minute)
		p.Heard("getMe", 5*time.Second)
		time.Sleep(10 * time.Second)
		if p.Left("getUpdates") != 50*time.Second || p.Left("getMe") > 0 || p.Left("setWebhook") > 0 {
			t.Errorf("left are %s, %s and %s", p.Left("getUpdates"), p.Left("getMe"), p.Left("setWebhook"))
		}
		if err := p.Save(t.Context()); !errors.Is(err, away) {
			t.Errorf("saved with %v, want the store's error", err)
		}
		kept.err = nil
		time.Sleep(time.Second)
		if err := p.Save(t.Context()); err != nil {
			t.Error(err)
		}
		if len(kept.all) != 1 || kept.all["method/getUpdates"] != 49*time.Second {
			t.Errorf("kept is %v, want what is left of the one that is not over", kept.all)
		}
	})
}

func TestWaitsOfOthersAreObeyed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		kept := &pausing{all: map[string]time.Duration{"bot": time.Hour, "chat/-100": time.Hour, "method/getUpdates": time.Minute}}
		p := NewMethodPauses(kept)
		p.Heard("getUpdates", time.Second)
		kept.all["method/getUpdates"] = time.Minute
		if err := p.Recall(t.Context()); err != nil || p.Left("getUpdates") != time.Minute {
			t.Errorf("left is %s, %v; want the longer of the two", p.Left("getUpdates"), err)
		}
		for _, method := range []string{"sendMessage", "sendPhoto", "editMessageText", "deleteMessage"} {
			p.Heard(method, time.Hour)
			if p.Left(method) > 0 || kept.all["method/"+method] > 0 {
				t.Errorf("%s waits as a method, and the outbox keeps it by chat", method)
			}
		}
	})
}
