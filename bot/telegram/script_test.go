package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
)

// asked is one call that the desk made.
type asked struct {
	Method string
	Form   url.Values
}

func (a asked) offset() string { return a.Form.Get("offset") }

// script answers getUpdates with one step after the other, and then holds the
// call, as Telegram does when there is nothing. Calls are told on the channel.
type script struct {
	calls   chan asked
	webhook atomic.Value // string: what is set
	mu      sync.Mutex
	steps   []http.HandlerFunc
}

func play(steps ...http.HandlerFunc) *script {
	s := &script{calls: make(chan asked, 1000), steps: steps}
	s.webhook.Store("")
	return s
}

func (s *script) answer(w http.ResponseWriter, r *http.Request, method string) {
	s.calls <- asked{method, r.PostForm}
	switch method {
	case "getMe":
		succeed(w, map[string]any{"id": ourBot, "is_bot": true, "first_name": "Powerdesk", "username": "PowerdeskBot"})
	case "getWebhookInfo":
		succeed(w, map[string]any{"url": s.webhook.Load(), "pending_update_count": 3})
	case "deleteWebhook":
		s.webhook.Store("")
		succeed(w, true)
	case "getUpdates":
		s.mu.Lock()
		var step http.HandlerFunc
		if len(s.steps) > 0 {
			step, s.steps = s.steps[0], s.steps[1:]
		}
		s.mu.Unlock()
		switch {
		case step != nil:
			step(w, r)
		case r.PostForm.Get("timeout") == "":
			batch()(w, r)
		default:
			<-r.Context().Done()
		}
	default:
		succeed(w, true)
	}
}

// next gives the next getUpdates call.
func (s *script) next(t *testing.T) asked {
	t.Helper()
	for {
		select {
		case call := <-s.calls:
			if call.Method == "getUpdates" {
				return call
			}
		case <-within(t).Done():
			t.Fatal("no getUpdates came")
		}
	}
}

// until gives the methods called up to the first call of one, and checks that
// nothing that waits is thrown away.
func (s *script) until(t *testing.T, method string) (all []string) {
	t.Helper()
	for {
		select {
		case call := <-s.calls:
			all = append(all, call.Method)
			if drop := call.Form.Get("drop_pending_updates"); drop != "" && drop != "false" {
				t.Errorf("%s drops what waits", call.Method)
			}
			if call.Method == method {
				return all
			}
		case <-within(t).Done():
			t.Fatalf("no %s came after %v", method, all)
		}
	}
}

// batch is a step that gives updates.
func batch(updates ...json.RawMessage) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if updates == nil {
			updates = []json.RawMessage{}
		}
		succeed(w, updates)
	}
}

func fail(code int, description string, parameters map[string]any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { refuse(w, code, description, parameters) }
}

func updatesOnce(updates ...json.RawMessage) func(http.ResponseWriter, *http.Request, string) {
	return play(batch(updates...)).answer
}

// note is an update: a message of a person in private.
func note(id int, person int64, text string) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"update_id":%d,"message":{"chat":{"id":%d},"from":{"id":%d,"first_name":"x"},"date":0,"text":%q}}`,
		id, person, person, text))
}

// startPolling runs Poll until the function it gives is called.
func startPolling(t *testing.T, c *Client, handle func(context.Context, Update) error) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(within(t))
	ended := make(chan error, 1)
	go func() { ended <- c.Poll(ctx, handle) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Errorf("Poll ended with %v", err)
			}
		})
	}
	t.Cleanup(stop)
	return stop
}

// heard is a handler that keeps what it is told.
type heard struct {
	mu    sync.Mutex
	texts []string
}

func (h *heard) handle(_ context.Context, u Update) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.texts = append(h.texts, u.Event.Text)
	return nil
}

func (h *heard) list() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string(nil), h.texts...)
}
