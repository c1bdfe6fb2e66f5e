package demo

import (
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func wantFlood(t *testing.T, got answer, seconds int) {
	t.Helper()
	wantRefusal(t, got, 429, "Too Many Requests: retry after "+strconv.Itoa(seconds))
	if got.Params.RetryAfter != seconds || got.header.Get("Retry-After") != strconv.Itoa(seconds) {
		t.Errorf("got retry_after %d and Retry-After %q, want %d", got.Params.RetryAfter, got.header.Get("Retry-After"), seconds)
	}
}

func TestCallInsideARetryAfterIsAViolation(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault Fault
		call  []string // method and chat of a call that disobeys
		free  []string // method and chat of one that may go on
		want  Violation
	}{
		"of a chat": {
			Fault{Method: "sendMessage", Chat: group, RetryAfter: 7, Times: 1},
			[]string{"sendMessage", "-100"}, []string{"sendMessage", "11"},
			Violation{Method: "sendMessage", Chat: group, Scope: "chat"},
		},
		"of a chat, by an edit": {
			Fault{Method: "sendMessage", Chat: group, RetryAfter: 7, Times: 1},
			[]string{"editMessageText", "-100"}, []string{"getChat", "-100"},
			Violation{Method: "editMessageText", Chat: group, Scope: "chat"},
		},
		"of the whole bot": {
			Fault{Method: "sendMessage", Chat: group, RetryAfter: 7, BotWide: true, Times: 1},
			[]string{"sendMessage", "11"}, []string{"getChat", "-100"},
			Violation{Method: "sendMessage", Chat: wang, Scope: "bot"},
		},
		"of a method without a chat": {
			Fault{Method: "getMe", RetryAfter: 7, Times: 1},
			[]string{"getMe", ""}, []string{"sendMessage", "-100"},
			Violation{Method: "getMe", Scope: "method"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.AddFault(c.fault)
			wantFlood(t, w.send(t, c.fault.Method, "chat_id", strconv.FormatInt(c.fault.Chat, 10), "text", "x"), 7)
			w.clock.advance(2 * time.Second)
			if a := w.send(t, c.free[0], "chat_id", c.free[1], "text", "x"); a.Code == 429 {
				t.Errorf("%v: got %q, want it free", c.free, a.Text)
			}
			wantFlood(t, w.send(t, c.call[0], "chat_id", c.call[1], "message_id", "1", "text", "x"), 5)
			c.want.At, c.want.Early = monday.Add(2*time.Second), 5*time.Second
			if diff := cmp.Diff([]Violation{c.want}, w.Violations()); diff != "" {
				t.Errorf("violations (-want +got):\n%s", diff)
			}
			w.clock.advance(5 * time.Second)
			if a := w.send(t, c.call[0], "chat_id", c.call[1], "message_id", "1", "text", "x"); a.Code == 429 {
				t.Errorf("after the wait: got %q", a.Text)
			}
		})
	}
}
