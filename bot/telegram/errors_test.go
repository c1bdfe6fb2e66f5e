package telegram

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"powerdesk/flows/talk"
)

func hello() Outgoing { return Outgoing{Say: talk.Say{Chat: resident, Text: "已收到"}} }

// sendError sends one message and gives the error that it must end in.
func sendError(t *testing.T, c *Client) *Error {
	t.Helper()
	_, err := c.Send(within(t), hello())
	e, ok := errors.AsType[*Error](err)
	if !ok {
		t.Fatalf("error %v, want an *Error", err)
	}
	return e
}

func TestTelegramsWordsAreSortedIntoClasses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		code int
		says string
		want Class
	}{
		{429, "Too Many Requests: retry after 7", Flood},
		{500, "Internal Server Error: restart", Retry},
		{502, "Bad Gateway", Retry},
		{409, "Conflict: terminated by other getUpdates request", Retry},
		{400, "Bad Request: group chat was upgraded to a supergroup chat", Retarget},
		{403, "Forbidden: bot was blocked by the user", Gone},
		{403, "Forbidden: user is deactivated", Gone},
		{403, "Forbidden: bot can't initiate conversation with a user", Gone},
		{403, "Forbidden: bot was kicked from the supergroup chat", Gone},
		{403, "Forbidden: bot is not a member of the channel chat", Gone},
		{400, "Bad Request: chat not found", Gone},
		{400, "Bad Request: private chat not found", Gone},
		{400, "Bad Request: CHAT NOT FOUND", Gone},
		{403, "Forbidden: the group chat was deleted", Gone},
		{400, "Bad Request: USER_IS_BLOCKED", Gone},
		{400, "Bad Request: not enough rights to send text messages to the chat", Refused},
		{400, "Bad Request: not enough rights to send photos to the chat", Refused},
		{400, "Bad Request: need administrator rights in the channel chat", Refused},
		{400, "Bad Request: have no rights to send a message", Refused},
		{400, "Bad Request: TOPIC_CLOSED", Refused},
		{400, "Bad Request: CHAT_RESTRICTED", Refused},
		{400, "Bad Request: CHAT_ADMIN_REQUIRED", Refused},
		{400, "Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN", Refused},
		{400, "Bad Request: CHAT_WRITE_FORBIDDEN", Refused},
		{400, "Bad Request: FROZEN_METHOD_INVALID", Refused},
		{400, "Bad Request: something of tomorrow", Refused},
		{400, "", Refused},
		{403, "Forbidden: something of tomorrow", Refused},
		{406, "Not Acceptable: CHANNEL_PRIVATE", Refused},
		{418, "something new", Refused},
		{400, "Bad Request: wrong file_id or the file is temporarily unavailable", Retry},
		{400, "Logged out", Fatal},
		{400, "Bad Request: VOICE_MESSAGES_FORBIDDEN", Bug},
		{400, "Bad Request: ENTITY_BOUNDS_INVALID", Bug},
		{400, "Bad Request: MESSAGE_TOO_LONG", Bug},
		{400, "Bad Request: strings must be encoded in UTF-8", Bug},
		{400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same", Done},
		{400, "Bad Request: message to delete not found", Done},
		{400, "Bad Request: query is too old and response timeout expired or query ID is invalid", Done},
		{400, "Bad Request: message to edit not found", Missing},
		{400, "Bad Request: message can't be edited", Missing},
		{400, "Bad Request: there is no text in the message to edit", Missing},
		{400, "Bad Request: MESSAGE_ID_INVALID", Missing},
		{400, "Bad Request: user not found", Missing},
		{400, "Bad Request: PARTICIPANT_ID_INVALID", Missing},
		{400, "Bad Request: can't parse entities: unsupported start tag \"x\" at byte offset 4", Bug},
		{400, "Bad Request: message is too long", Bug},
		{400, "Bad Request: message text is empty", Bug},
		{400, "Bad Request: BUTTON_DATA_INVALID", Bug},
		{400, "Bad Request: reply markup is too long", Bug},
		{400, "Bad Request: wrong file identifier/HTTP URL specified", Missing},
		{400, "Bad Request: wrong remote file identifier specified: can't unserialize it. Wrong last symbol", Missing},
		{400, "Bad Request: FILE_REFERENCE_EXPIRED", Missing},
		{400, "Bad Request: IMAGE_PROCESS_FAILED", Bug},
		{400, "Bad Request: message thread not found", Refused},
		{413, "Request Entity Too Large", Bug},
		{401, "Unauthorized", Fatal},
		{404, "Not Found", Fatal},
		{421, "Misdirected Request", Fatal},
	} {
		t.Run(test.says, func(t *testing.T) {
			t.Parallel()
			server := serve(t, func(w http.ResponseWriter, _ *http.Request, _ string) { refuse(w, test.code, test.says, nil) })
			e := sendError(t, connect(t, server.URL, nil))
			if e.Class != test.want || e.Code != test.code || e.Method != "sendMessage" {
				t.Errorf("got %q (%d) for %s, want %q", e.Class, e.Code, e.Method, test.want)
			}
			if wantAmbiguous := test.code >= 500; e.Ambiguous != wantAmbiguous {
				t.Errorf("ambiguous %v, want %v", e.Ambiguous, wantAmbiguous)
			}
		})
	}
}

func TestAnErrorCarriesWhatTelegramAsks(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		answer func(http.ResponseWriter)
		want   Error
	}{
		{
			"flood with a time",
			func(w http.ResponseWriter) { refuse(w, 429, "Too Many Requests", map[string]any{"retry_after": 7}) },
			Error{Class: Flood, Code: 429, RetryAfter: 7 * time.Second},
		},
		{
			"flood with a header only",
			func(w http.ResponseWriter) {
				w.Header().Set("Retry-After", "234")
				raw(w, 429, "text/html", "<html>slow down</html>")
			},
			Error{Class: Flood, Code: 429, RetryAfter: 234 * time.Second},
		},
		{
			"flood without a time",
			func(w http.ResponseWriter) { refuse(w, 429, "Too Many Requests", nil) },
			Error{Class: Flood, Code: 429, RetryAfter: 5 * time.Second},
		},
		{
			"flood without its code",
			func(w http.ResponseWriter) {
				raw(w, 429, "application/json", `{"ok":false,"description":"Too Many Requests","parameters":{"retry_after":7}}`)
			},
			Error{Class: Flood, Code: 429, RetryAfter: 7 * time.Second},
		},
		{
			"flood for ever",
			func(w http.ResponseWriter) {
				refuse(w, 429, "Too Many Requests", map[string]any{"retry_after": int64(1) << 60})
			},
			Error{Class: Flood, Code: 429, RetryAfter: 24 * time.Hour},
		},
		{
			"the group moved",
			func(w http.ResponseWriter) {
				refuse(w, 400, "Bad Request: group chat was upgraded to a supergroup chat", map[string]any{"migrate_to_chat_id": int64(-1001234)})
			},
			Error{Class: Retarget, Code: 400, Migrate: -1001234},
		},
		{
			"a gateway's page",
			func(w http.ResponseWriter) { raw(w, 502, "text/html", "<html>502 Bad Gateway</html>") },
			Error{Class: Retry, Code: 502, Ambiguous: true},
		},
		{
			"a gateway that names a time",
			func(w http.ResponseWriter) { w.Header().Set("Retry-After", "7"); raw(w, 503, "text/html", "busy") },
			Error{Class: Retry, Code: 503, Ambiguous: true},
		},
		{
			"a wrong address",
			func(w http.ResponseWriter) { raw(w, 404, "text/html", "<html>404</html>") },
			Error{Class: Fatal, Code: 404},
		},
		{
			"garbage",
			func(w http.ResponseWriter) { raw(w, 200, "application/json", `{"ok":tru`) },
			Error{Class: Retry, Code: 200, Ambiguous: true},
		},
		{
			"an empty object",
			func(w http.ResponseWriter) { raw(w, 200, "application/json", `{}`) },
			Error{Class: Retry, Code: 200, Ambiguous: true},
		},
		{
			"a result of another type",
			func(w http.ResponseWriter) { succeed(w, "sent") },
			Error{Class: Retry, Code: 200, Ambiguous: true},
		},
		{
			"an endless answer",
			func(w http.ResponseWriter) {
				raw(w, 200, "application/json", `{"ok":true,"result":"`+strings.Repeat("x", maxReply)+`"}`)
			},
			Error{Class: Retry, Code: 200, Ambiguous: true},
		},
		{
			"an answer that breaks off",
			func(w http.ResponseWriter) {
				w.Header().Set("Content-Length", "1000")
				raw(w, 200, "application/json", `{"ok":true`)
			},
			Error{Class: Retry, Code: 200, Ambiguous: true},
		},
		{
			"delivered, then closed",
			func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
			Error{Class: Retry, Ambiguous: true},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, func(w http.ResponseWriter, _ *http.Request, _ string) { test.answer(w) })
			got := sendError(t, connect(t, server.URL, nil))
			test.want.Method = "sendMessage"
			if diff := cmp.Diff(test.want, *got, cmpopts.IgnoreFields(Error{}, "Description"), cmpopts.IgnoreUnexported(Error{})); diff != "" {
				t.Errorf("%v (-want +got):\n%s", got, diff)
			}
		})
	}
}

func TestNobodyThereIsNotAmbiguous(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes the connection and never speaks
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	for name, address := range map[string]string{
		"refused":             deadAddress(),
		"no such name":        "https://telegram.invalid",
		"no answer to TLS":    "https://" + silent.Addr().String(),
		"TLS to plain server": strings.Replace(httpOnly(t), "http://", "https://", 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := sendError(t, connect(t, address, func(o *Options) { o.Timeout = 200 * time.Millisecond }))
			if e.Class != Retry || e.Code != 0 || e.Ambiguous {
				t.Errorf("%v: class %q, code %d, ambiguous %v, want a plain retry", e, e.Class, e.Code, e.Ambiguous)
			}
			if strings.Contains(e.Description, "Post ") {
				t.Errorf("the description %q tells of the URL", e.Description)
			}
		})
	}
}

func httpOnly(t *testing.T) string {
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	return server.URL
}

func TestAHungCallEndsAndIsAmbiguous(t *testing.T) {
	t.Parallel()

	t.Run("by its own limit", func(t *testing.T) {
		t.Parallel()
		server := serve(t, func(w http.ResponseWriter, r *http.Request, method string) {
			if method == "getMe" {
				succeed(w, map[string]any{"id": ourBot})
				return
			}
			<-r.Context().Done()
		})
		c := connect(t, server.URL, nil)
		if _, _, err := c.Me(within(t)); err != nil { // opens the connection, so that the limit is for the call alone
			t.Fatal(err)
		}
		c.opts.Timeout = 300 * time.Millisecond
		e := sendError(t, c)
		if e.Class != Retry || !e.Ambiguous || !errors.Is(e, context.DeadlineExceeded) {
			t.Errorf("%v: class %q, ambiguous %v", e, e.Class, e.Ambiguous)
		}
	})
	t.Run("by its caller", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(within(t))
		server := serve(t, func(_ http.ResponseWriter, r *http.Request, _ string) {
			cancel()
			<-r.Context().Done()
		})
		_, err := connect(t, server.URL, nil).Send(ctx, hello())
		e, ok := errors.AsType[*Error](err)
		if !ok || !e.Ambiguous || !errors.Is(err, context.Canceled) {
			t.Errorf("%v, want an ambiguous cancellation", err)
		}
	})
}

// The description of a rejected text quotes the text.
func TestAnErrorQuotesNobody(t *testing.T) {
	t.Parallel()
	server := serve(t, func(w http.ResponseWriter, _ *http.Request, _ string) {
		refuse(w, 400, `Bad Request: can't parse entities: unsupported start tag "王建国" at byte offset 4`, nil)
	})
	e := sendError(t, connect(t, server.URL, nil))
	if strings.Contains(e.Error(), "王建国") || !strings.Contains(e.Error(), "unsupported start tag") {
		t.Errorf("error %q", e)
	}
}

func TestAnEndlessAnswerIsToldAsSuch(t *testing.T) {
	t.Parallel()
	server := serve(t, func(w http.ResponseWriter, _ *http.Request, _ string) {
		raw(w, 200, "application/json", strings.Repeat(" ", maxReply+1))
	})
	if e := sendError(t, connect(t, server.URL, nil)); !strings.Contains(e.Description, "longer than") {
		t.Errorf("description %q", e.Description)
	}
}
