package demo

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// post sends hello to Wang and returns the raw answer.
func (w *world) post(ctx context.Context) (*http.Response, string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.http.URL+"/bot"+token+"/sendMessage?chat_id=11&text=hello", nil)
	if err != nil {
		return nil, "", err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	return resp, string(body), err
}

// sent counts what Wang got.
func (w *world) sent(t *testing.T) int {
	t.Helper()
	return len(must[[]Message](t)(w.Messages(wang)))
}

func TestFaultsChooseTheirCalls(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.AddFault(Fault{Method: "sendMessage", Chat: wang, Skip: 1, Times: 2, Status: 500, Description: "Internal Server Error: restart"})
	var got []bool
	for range 5 {
		got = append(got, w.send(t, "sendMessage", "chat_id", "11", "text", "x").OK)
		if a := w.send(t, "sendMessage", "chat_id", "-100", "text", "another chat"); !a.OK {
			t.Errorf("another chat: got %q", a.Text)
		}
		if a := w.send(t, "getChat", "chat_id", "11"); !a.OK {
			t.Errorf("another method: got %q", a.Text)
		}
	}
	if want := []bool{true, false, false, true, true}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	remove := w.AddFault(Fault{Chat: wang})
	wantRefusal(t, w.send(t, "getChat", "chat_id", "11"), 400, "Bad Request")
	remove()
	w.text(t, "11", "mended")
	w.AddFault(Fault{})
	wantRefusal(t, w.send(t, "getMe"), 400, "Bad Request")
	w.ClearFaults()
	w.send(t, "getMe").into(t, &wireMe{})
}

func TestScriptedRefusalDoesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.AddFault(Fault{Status: 403, Description: "Forbidden: user is deactivated", Times: 1})
	wantRefusal(t, w.send(t, "sendMessage", "chat_id", "11", "text", "x"), 403, "Forbidden: user is deactivated")
	w.AddFault(Fault{Description: "Bad Request: group chat was upgraded to a supergroup chat", MigrateTo: -1009, Times: 1})
	if a := w.send(t, "sendMessage", "chat_id", "11", "text", "x"); a.Params.MigrateTo != -1009 || a.status != 400 {
		t.Errorf("got %d %+v", a.status, a.Params)
	}
	if got := w.sent(t); got != 0 {
		t.Errorf("got %d messages, want none", got)
	}
}

func TestBrokenReplies(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind   Breakage
		status int
		check  func(body string, err error) bool
	}{
		"disconnect":  {Disconnect, 0, func(_ string, err error) bool { return err != nil }},
		"bad gateway": {BadGateway, 502, func(body string, _ error) bool { return strings.HasPrefix(body, "<html>") }},
		"truncate":    {Truncate, 200, func(body string, _ error) bool { return strings.HasPrefix(body, `{"ok"`) && !json.Valid([]byte(body)) }},
		"garbage":     {Garbage, 200, func(body string, _ error) bool { return !json.Valid([]byte(body)) }},
	} {
		for _, deliver := range []bool{false, true} {
			t.Run(name+map[bool]string{false: " before", true: " after"}[deliver]+" the call is carried out", func(t *testing.T) {
				t.Parallel()
				w := newWorld(t)
				w.AddFault(Fault{Kind: c.kind, Deliver: deliver})
				resp, body, err := w.post(t.Context())
				if !c.check(body, err) || (resp != nil && resp.StatusCode != c.status) {
					t.Errorf("got %v %q, %v", resp, body, err)
				}
				if got, want := w.sent(t) == 1, deliver; got != want {
					t.Errorf("got delivered %v, want %v", got, want)
				}
				calls := w.Calls("sendMessage")
				if len(calls) == 0 || calls[0].OK() != deliver || calls[0].Fault != name {
					t.Errorf("got ledger %+v", calls)
				}
			})
		}
	}
}

func TestHangEndsWithTheCaller(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.AddFault(Fault{Kind: Hang, Deliver: true})
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error, 1)
	go func() {
		_, _, err := w.post(ctx)
		failed <- err
	}()
	if err := w.Wait(soon(t), func() bool { return w.Count("sendMessage") == 1 }); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got := w.sent(t); got != 1 {
		t.Errorf("got %d messages, want the one nobody heard of", got)
	}
}

func TestHangEndsWithTheServer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.AddFault(Fault{Kind: Hang})
	failed := make(chan error, 1)
	go func() {
		_, _, err := w.post(t.Context())
		failed <- err
	}()
	if err := w.Wait(soon(t), func() bool { return w.Count("sendMessage") == 1 }); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if err := <-failed; err == nil {
		t.Error("got no error, want the connection closed")
	}
}

func TestSlowReplies(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.AddFault(Fault{Kind: Stall, Delay: 4 * time.Second, Times: 1})
	body := make(chan string, 1)
	send := func() {
		_, got, _ := w.post(t.Context()) // a failure shows as a body that is no JSON
		body <- got
	}
	go send()
	if got := <-w.clock.asked; got != 4*time.Second {
		t.Errorf("stalled for %v, want 4 s", got)
	}
	if got := w.sent(t); got != 0 {
		t.Errorf("carried out before the stall was over")
	}
	w.clock.advance(4 * time.Second)
	if got := <-body; !json.Valid([]byte(got)) {
		t.Errorf("got %q", got)
	}

	w.AddFault(Fault{Kind: Drip, Delay: time.Second, Deliver: true})
	go send()
	pieces := 0
	for whole := false; !whole; {
		select {
		case <-w.clock.asked:
			pieces++
			w.clock.advance(time.Second)
		case got := <-body:
			whole = true
			if !strings.Contains(got, `"text":"hello"`) || !json.Valid([]byte(got)) {
				t.Errorf("got %q", got)
			}
		}
	}
	if pieces < 7 {
		t.Errorf("got %d pieces, want about eight", pieces)
	}
}
