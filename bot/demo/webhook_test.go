package demo

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const secret = "0123456789abcdef0123456789abcdef"

// hook is the bot's end of a webhook: every push waits for the test to answer it.
type hook struct {
	*httptest.Server
	pushes chan push
}

type push struct {
	update wireUpdate
	secret string
	answer chan<- http.HandlerFunc
}

func newHook(t *testing.T) *hook {
	t.Helper()
	h := &hook{pushes: make(chan push)}
	stop := make(chan struct{})
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		answer := make(chan http.HandlerFunc, 1)
		p := push{secret: r.Header.Get("X-Telegram-Bot-Api-Secret-Token"), answer: answer}
		if err != nil || json.Unmarshal(body, &p.update) != nil {
			t.Errorf("got a push that is no update: %s", body)
		}
		select {
		case h.pushes <- p:
			(<-answer)(w, r)
		case <-stop:
		}
	}))
	t.Cleanup(func() {
		close(stop)
		h.Close()
	})
	return h
}

func status(code int, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
	}
}

// next is the next push, which must come soon.
func (h *hook) next(t *testing.T) push {
	t.Helper()
	select {
	case p := <-h.pushes:
		return p
	case <-soon(t).Done():
		t.Fatal("no push came")
		return push{}
	}
}

func TestWebhookPushes(t *testing.T) {
	t.Parallel()
	w, h := newWorld(t), newHook(t)
	must[int](t)(w.As(wang).Send(wang, "before the webhook"))
	if got := w.send(t, "setWebhook", "url", h.URL, "secret_token", secret); got.Text != "Webhook was set" {
		t.Fatalf("got %q", got.Text)
	}
	p := h.next(t)
	if p.update.Message.Text != "before the webhook" || p.secret != secret {
		t.Errorf("got %q with secret %q", p.update.Message.Text, p.secret)
	}
	p.answer <- status(200)
	if err := w.Wait(soon(t), func() bool { return w.Pending() == 0 }); err != nil {
		t.Fatal(err)
	}
	if got := w.send(t, "setWebhook", "url", h.URL, "secret_token", secret); got.Text != "Webhook is already set" {
		t.Errorf("got %q", got.Text)
	}
	if got := w.send(t, "deleteWebhook"); got.Text != "Webhook was deleted" {
		t.Errorf("got %q", got.Text)
	}
	if got := w.send(t, "deleteWebhook"); got.Text != "Webhook is already deleted" {
		t.Errorf("got %q", got.Text)
	}
}

func TestOneUpdateOfAChatIsPushedAtATime(t *testing.T) {
	t.Parallel()
	w, h := newWorld(t), newHook(t)
	card := w.text(t, "11", "card", "reply_markup", `{"inline_keyboard":[[{"text":"Claim","callback_data":"c1"}]]}`)
	w.send(t, "setWebhook", "url", h.URL)
	must[int](t)(w.As(wang).Send(wang, "first"))
	first := h.next(t)
	must[int](t)(w.As(wang).Send(wang, "second"))
	must[int](t)(w.As(li).Send(group, "elsewhere"))
	if other := h.next(t); other.update.Message.Text != "elsewhere" {
		t.Errorf("got %q, want the other chat not to wait", other.update.Message.Text)
	} else {
		other.answer <- status(200)
	}
	must[*Press](t)(w.As(li).PressForged(group, card, "c1")) // a press waits in its user's lane, not in the chat's
	if other := h.next(t); other.update.Callback == nil {
		t.Errorf("got %+v, want the press", other.update)
	} else {
		other.answer <- status(200)
	}
	first.answer <- status(204)
	second := h.next(t)
	if second.update.Message.Text != "second" {
		t.Errorf("got %q, want the second message", second.update.Message.Text)
	}
	second.answer <- status(200)
}

func TestFailedPushComesAgainLaterAndLater(t *testing.T) {
	t.Parallel()
	w, h := newWorld(t), newHook(t)
	w.send(t, "setWebhook", "url", h.URL)
	must[int](t)(w.As(wang).Send(wang, "stubborn"))
	h.next(t).answer <- status(500) // tried again at once
	h.next(t).answer <- status(502)
	for _, c := range []struct {
		wait   time.Duration
		answer http.HandlerFunc
	}{
		{2 * time.Second, status(503)},
		{4 * time.Second, status(503, "Retry-After", "7")},
		{7 * time.Second, status(503, "Retry-After", "86400")},
		{time.Hour, status(200)},
	} {
		if got := <-w.clock.asked; got != c.wait {
			t.Errorf("got a pause of %v, want %v", got, c.wait)
		}
		w.clock.advance(c.wait)
		h.next(t).answer <- c.answer
	}
	var info wireWebhookInfo
	if err := w.Wait(soon(t), func() bool { return w.Pending() == 0 }); err != nil {
		t.Fatal(err)
	}
	w.send(t, "getWebhookInfo").into(t, &info)
	want := wireWebhookInfo{
		URL: h.URL, Max: 40, LastErrorAt: monday.Add(13 * time.Second).Unix(), LastError: "Wrong response from the webhook: 503 Service Unavailable",
	}
	if diff := cmp.Diff(want, info); diff != "" {
		t.Errorf("webhook info (-want +got):\n%s", diff)
	}
}

func TestWebhookNobodyListensAt(t *testing.T) {
	t.Parallel()
	w, h := newWorld(t), newHook(t)
	h.Close()
	w.send(t, "setWebhook", "url", h.URL)
	must[int](t)(w.As(wang).Send(wang, "hello?"))
	if got := <-w.clock.asked; got != 2*time.Second {
		t.Errorf("after two failures: got a pause of %v, want 2 s", got)
	}
	var info wireWebhookInfo
	w.send(t, "getWebhookInfo").into(t, &info)
	if info.LastError != "Connection failed" || info.Pending != 1 {
		t.Errorf("got %+v", info)
	}
}

func TestBackOff(t *testing.T) {
	t.Parallel()
	random := func(n int) int { return n - 1 }
	for failures, want := range map[int]time.Duration{
		1: 0, 2: 2 * time.Second, 3: 4 * time.Second, 6: 32 * time.Second, 7: 120 * time.Second, 50: 120 * time.Second,
	} {
		if got := backOff(failures, 0, random); got != want {
			t.Errorf("after %d failures: got %v, want %v", failures, got, want)
		}
	}
}

func TestPoisonedChatsStallTheOthers(t *testing.T) {
	t.Parallel()
	w, h := newWorld(t), newHook(t)
	w.send(t, "setWebhook", "url", h.URL, "max_connections", "1")
	for id := int64(1000); id < 1003; id++ {
		w.AddPerson(Person{ID: id, Name: "Poison"})
		must[int](t)(w.As(id).Send(id, fmt.Sprint("poison ", id)))
	}
	seen := map[string]int{}
	limit := soon(t)
	for pushes := 0; pushes < 6; { // two loaded chats fail in turn; the third is not even loaded
		select {
		case p := <-h.pushes:
			pushes++
			seen[p.update.Message.Text]++
			p.answer <- status(500)
		case pause := <-w.clock.asked:
			w.clock.advance(pause)
		case <-limit.Done():
			t.Fatalf("after %d pushes: none came", pushes)
		}
	}
	if seen["poison 1002"] > 0 || seen["poison 1000"] == 0 || seen["poison 1001"] == 0 {
		t.Errorf("got pushes %v, want only those of the two chats that fit into 2×max_connections", seen)
	}
}

func TestWebhookThatIsGoneIsRemoved(t *testing.T) {
	t.Parallel()
	w, h := newWorld(t), newHook(t)
	w.send(t, "setWebhook", "url", h.URL)
	must[int](t)(w.As(wang).Send(wang, "anybody?"))
	h.next(t).answer <- status(410)
	h.next(t).answer <- status(410)
	<-w.clock.asked
	w.clock.advance(23 * time.Hour)
	h.next(t).answer <- status(410)
	removed := func() bool { return !strings.Contains(w.send(t, "getWebhookInfo").raw, h.URL) }
	if err := w.Wait(soon(t), removed); err != nil {
		t.Fatal(err)
	}
	if got := len(w.updates(t)); got != 1 {
		t.Errorf("got %d updates by polling, want the one nobody took", got)
	}
}

func TestWebhookIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct{ name, url, secret, want string }{
		{"no address", "ftp://127.0.0.1/", "", "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"},
		{"another machine", "https://example.com/hook", "", "Bad Request: bad webhook: the stand-in pushes to this machine only"},
		{"another machine by number", "https://192.0.2.7/hook", "", "Bad Request: bad webhook: the stand-in pushes to this machine only"},
		{"secret with a blank", "http://127.0.0.1/", "a b", "Bad Request: secret token contains unallowed characters"},
		{"secret too long", "http://127.0.0.1/", strings.Repeat("a", 257), "Bad Request: secret token is too long"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			wantRefusal(t, w.send(t, "setWebhook", "url", c.url, "secret_token", c.secret), 400, c.want)
		})
	}
}

func TestSetWebhookEndsTheLongPoll(t *testing.T) {
	t.Parallel()
	w, h := newWorld(t), newHook(t)
	ended := make(chan answer, 1)
	go func() {
		if a, err := w.try(t.Context(), "getUpdates", "timeout", "50"); err == nil {
			ended <- a
		}
	}()
	<-w.clock.asked
	w.send(t, "setWebhook", "url", h.URL)
	wantRefusal(t, <-ended, 409, "Conflict: terminated by setWebhook request")
}

func TestSwitchingWebhookAndPollingLosesNothing(t *testing.T) {
	t.Parallel()
	w, h := newWorld(t), newHook(t)
	w.send(t, "setWebhook", "url", h.URL)
	must[int](t)(w.As(wang).Send(wang, "in flight"))
	p := h.next(t)
	must[int](t)(w.As(wang).Send(wang, "behind it"))
	w.send(t, "deleteWebhook")
	p.answer <- status(200) // too late: the bot polls already
	if got := ids(w.updates(t)); !cmp.Equal(got, []int{1, 2}) {
		t.Errorf("got %v, want both", got)
	}
	w.send(t, "setWebhook", "url", h.URL, "drop_pending_updates", "true")
	if got := w.Pending(); got != 0 {
		t.Errorf("got %d pending after drop_pending_updates, want 0", got)
	}
}
