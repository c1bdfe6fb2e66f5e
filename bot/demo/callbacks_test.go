package demo

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"
)

// card posts a card with one button into the duty group and lets Li press it.
func (w *world) card(t *testing.T) (message int, p *Press, asked *wireCallback) {
	t.Helper()
	message = w.text(t, "-100", "Job 7", "reply_markup", `{"inline_keyboard":[[{"text":"✋ Claim","callback_data":"claim:7"}]]}`)
	p = must[*Press](t)(w.As(li).Press(group, message, "claim:7"))
	got := w.updates(t, "offset", "-1")
	if len(got) != 1 || got[0].Callback == nil {
		t.Fatalf("got %+v, want the press", got)
	}
	return message, p, got[0].Callback
}

func TestPressIsAnswered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	message, p, asked := w.card(t)
	quoted, _ := asked.Message.(map[string]any)
	if asked.Data != "claim:7" || asked.From.ID != li || asked.Instance == "" || quoted["message_id"] != float64(message) {
		t.Errorf("got %+v", asked)
	}
	impatient, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Wait(impatient); !errors.Is(err, context.Canceled) {
		t.Errorf("before the answer: got %v", err)
	}
	if got := w.send(t, "answerCallbackQuery", "callback_query_id", asked.ID, "text", "Yours, 1/2", "show_alert", "true"); !got.OK {
		t.Fatal(got.Text)
	}
	toast, err := p.Wait(soon(t))
	if want := (Toast{Text: "Yours, 1/2", Alert: true}); err != nil || toast != want {
		t.Errorf("got %+v, %v, want %+v", toast, err, want)
	}
	wantRefusal(t, w.send(t, "answerCallbackQuery", "callback_query_id", asked.ID), 400,
		"Bad Request: query is too old and response timeout expired or query ID is invalid")
}

func TestPressGrowsOld(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, _, asked := w.card(t)
	w.clock.advance(150 * time.Second)
	wantRefusal(t, w.send(t, "answerCallbackQuery", "callback_query_id", asked.ID), 400,
		"Bad Request: query is too old and response timeout expired or query ID is invalid")
	w.card(t)
	if got := len(w.queries.open); got != 1 {
		t.Errorf("got %d open presses, want the old one forgotten", got)
	}
}

func TestAnswersThatAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, _, asked := w.card(t)
	for name, c := range map[string]struct{ key, value, want string }{
		"201 characters":       {"text", strings.Repeat("电", 201), "Bad Request: MESSAGE_TOO_LONG"},
		"another site":         {"url", "https://example.com/?start=x", "Bad Request: URL_INVALID"},
		"another bot":          {"url", "https://t.me/other_bot?start=x", "Bad Request: URL_INVALID"},
		"a payload with blank": {"url", "https://t.me/wuqiao_bot?start=a%20b", "Bad Request: URL_INVALID"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantRefusal(t, w.send(t, "answerCallbackQuery", "callback_query_id", asked.ID, c.key, c.value), 400, c.want)
		})
	}
}

func TestAnswerWithLinkOpensThePrivateChat(t *testing.T) {
	t.Parallel()
	for _, link := range []string{"t.me/wuqiao_bot?start=claim_7", "https://t.me/Wuqiao_Bot?start=claim_7", "tg://resolve?domain=wuqiao_bot&start=claim_7"} {
		t.Run(link, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			_, p, asked := w.card(t)
			wantRefusal(t, w.send(t, "sendMessage", "chat_id", "21", "text", "the address is …"), 403, "Forbidden: bot can't initiate conversation with a user")
			w.send(t, "answerCallbackQuery", "callback_query_id", asked.ID, "url", link)
			if toast := must[Toast](t)(p.Wait(soon(t))); toast.URL != link {
				t.Errorf("got %+v", toast)
			}
			got := w.updates(t, "offset", "-1")
			if len(got) != 1 || got[0].Message == nil || got[0].Message.Text != "/start claim_7" || got[0].Message.Chat.ID != li {
				t.Fatalf("got %+v, want Li's /start claim_7", got)
			}
			w.text(t, "21", "the address is …")
		})
	}
}

func TestWhatCanBePressed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	message, _, _ := w.card(t)
	if _, err := w.As(li).Press(group, message, "done:7"); !errors.Is(err, ErrNoButton) {
		t.Errorf("a button that is not there: got %v", err)
	}
	if _, err := w.As(wang).Press(group, message, "claim:7"); !errors.Is(err, ErrNotMember) {
		t.Errorf("from outside the group: got %v", err)
	}
	if _, err := w.As(li).Press(group, 99, "claim:7"); !errors.Is(err, ErrNoMessage) {
		t.Errorf("on no message: got %v", err)
	}
	w.updates(t, "offset", strconv.Itoa(w.queue.next))
	must[*Press](t)(w.As(wang).PressForged(group, message, "done:8"))
	w.send(t, "deleteMessage", "chat_id", "-100", "message_id", strconv.Itoa(message))
	must[*Press](t)(w.As(li).PressForged(group, message, "claim:7"))
	got := w.updates(t)
	if len(got) != 2 || got[0].Callback.Data != "done:8" || got[0].Callback.From.ID != wang {
		t.Fatalf("got %+v, want both forged presses", got)
	}
	if gone, _ := got[1].Callback.Message.(map[string]any); gone["date"] != float64(0) || gone["message_id"] != float64(message) || len(gone) != 3 {
		t.Errorf("got %v, want an inaccessible message", gone)
	}
}
