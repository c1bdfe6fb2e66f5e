package telegram

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"powerdesk/flows/talk"
)

func drawing() Outgoing {
	return Outgoing{Say: talk.Say{
		Chat: resident, Text: "<b>卡</b> 朝左 &amp; 直着插", Picture: "insert",
		Keys: [][]talk.Key{{{Text: "来电了"}}}, Class: talk.AnswerClass,
	}}
}

// big is more than the buffers between two sockets take, so that an upload that
// nobody reads stands still.
var big = bytes.Repeat([]byte("png "), 4<<20)

func TestUploadSendsTheBytesOnceAndLearnsTheId(t *testing.T) {
	t.Parallel()
	got := map[string]string{}
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			t.Error(err)
			return
		}
		for name, values := range r.MultipartForm.Value {
			got[name] = strings.Join(values, " and ")
		}
		for name, files := range r.MultipartForm.File {
			file, err := files[0].Open()
			if err != nil {
				t.Error(err)
				return
			}
			body, _ := io.ReadAll(file)
			got["file "+name] = files[0].Filename + ": " + string(body)
		}
		got["method"] = strings.TrimPrefix(r.URL.Path, "/bot"+testToken)
		succeed(w, map[string]any{"message_id": 77, "photo": []map[string]any{
			{"file_id": "small", "width": 90, "height": 67}, {"file_id": "large", "width": 800, "height": 600}, {"file_id": "middle", "width": 320, "height": 240},
		}})
	}))
	defer api.Close()
	message, file, err := connect(t, api.URL, nil).Upload(within(t), drawing(), []byte("the drawing"))
	if err != nil || message != 77 || file != "large" {
		t.Errorf("Upload = %d, %q, %v, want 77 and the largest of the three", message, file, err)
	}
	want := map[string]string{
		"method": "/sendPhoto", "chat_id": "1000200030", "caption": "<b>卡</b> 朝左 &amp; 直着插", "parse_mode": "HTML",
		"reply_markup": `{"keyboard":[[{"text":"来电了"}]],"resize_keyboard":true,"is_persistent":true}`,
		"file photo":   "picture.png: the drawing",
	}
	want["chat_id"] = got["chat_id"] // checked below, as a number
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what was sent (-want +got):\n%s", diff)
	}
	if params := fresh(drawing().Say); params["chat_id"] != got["chat_id"] {
		t.Errorf("sent to %s, want %s", got["chat_id"], params["chat_id"])
	}
}

// The library loses the code of a refused upload (RELIABILITY §1.13); the class
// is right all the same. What hangs ends, and leaves nothing behind: TestMain
// looks for goroutines that are left.
func TestUploadsFailAsAllCallsDo(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		answer func(w http.ResponseWriter, r *http.Request, over <-chan struct{})
		png    []byte
		want   Error
	}{
		{"a flood", func(w http.ResponseWriter, r *http.Request, _ <-chan struct{}) {
			_, _ = io.Copy(io.Discard, r.Body)
			refuse(w, 429, "Too Many Requests: retry after 7", map[string]any{"retry_after": 7})
		}, []byte("x"), Error{Class: Flood, Code: 429, RetryAfter: 7 * time.Second}},
		{"an id that is not known", func(w http.ResponseWriter, r *http.Request, _ <-chan struct{}) {
			_, _ = io.Copy(io.Discard, r.Body)
			refuse(w, 400, "Bad Request: wrong file identifier/HTTP URL specified", nil)
		}, []byte("x"), Error{Class: Missing, Code: 400}},
		{"a picture that is none", func(w http.ResponseWriter, r *http.Request, _ <-chan struct{}) {
			_, _ = io.Copy(io.Discard, r.Body)
			refuse(w, 400, "Bad Request: IMAGE_PROCESS_FAILED", nil)
		}, []byte("x"), Error{Class: Bug, Code: 400}},
		{"a gateway's page", func(w http.ResponseWriter, r *http.Request, _ <-chan struct{}) {
			_, _ = io.Copy(io.Discard, r.Body)
			raw(w, 502, "text/html", "<html>Bad Gateway</html>")
		}, []byte("x"), Error{Class: Retry, Code: 502, Ambiguous: true}},
		{"no answer", func(_ http.ResponseWriter, r *http.Request, over <-chan struct{}) {
			_, _ = io.Copy(io.Discard, r.Body)
			<-over
		}, []byte("x"), Error{Class: Retry, Ambiguous: true}},
		{"nobody reads", func(_ http.ResponseWriter, _ *http.Request, over <-chan struct{}) { <-over }, big, Error{Class: Retry}},
		{"refused half way", func(w http.ResponseWriter, _ *http.Request, _ <-chan struct{}) {
			w.Header().Set("Connection", "close")
			refuse(w, 413, "Request Entity Too Large", nil)
		}, big, Error{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			over := make(chan struct{})
			api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { tt.answer(w, r, over) }))
			defer api.Close()
			defer close(over)
			c := connect(t, api.URL, func(o *Options) { o.Timeout = 300 * time.Millisecond })
			_, _, err := c.Upload(within(t), drawing(), tt.png)
			got, ok := errors.AsType[*Error](err)
			if !ok || got.Method != "sendPhoto" {
				t.Fatalf("Upload = %v, want an *Error of sendPhoto", err)
			}
			if tt.want.Class != "" && (got.Class != tt.want.Class || got.Code != tt.want.Code || got.RetryAfter != tt.want.RetryAfter || got.Ambiguous != tt.want.Ambiguous) {
				t.Errorf("Upload = %+v, want %+v", got, tt.want)
			}
			if strings.Contains(err.Error(), testSecret) || strings.Contains(err.Error(), "朝左") {
				t.Errorf("the error tells what it must not: %v", err)
			}
		})
	}
}

func TestUploadNeverShowsTheToken(t *testing.T) {
	t.Parallel()
	_, _, err := connect(t, deadAddress(), nil).Upload(within(t), drawing(), big)
	failed, ok := errors.AsType[*Error](err)
	if !ok || failed.Ambiguous || failed.Class != Retry || strings.Contains(err.Error(), testSecret) || strings.Contains(err.Error(), "127.0.0.1") && strings.Contains(err.Error(), "/bot") {
		t.Errorf("Upload to nobody = %v, want a plain failure without the token", err)
	}
	ended, end := context.WithCancel(context.Background())
	end()
	if _, _, err := connect(t, deadAddress(), nil).Upload(ended, drawing(), big); !errors.Is(err, context.Canceled) {
		t.Errorf("Upload when all is over = %v, want %v", err, context.Canceled)
	}
}
