package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"powerdesk/flows/county"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	testSecret = "AAF-hq3kXyZ_0123456789abcdefghijklm"
	testToken  = "7001112223:" + testSecret
)

// serve runs a Bot API on this machine. It checks that the token is where it
// belongs and hands on the method and its parameters.
func serve(t *testing.T, answer func(w http.ResponseWriter, r *http.Request, method string)) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		method, ok := strings.CutPrefix(r.URL.Path, "/bot"+testToken+"/")
		if !ok {
			t.Errorf("called %s", r.URL.Path)
		}
		if err := r.ParseForm(); err != nil {
			t.Errorf("%s: %v", method, err)
		}
		_, _ = io.Copy(io.Discard, r.Body) // of an upload, which ParseForm leaves alone
		answer(w, r, method)
	}))
	t.Cleanup(server.Close)
	return server
}

// succeed and refuse answer as the Bot API does.
func succeed(w http.ResponseWriter, result any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": result})
}

func refuse(w http.ResponseWriter, code int, description string, parameters map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	body := map[string]any{"ok": false, "error_code": code, "description": description}
	if parameters != nil {
		body["parameters"] = parameters
	}
	_ = json.NewEncoder(w).Encode(body)
}

// raw answers with anything.
func raw(w http.ResponseWriter, status int, contentType, body string) {
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
}

// connect makes a client that never waits; change may set what the case needs.
func connect(t *testing.T, address string, change func(*Options)) *Client {
	t.Helper()
	opts := Options{
		Token:      testToken,
		APIURL:     address,
		May:        func(string) error { return nil },
		Flooded:    func(string, time.Duration) {},
		Chats:      func() county.Chats { return testEnv().Chats },
		Zone:       china,
		Quarantine: func(context.Context, Poison) error { return nil },
		Logger:     slog.New(slog.DiscardHandler),
		Clock:      machineClock{},
		After:      new(waits).after,
		Jitter:     func() float64 { return 0.5 },
	}
	if change != nil {
		change(&opts)
	}
	c, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.polling.CloseIdleConnections)
	t.Cleanup(c.sending.CloseIdleConnections)
	return c
}

type machineClock struct{}

func (machineClock) Now() time.Time { return time.Now() }

// within gives a context that ends a hanging test.
func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// waits stands for time.After: every wait is over at once, but for the grace of
// a shutdown, and is remembered.
type waits struct {
	mu  sync.Mutex
	all []time.Duration
}

func (w *waits) after(d time.Duration) <-chan time.Time {
	if d == grace {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, d)
	over := make(chan time.Time)
	close(over)
	return over
}

func (w *waits) list() []time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]time.Duration(nil), w.all...)
}

// logbook is a log that can be read while it is written.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (l *logbook) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// deadAddress is an address of this machine where nobody listens.
func deadAddress() string {
	server := httptest.NewServer(nil)
	server.Close()
	return server.URL
}
