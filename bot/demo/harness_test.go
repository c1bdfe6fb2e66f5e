package demo

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// The cast of the tests.
const (
	wang  = 11   // a resident
	li    = 21   // a volunteer
	group = -100 // the duty group: Li and the bot are in it
	token = "1000001:secret"
)

var monday = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// handClock moves only when a test moves it. Its timers fire then; asked tells that one was set, and for how long.
type handClock struct {
	mu     sync.Mutex
	now    time.Time
	timers map[chan time.Time]time.Time
	asked  chan time.Duration
}

var _ Clock = (*handClock)(nil)

func newHandClock() *handClock {
	return &handClock{now: monday, timers: make(map[chan time.Time]time.Time), asked: make(chan time.Duration, 1000)}
}

func (c *handClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *handClock) After(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	ch := make(chan time.Time, 1)
	c.timers[ch] = c.now.Add(d)
	c.asked <- d
	return ch
}

func (c *handClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	for ch, at := range maps.Clone(c.timers) {
		if !at.After(c.now) {
			ch <- c.now
			delete(c.timers, ch)
		}
	}
}

// world is a server on a clock that stands still, with Wang who has opened the bot, Li who has not, and the duty group.
type world struct {
	*Telegram
	clock *handClock
	http  *httptest.Server
}

func newWorld(t *testing.T, options ...func(*Options)) *world {
	t.Helper()
	w := &world{clock: newHandClock()}
	o := Options{Clock: w.clock, After: w.clock.After, Token: token, Bot: Bot{Name: "吴桥供电", Username: "wuqiao_bot"}}
	for _, set := range options {
		set(&o)
	}
	w.Telegram = New(o)
	w.AddPerson(Person{ID: wang, Name: "王", LastName: "大爷", Language: "zh-hans", Phone: "+8613800000011", Role: "resident"})
	w.AddPerson(Person{ID: li, Name: "Li", Username: "li_volunteer", Language: "en", Role: "volunteer"})
	w.AddGroup(Group{ID: group, Title: "Duty", Supergroup: true, Members: map[int64]Status{li: Member}, Bot: Administrator})
	w.http = httptest.NewServer(w.Handler())
	t.Cleanup(func() {
		w.Close()
		w.http.Close()
	})
	w.chats[wang].opened = true
	return w
}

// answer is what came back from a call.
type answer struct {
	status int
	header http.Header
	raw    string
	OK     bool            `json:"ok"`
	Code   int             `json:"error_code"`
	Text   string          `json:"description"`
	Result json.RawMessage `json:"result"`
	Params struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// into decodes the result.
func (a answer) into(t *testing.T, out any) {
	t.Helper()
	if !a.OK {
		t.Fatalf("the call was refused: %d %s", a.Code, a.Text)
	}
	if err := json.Unmarshal(a.Result, out); err != nil {
		t.Fatalf("decoding %s: %v", a.Result, err)
	}
}

// send makes a call with form parameters, given in pairs, and fails the test when nothing comes back.
func (w *world) send(t *testing.T, method string, pairs ...string) answer {
	t.Helper()
	a, err := w.try(t.Context(), method, pairs...)
	if err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	return a
}

func (w *world) try(ctx context.Context, method string, pairs ...string) (answer, error) {
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.http.URL+"/bot"+token+"/"+method, strings.NewReader(form.Encode()))
	if err != nil {
		return answer{}, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return do(req)
}

func do(req *http.Request) (answer, error) {
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, err
	}
	a := answer{status: resp.StatusCode, header: resp.Header, raw: string(body)}
	if err := json.Unmarshal(body, &a); err != nil {
		return a, err
	}
	return a, nil
}

// text sends a text that must arrive, and returns its message id.
func (w *world) text(t *testing.T, chat, text string, pairs ...string) int {
	t.Helper()
	var m wireMessage
	w.send(t, "sendMessage", append([]string{"chat_id", chat, "text", text}, pairs...)...).into(t, &m)
	return m.ID
}

// updates asks for what is there, without waiting.
func (w *world) updates(t *testing.T, pairs ...string) []wireUpdate {
	t.Helper()
	w.clock.advance(4 * time.Second) // a repeated offset would be made to wait
	var out []wireUpdate
	w.send(t, "getUpdates", pairs...).into(t, &out)
	return out
}

func ids(updates []wireUpdate) []int {
	var out []int
	for _, u := range updates {
		out = append(out, u.ID)
	}
	return out
}

// wantRefusal checks the words of a refusal.
func wantRefusal(t *testing.T, got answer, code int, text string) {
	t.Helper()
	if got.OK || got.status != code || got.Code != code || got.Text != text {
		t.Errorf("got %d %q, want %d %q", got.status, got.Text, code, text)
	}
}

// must fails the test on an error and passes the value on.
func must[T any](t *testing.T) func(T, error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// soon bounds what a test waits for; nothing that works takes a thousandth of it.
func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}
