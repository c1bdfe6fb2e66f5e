package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const hookURL, hookSecret = "https://desk.example/hook", "hook-secret-0123456789-abcdefghij"

// startHook runs a webhook until the function it gives is called.
func startHook(t *testing.T, c *Client, o WebhookOptions) (hook *Webhook, stop func()) {
	t.Helper()
	o.URL, o.Secret = hookURL, hookSecret
	hook = c.NewWebhook(o)
	ctx, cancel := context.WithCancel(within(t))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		var running sync.WaitGroup
		running.Go(func() { hook.Keep(ctx) })
		hook.Receive(ctx)
		running.Wait()
	}()
	stop = sync.OnceFunc(func() {
		cancel()
		<-ended
	})
	t.Cleanup(stop)
	for errors.Is(hook.Check(), errNotSet) && within(t).Err() == nil {
		<-time.After(time.Millisecond)
	}
	return hook, stop
}

// held lets the waits of a webhook that is well go on for ever.
func held(o *Options) {
	o.After = func(d time.Duration) <-chan time.Time {
		if d == watchEvery || d == grace {
			return nil
		}
		return time.After(0)
	}
}

func TestTakeKeepsTheOrderOfAChat(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	entered := make(chan string, 9)
	var h heard
	c := connect(t, serve(t, play().answer).URL, held)
	hook, _ := startHook(t, c, WebhookOptions{Handle: func(ctx context.Context, u Update) error {
		entered <- u.Event.Text
		if u.Event.Text == "first" {
			<-release
		}
		return h.handle(ctx, u)
	}})
	var taking sync.WaitGroup
	take := func(id int, person int64, text string) {
		taking.Go(func() {
			if err := hook.Take(within(t), note(id, person, text)); err != nil {
				t.Errorf("%s: %v", text, err)
			}
		})
	}
	take(1, 5, "first")
	<-entered
	take(2, 5, "second")
	take(3, 6, "another chat")
	if got := <-entered; got != "another chat" {
		t.Errorf("%q went on, want the other chat alone", got)
	}
	// Whoever gives up on the way lets nobody pass who stands behind.
	ended, end := context.WithCancel(within(t))
	end()
	if err := hook.Take(ended, note(4, 5, "gives up")); !errors.Is(err, context.Canceled) {
		t.Errorf("an update whose time is over: %v", err)
	}
	close(release)
	taking.Wait()
	if got := h.list(); slices.Index(got, "first") > slices.Index(got, "second") || len(got) != 3 {
		t.Errorf("handled %q", got)
	}
	hook.order.mu.Lock()
	defer hook.order.mu.Unlock()
	if len(hook.order.last) > 1 { // the one that gave up may be on its way out
		t.Errorf("%d lanes are remembered of people who wait for nothing", len(hook.order.last))
	}
}

func TestTakeRefusesWhatItCannotHold(t *testing.T) {
	t.Parallel()
	release, entered := make(chan struct{}), make(chan struct{})
	c := connect(t, serve(t, play().answer).URL, held)
	hook, stop := startHook(t, c, WebhookOptions{Handle: func(context.Context, Update) error {
		entered <- struct{}{}
		<-release
		return nil
	}})
	for !hook.hand.TryAcquire(inHand - 2) { // until it is open
		<-time.After(time.Millisecond)
	}
	taken := make(chan error, 2)
	for person := range int64(2) {
		go func() { taken <- hook.Take(within(t), note(1+int(person), 5+person, "a")) }()
		<-entered
	}
	if err := hook.Take(within(t), note(3, 7, "b")); !errors.Is(err, ErrBusy) {
		t.Errorf("one too many: %v, want ErrBusy", err)
	}
	release <- struct{}{}
	if err := <-taken; err != nil {
		t.Errorf("what was in hand: %v", err)
	}
	// A desk that stops takes nothing, and waits for what it has taken.
	stopped := make(chan struct{})
	go func() { stop(); close(stopped) }()
	for hook.hasRoom() {
		<-time.After(time.Millisecond)
	}
	select {
	case <-stopped:
		t.Error("the desk stopped before what it had in hand was stored")
	default:
	}
	hook.hand.Release(inHand - 2)
	close(release)
	<-stopped
	if err := <-taken; err != nil {
		t.Errorf("what was in hand: %v", err)
	}
	if err := hook.Take(within(t), note(4, 8, "c")); !errors.Is(err, ErrBusy) {
		t.Errorf("after the end: %v, want ErrBusy", err)
	}
}

func (w *Webhook) hasRoom() bool {
	if !w.hand.TryAcquire(1) {
		return false
	}
	w.hand.Release(1)
	return true
}

func TestTakePutsPoisonAside(t *testing.T) {
	t.Parallel()
	var poisoned []int
	c := connect(t, serve(t, play().answer).URL, func(o *Options) {
		held(o)
		o.Quarantine = func(_ context.Context, p Poison) error { poisoned = append(poisoned, p.ID); return nil }
	})
	panics, away := 0, errors.New("away")
	hook, _ := startHook(t, c, WebhookOptions{Handle: func(_ context.Context, u Update) error {
		if u.Event.Text == "away" {
			return away
		}
		panics++
		panic(u.Event.Text)
	}})
	for _, raw := range []json.RawMessage{note(1, 5, "a"), json.RawMessage(`{"update_id":2,"message":{"chat":{"id":1},"text":[]}}`)} {
		if err := hook.Take(within(t), raw); err != nil {
			t.Errorf("%s: %v", raw, err)
		}
	}
	if panics != panicTries || !slices.Equal(poisoned, []int{1, 2}) {
		t.Errorf("%d panics, %v in quarantine", panics, poisoned)
	}
	if err := hook.Take(within(t), note(3, 5, "away")); !errors.Is(err, away) || len(poisoned) != 2 {
		t.Errorf("an update that was not stored: %v, %v in quarantine", err, poisoned)
	}
}

// Whoever takes the webhook away does so by mistake: it is set again, and what
// waits is kept. Trouble that Telegram tells of is told on.
func TestWebhookIsKept(t *testing.T) {
	t.Parallel()
	looks := make(chan time.Time)
	var info atomic.Pointer[map[string]any]
	info.Store(&map[string]any{"url": "https://elsewhere.example/"})
	s := play()
	server := serve(t, func(w http.ResponseWriter, r *http.Request, method string) {
		if method == "getWebhookInfo" {
			s.calls <- asked{method, r.PostForm}
			succeed(w, *info.Load())
			return
		}
		s.answer(w, r, method)
	})
	c := connect(t, server.URL, func(o *Options) {
		o.After = func(d time.Duration) <-chan time.Time {
			if d == watchEvery {
				return looks
			}
			return nil
		}
	})
	hook, _ := startHook(t, c, WebhookOptions{})
	s.until(t, "setWebhook")
	looks <- time.Time{}
	if got := s.until(t, "setWebhook"); !slices.Equal(got, []string{"getWebhookInfo", "setWebhook"}) {
		t.Errorf("calls %v", got)
	}
	info.Store(&map[string]any{
		"url": hookURL, "pending_update_count": 4, "last_error_date": time.Now().Unix(),
		"last_error_message": "Wrong response from the webhook: 401 Unauthorized",
	})
	looks <- time.Time{}
	s.until(t, "getWebhookInfo")
	looks <- time.Time{} // received only after what was told has been noted
	if err := hook.Check(); err == nil || !strings.Contains(err.Error(), "4 updates wait") || !strings.Contains(err.Error(), "401") {
		t.Errorf("health: %v", err)
	}
	info.Store(&map[string]any{"url": hookURL, "last_error_date": time.Now().Unix(), "last_error_message": "long ago"})
	s.until(t, "getWebhookInfo")
	looks <- time.Time{}
	s.until(t, "getWebhookInfo")
	looks <- time.Time{}
	if err := hook.Check(); err != nil {
		t.Errorf("health: %v, although nothing waits", err)
	}
	for len(s.calls) > 0 {
		if call := <-s.calls; call.Method == "setWebhook" {
			t.Error("a webhook that is set is set again: replicas would take turns during a rotation")
		}
	}
}
