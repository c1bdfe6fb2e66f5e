package demo

import (
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func withLimits(o *Options) { o.Limits = TelegramLimits() }

// burst sends until the server says no, and returns how many went through and the refusal.
func (w *world) burst(t *testing.T, chat string) (int, answer) {
	t.Helper()
	for n := range 1000 {
		if a := w.send(t, "sendMessage", "chat_id", chat, "text", "x"); !a.OK {
			return n, a
		}
	}
	t.Fatal("a thousand messages at once were let through")
	return 0, answer{}
}

func wantFlood(t *testing.T, got answer, seconds int) {
	t.Helper()
	wantRefusal(t, got, 429, "Too Many Requests: retry after "+strconv.Itoa(seconds))
	if got.Params.RetryAfter != seconds || got.header.Get("Retry-After") != strconv.Itoa(seconds) {
		t.Errorf("got retry_after %d and Retry-After %q, want %d", got.Params.RetryAfter, got.header.Get("Retry-After"), seconds)
	}
}

func TestGroupTakesTwentyAMinute(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withLimits)
	first := w.text(t, "-100", "card")
	w.clock.advance(10 * time.Second)
	for i := range 19 { // edits count as sends do
		if a := w.send(t, "editMessageText", "chat_id", "-100", "message_id", strconv.Itoa(first), "text", "card "+strconv.Itoa(i)); !a.OK {
			t.Fatalf("edit %d: %s", i, a.Text)
		}
	}
	wantFlood(t, w.send(t, "sendMessage", "chat_id", "-100", "text", "one too many"), 50)
	w.clock.advance(50 * time.Second)
	w.text(t, "-100", "the place of the first")
	wantFlood(t, w.send(t, "sendMessage", "chat_id", "-100", "text", "no more"), 10)
	if got := w.Violations(); len(got) != 0 {
		t.Errorf("got violations %v, want none", got)
	}
}

func TestPrivateChatTakesABurstAndThenOneASecond(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withLimits)
	n, refused := w.burst(t, "11")
	if n != 20 {
		t.Errorf("got a burst of %d, want 20", n)
	}
	wantFlood(t, refused, 1)
	for range 5 {
		w.clock.advance(time.Second)
		w.text(t, "11", "x")
	}
	wantFlood(t, w.send(t, "sendMessage", "chat_id", "11", "text", "x"), 1)
	w.clock.advance(time.Hour)
	if n, _ := w.burst(t, "11"); n != 20 {
		t.Errorf("after an hour: got a burst of %d, want no more than 20", n)
	}
}

func TestBotTakesThirtyASecond(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withLimits)
	for id := range int64(40) {
		w.AddPerson(Person{ID: 1000 + id, Name: "x"})
		must[int](t)(w.As(1000 + id).Start(""))
	}
	sent := 0
	var refused answer
	for id := int64(1000); id < 1040; id++ {
		if refused = w.send(t, "sendMessage", "chat_id", strconv.FormatInt(id, 10), "text", "x"); !refused.OK {
			break
		}
		sent++
	}
	if sent != 30 {
		t.Errorf("got %d, want 30", sent)
	}
	wantFlood(t, refused, 1)
	w.clock.advance(time.Second)
	w.text(t, "1039", "x")
}

func TestAlbumCountsEveryItem(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withLimits)
	must[int](t)(w.As(wang).SendPhoto(wang, ""))
	file := must[[]Message](t)(w.Messages(wang))[0].FileID
	item := `{"type":"photo","media":"` + file + `"}`
	album := func() answer {
		return w.send(t, "sendMediaGroup", "chat_id", "-100", "media", "["+item+","+item+","+item+","+item+","+item+","+item+","+item+"]")
	}
	for i := range 2 {
		if a := album(); !a.OK {
			t.Fatalf("album %d: %s", i, a.Text)
		}
	}
	wantFlood(t, album(), 60)
}

func TestReadingAndAnsweringAreNotLimited(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withLimits)
	w.burst(t, "11")
	for range 100 {
		w.send(t, "getChat", "chat_id", "11").into(t, &wireFullChat{})
		wantRefusal(t, w.send(t, "answerCallbackQuery", "callback_query_id", "1"), 400,
			"Bad Request: query is too old and response timeout expired or query ID is invalid")
	}
	if got := w.Violations(); len(got) != 0 {
		t.Errorf("got violations %v, want none", got)
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
