package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
)

const newSecret, oldSecret = "new-secret-0123456789-abcdefghij_XY", "old-secret-0123456789-abcdefghij_XY"

// door is a webhook that takes everything and notes it.
func door(taken *[]string) Webhook {
	return Webhook{
		Secrets: []string{newSecret, oldSecret}, patience: 200 * time.Millisecond,
		Take: func(_ context.Context, update json.RawMessage) error {
			*taken = append(*taken, string(update))
			return nil
		},
	}
}

func post(h http.Handler, body string, change func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/webhook", strings.NewReader(body))
	r.Header.Set(secretHeader, newSecret)
	r.Header.Set("Content-Type", "application/json")
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

const update = `{"update_id":7,"message":{"text":"canary"}}`

func TestWebhookAdmits(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(bytes.Repeat([]byte(" "), 64<<20))
	_ = z.Close()
	for name, tt := range map[string]struct {
		body   string
		change func(*http.Request)
		status int
	}{
		"an update":                    {update, nil, 200},
		"with the old secret":          {update, header(secretHeader, oldSecret), 200},
		"no type":                      {update, func(r *http.Request) { r.Header.Del("Content-Type") }, 200},
		"a type with a charset":        {update, header("Content-Type", "Application/JSON; charset=UTF-8"), 200},
		"identity":                     {update, header("Content-Encoding", "identity"), 200},
		"the highest id":               {`{"update_id":9007199254740992}`, nil, 200},
		"room before the end":          {`{"update_id":7,"x":"` + strings.Repeat("y", maxUpdateBytes-30) + `"}`, nil, 200},
		"no secret":                    {update, func(r *http.Request) { r.Header.Del(secretHeader) }, 401},
		"an empty secret":              {update, header(secretHeader, ""), 401},
		"a wrong secret":               {update, header(secretHeader, newSecret[1:]+"Z"), 401},
		"a secret and more":            {update, header(secretHeader, newSecret+"Z"), 401},
		"both secrets as they are set": {update, header(secretHeader, newSecret+","+oldSecret), 401},
		"GET":                          {update, func(r *http.Request) { r.Method = "GET" }, 405},
		"PUT without a secret":         {update, func(r *http.Request) { r.Method = "PUT"; r.Header.Del(secretHeader) }, 405},
		"10 MiB":                       {strings.Repeat(" ", 10<<20), nil, 413},
		"10 MiB that say no length":    {strings.Repeat(" ", 10<<20), func(r *http.Request) { r.ContentLength = -1 }, 413},
		"gzip":                         {packed.String(), header("Content-Encoding", "gzip"), 400},
		"a form":                       {"update_id=7", header("Content-Type", "application/x-www-form-urlencoded"), 400},
		"no type that is one":          {update, header("Content-Type", ";;"), 400},
		"nothing":                      {"", nil, 400},
		"no JSON":                      {"canary", nil, 400},
		"trailing garbage":             {update + "canary", nil, 400},
		"two updates":                  {update + update, nil, 400},
		"a list":                       {"[" + update + "]", nil, 400},
		"no id":                        {`{}`, nil, 400},
		"id 0":                         {`{"update_id":0}`, nil, 400},
		"a negative id":                {`{"update_id":-7}`, nil, 400},
		"a broken id":                  {`{"update_id":7.5}`, nil, 400},
		"a quoted id":                  {`{"update_id":"seven"}`, nil, 400},
		"an id beyond any":             {`{"update_id":9007199254740993}`, nil, 400},
		"an id beyond numbers":         {`{"update_id":1e999}`, nil, 400},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var taken []string
			got := post(door(&taken), tt.body, tt.change)
			if got.Code != tt.status || got.Body.Len() != 0 {
				t.Errorf("answered %d with %q, want %d with nothing", got.Code, got.Body, tt.status)
			}
			if want := tt.status == http.StatusOK; (len(taken) == 1) != want {
				t.Errorf("took %d updates after status %d", len(taken), got.Code)
			}
		})
	}
}

func TestWebhookWithoutSecretsRefusesEverybody(t *testing.T) {
	t.Parallel()
	var taken []string
	h := door(&taken)
	h.Secrets = nil
	if got := post(h, update, header(secretHeader, "")); got.Code != http.StatusUnauthorized || taken != nil {
		t.Errorf("answered %d and took %v", got.Code, taken)
	}
}

func TestWebhookConfirmsOnlyWhatIsTaken(t *testing.T) {
	t.Parallel()
	for name, take := range map[string]func(context.Context, json.RawMessage) error{
		"an error": func(context.Context, json.RawMessage) error { return errors.New("canary") },
		"a panic":  func(context.Context, json.RawMessage) error { panic("canary") },
	} {
		var counted []int
		h := Webhook{Secrets: []string{newSecret}, Take: take, Count: func(status int) { counted = append(counted, status) }}
		got := post(h, update, nil)
		if again, err := strconv.Atoi(got.Header().Get("Retry-After")); got.Code != 503 || err != nil || again < 1 || again > 10 || got.Body.Len() != 0 {
			t.Errorf("%s: %d %q, Retry-After %q", name, got.Code, got.Body, got.Header().Get("Retry-After"))
		}
		if len(counted) != 1 || counted[0] != 503 {
			t.Errorf("%s: counted %v", name, counted)
		}
	}
}

// A commit that is under way is not cut off when Telegram hangs up.
func TestWebhookOutlivesItsConnection(t *testing.T) {
	t.Parallel()
	var got error
	h := Webhook{Secrets: []string{newSecret}, Take: func(ctx context.Context, _ json.RawMessage) error {
		got = ctx.Err()
		if _, bounded := ctx.Deadline(); !bounded {
			t.Error("taking an update has no end")
		}
		return nil
	}}
	ctx, hangUp := context.WithCancel(t.Context())
	hangUp()
	if w := post(h, update, func(r *http.Request) { *r = *r.WithContext(ctx) }); w.Code != 200 || got != nil {
		t.Errorf("answered %d, the context had ended with %v", w.Code, got)
	}
}

// A body that comes too slowly is not waited for, and one that is cut off is no
// update; a stranger's is not waited for at all.
func TestWebhookSlowBody(t *testing.T) {
	t.Parallel()
	var taken []string
	base := serve(t, Server(Handler(Options{Webhook: door(&taken), WebhookPath: "/webhook"}), quiet))
	for name, tt := range map[string]struct {
		secret string
		hangUp bool
		want   string
	}{
		"slow":       {newSecret, false, "408"},
		"cut off":    {newSecret, true, "400"},
		"a stranger": {"", false, "401"},
	} {
		t.Run(name, func(t *testing.T) {
			conn, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			fmt.Fprintf(conn, "POST /webhook HTTP/1.1\r\nHost: desk\r\n%s: %s\r\nContent-Length: 100\r\n\r\n{\"update_id\":7", secretHeader, tt.secret)
			if tt.hangUp {
				_ = conn.(*net.TCPConn).CloseWrite()
			}
			_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
			answer, err := io.ReadAll(conn)
			if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 "+tt.want) || !strings.HasSuffix(string(answer), "\r\n\r\n") {
				t.Errorf("answer %q, %v; want %s with no body", answer, err, tt.want)
			}
		})
	}
	if len(taken) > 0 {
		t.Errorf("took %q", taken)
	}
}

func FuzzWebhookBody(f *testing.F) {
	for _, body := range []string{update, "", "{", `{"update_id":1e3}`, `{"update_id":null}`, `{"UPDATE_ID":9}`, "\xff", update + "x", `{"update_id":7}` + "\n"} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var taken []string
		got := post(door(&taken), string(body), nil)
		if got.Body.Len() != 0 {
			t.Fatalf("echoes %q", got.Body)
		}
		switch got.Code {
		case http.StatusOK:
			var read struct {
				ID int64 `json:"update_id"`
			}
			if err := json.Unmarshal(body, &read); err != nil || read.ID <= 0 || len(taken) != 1 || taken[0] != string(body) {
				t.Fatalf("took %q with id %d, %v", taken, read.ID, err)
			}
		case http.StatusBadRequest, http.StatusRequestEntityTooLarge:
			if len(taken) != 0 {
				t.Fatalf("refused with %d what was taken: %q", got.Code, taken)
			}
		default:
			t.Fatalf("status %d", got.Code)
		}
	})
}
