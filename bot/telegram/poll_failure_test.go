package telegram

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPollWaitsOutEachFailureInItsOwnWay(t *testing.T) {
	t.Parallel()
	conflict := fail(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", nil)
	gateway := func(w http.ResponseWriter, _ *http.Request) { raw(w, 502, "text/html", "<html>") }
	for _, test := range []struct {
		name  string
		steps []http.HandlerFunc
		want  []time.Duration
	}{
		{"flood", []http.HandlerFunc{fail(429, "Too Many Requests", map[string]any{"retry_after": 234})}, []time.Duration{234 * time.Second}},
		{"another poller", []http.HandlerFunc{conflict, conflict}, []time.Duration{time.Second, 17500 * time.Millisecond}},
		{"gateway", []http.HandlerFunc{gateway, gateway, gateway}, []time.Duration{750 * time.Millisecond, 1500 * time.Millisecond, 3 * time.Second}},
		{"token refused", []http.HandlerFunc{fail(401, "Unauthorized", nil), fail(404, "Not Found", nil)}, []time.Duration{time.Minute, time.Minute}},
		{"answer of another type", []http.HandlerFunc{func(w http.ResponseWriter, _ *http.Request) { succeed(w, map[string]any{}) }}, []time.Duration{750 * time.Millisecond}},
		{"gateway, then an update, then gateway", []http.HandlerFunc{gateway, batch(note(6, 1, "")), gateway}, []time.Duration{750 * time.Millisecond, 750 * time.Millisecond}},
		{"nothing, at once", []http.HandlerFunc{batch(), batch()}, []time.Duration{time.Second, time.Second}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := play(append(test.steps, batch(note(7, 1, "a")))...)
			var w waits
			var h heard
			c := connect(t, serve(t, s.answer).URL, func(o *Options) { o.After = w.after })
			startPolling(t, c, h.handle)
			for range test.steps {
				s.next(t)
			}
			s.next(t)
			if got := s.next(t).offset(); got != "8" || !slices.Contains(h.list(), "a") {
				t.Errorf("offset %q, heard %v: no update may be lost", got, h.list())
			}
			if diff := cmp.Diff(test.want, w.list()); diff != "" {
				t.Errorf("waits (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBackoffGrowsToABoundAndIsSpread(t *testing.T) {
	t.Parallel()
	var jitter float64
	c := connect(t, "http://127.0.0.1:1", func(o *Options) { o.Jitter = func() float64 { return jitter } })
	for _, test := range []struct {
		n           int
		least, most time.Duration
	}{
		{0, 500 * time.Millisecond, time.Second},
		{3, 4 * time.Second, 8 * time.Second},
		{5, 15 * time.Second, 30 * time.Second},
		{1 << 40, 15 * time.Second, 30 * time.Second},
	} {
		jitter = 0
		least := c.backoff(test.n, retryFirst, retryMost)
		jitter = 1
		most := c.backoff(test.n, retryFirst, retryMost)
		if least != test.least || most != test.most {
			t.Errorf("failure %d: %v to %v, want %v to %v", test.n, least, most, test.least, test.most)
		}
	}
}

func TestARefusedTokenRaisesTheAlarmOnceAndTakesItBack(t *testing.T) {
	t.Parallel()
	refused := fail(401, "Unauthorized", nil)
	s := play(refused, refused, refused, batch(note(7, 1, "a")), refused)
	var log logbook
	c := connect(t, serve(t, s.answer).URL, func(o *Options) { o.Logger = log.logger() })
	startPolling(t, c, new(heard).handle)
	for range 6 {
		s.next(t)
	}
	raised, back := strings.Count(log.String(), "refuses the token"), strings.Count(log.String(), "takes the token again")
	if raised != 2 || back != 1 {
		t.Errorf("%d alarms and %d taken back, want raised, taken back, raised:\n%s", raised, back, log.String())
	}
}

// A webhook of an earlier configuration makes a polling desk deaf: it goes before
// the first poll, and what waits for it is kept.
func TestPollTakesBackAWebhook(t *testing.T) {
	t.Parallel()
	s := play(batch(note(7, 1, "a")))
	s.webhook.Store("https://desk.example/hook")
	startPolling(t, connect(t, serve(t, s.answer).URL, nil), new(heard).handle)
	if got := s.until(t, "getUpdates"); !slices.Equal(got, []string{"getMe", "getWebhookInfo", "deleteWebhook", "getUpdates"}) {
		t.Errorf("calls %v: the webhook must go before the first poll", got)
	}
}

// One that is set while the desk polls is a newer desk's that takes over, and
// only when it stays a mistake.
func TestPollLeavesAWebhookToANewerDeskForAWhile(t *testing.T) {
	t.Parallel()
	deaf := fail(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", nil)
	var s *script
	s = play(func(w http.ResponseWriter, r *http.Request) {
		s.webhook.Store("https://newer.example/hook")
		deaf(w, r)
	}, deaf, deaf)
	startPolling(t, connect(t, serve(t, s.answer).URL, nil), new(heard).handle)
	got := s.until(t, "deleteWebhook")
	want := []string{"getMe", "getWebhookInfo", "getUpdates", "getUpdates", "getUpdates", "getWebhookInfo", "deleteWebhook"}
	if !slices.Equal(got, want) {
		t.Errorf("calls %v, want %v", got, want)
	}
}

func TestPollStartsBeforeTelegramCanBeReached(t *testing.T) {
	t.Parallel()
	s := play(batch(note(7, 1, "/open@PowerdeskBot")))
	var down atomic.Int32
	down.Store(3)
	server := serve(t, func(w http.ResponseWriter, r *http.Request, method string) {
		if down.Add(-1) >= 0 {
			if method != "getMe" {
				t.Errorf("%s before the bot knows its own name", method)
			}
			raw(w, 503, "text/html", "down")
			return
		}
		s.answer(w, r, method)
	})
	commands := make(chan string, 1)
	c := connect(t, server.URL, nil)
	if !c.LastPoll().IsZero() {
		t.Error("LastPoll before the first poll")
	}
	startPolling(t, c, func(_ context.Context, u Update) error { commands <- u.Event.Command; return nil })
	s.next(t)
	if got := <-commands; got != "open" {
		t.Errorf("command %q, want open", got)
	}
	if id, username, err := c.Me(within(t)); id != ourBot || username != "PowerdeskBot" || err != nil {
		t.Errorf("me %d %q %v", id, username, err)
	}
}

type stoppedClock struct{ at time.Time }

func (c stoppedClock) Now() time.Time { return c.at }

func TestLastPollIsTheTimeOfTheLastAnswer(t *testing.T) {
	t.Parallel()
	s := play(batch(note(7, 1, "a")), fail(500, "Internal Server Error", nil))
	c := connect(t, serve(t, s.answer).URL, func(o *Options) { o.Clock = stoppedClock{testNow} })
	startPolling(t, c, new(heard).handle)
	s.next(t)
	s.next(t)
	if got := c.LastPoll(); !got.Equal(testNow) {
		t.Errorf("last poll %v, want %v", got, testNow)
	}
}

func TestPollLeavesAHangingPoll(t *testing.T) {
	t.Parallel()
	s := play(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, batch(note(7, 1, "a")))
	c := connect(t, serve(t, s.answer).URL, func(o *Options) {
		o.Timeout, o.LongPoll = 100*time.Millisecond, time.Millisecond
	})
	startPolling(t, c, new(heard).handle)
	s.next(t)
	s.next(t)
}

func TestAStoppedPoll(t *testing.T) {
	t.Parallel()

	t.Run("leaves a long poll at once", func(t *testing.T) {
		t.Parallel()
		s := play(batch(note(7, 1, "a")))
		stop := startPolling(t, connect(t, serve(t, s.answer).URL, nil), new(heard).handle)
		s.next(t)
		s.next(t)
		stop()
		if len(s.calls) != 0 {
			t.Errorf("confirmed twice: %v", <-s.calls)
		}
	})
	t.Run("lets handlers end and confirms them", func(t *testing.T) {
		t.Parallel()
		s := play(batch(note(7, 1, "a")), batch())
		handling, release := make(chan struct{}), make(chan struct{})
		ctx, cancel := context.WithCancel(within(t))
		c := connect(t, serve(t, s.answer).URL, nil)
		ended := make(chan error, 1)
		go func() {
			ended <- c.Poll(ctx, func(ctx context.Context, _ Update) error {
				close(handling)
				<-release
				return ctx.Err()
			})
		}()
		s.next(t)
		<-handling
		cancel()
		close(release)
		if got := s.next(t); got.offset() != "8" || got.Form.Get("timeout") != "" {
			t.Errorf("the last call is %v, want offset 8 without waiting", got.Form)
		}
		<-ended
	})
	t.Run("leaves with Telegram what is not stored", func(t *testing.T) {
		t.Parallel()
		s := play(batch(note(7, 1, "a"), note(8, 2, "b")))
		ctx, cancel := context.WithCancel(within(t))
		c := connect(t, serve(t, s.answer).URL, nil)
		err := c.Poll(ctx, func(_ context.Context, u Update) error {
			if u.ID == 7 {
				return nil
			}
			cancel()
			return errors.New("store is down")
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Poll ended with %v", err)
		}
		s.next(t)
		for len(s.calls) != 0 {
			if call := <-s.calls; call.offset() != "8" { // what is before the second is stored
				t.Errorf("confirmed what is not stored: %v", call)
			}
		}
	})
	t.Run("ends handlers when their grace is over", func(t *testing.T) {
		t.Parallel()
		s := play(batch(note(7, 1, "a"), note(8, 1, "b")))
		graceOver := make(chan time.Time)
		handled := make(chan struct{}, 9)
		ctx, cancel := context.WithCancel(within(t))
		c := connect(t, serve(t, s.answer).URL, func(o *Options) {
			o.After = func(time.Duration) <-chan time.Time { return graceOver }
		})
		ended := make(chan error, 1)
		go func() {
			ended <- c.Poll(ctx, func(ctx context.Context, _ Update) error {
				handled <- struct{}{}
				<-ctx.Done()
				return ctx.Err()
			})
		}()
		<-handled
		cancel()
		close(graceOver)
		<-ended
		if len(handled) != 0 {
			t.Error("the next update was begun after the stop")
		}
		s.next(t)
		if len(s.calls) != 0 {
			t.Errorf("confirmed what was not handled: %v", <-s.calls)
		}
	})
}

// A wait that another process was told of is waited out before the first call,
// and one that this process is told of is told on.
func TestPollObeysAWaitAndTellsOfOne(t *testing.T) {
	t.Parallel()
	s := play(fail(429, "Too Many Requests", map[string]any{"retry_after": 9}), batch(note(7, 1, "a")))
	var w waits
	var left atomic.Int64
	left.Store(int64(40 * time.Second))
	flooded := make(chan time.Duration, 9)
	c := connect(t, serve(t, s.answer).URL, func(o *Options) {
		o.After = func(d time.Duration) <-chan time.Time { left.Store(0); return w.after(d) }
		o.May = func(method string) error {
			if d := left.Load(); d > 0 && method == "getUpdates" {
				return Wait(d)
			}
			return nil
		}
		o.Flooded = func(method string, d time.Duration) {
			if method == "getUpdates" {
				flooded <- d
			}
		}
	})
	startPolling(t, c, new(heard).handle)
	for range 3 {
		s.next(t)
	}
	if diff := cmp.Diff([]time.Duration{40 * time.Second, 9 * time.Second}, w.list()); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
	if got := <-flooded; got != 9*time.Second || len(flooded) != 0 {
		t.Errorf("told of %s and %d more, want the one of 9 s", got, len(flooded))
	}
}
