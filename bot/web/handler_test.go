package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
)

// said is a handler that answers with a word, to see which one was reached.
func said(word string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, word) })
}

// parts is a Health with fixed answers.
type parts map[string]error

func (p parts) Check(context.Context) map[string]error { return p }

func ask(h http.Handler, method, target string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	r.Host = "127.0.0.1:8080"
	for _, f := range change {
		f(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	demo := Handler(Options{Try: said("try"), Metrics: said("metrics"), Webhook: said("webhook"), WebhookPath: "/webhook"})
	serving := Handler(Options{Metrics: said("metrics"), Webhook: said("webhook"), WebhookPath: "/hook/wuqiao"})
	tests := map[string]struct {
		handler        http.Handler
		method, target string
		status         int
		body           string
	}{
		"the page":                         {demo, "GET", "/", 200, "app.js"},
		"a script of the page":             {demo, "GET", "/app.js", 200, "import"},
		"what the page does not have":      {demo, "GET", "/nothing.js", 404, ""},
		"no listing of files":              {demo, "GET", "/try", 307, ""},
		"state and actions of the demo":    {demo, "POST", "/try/act", 200, "try"},
		"metrics":                          {demo, "GET", "/metrics", 200, "metrics"},
		"webhook on a page":                {demo, "POST", "/webhook", 200, "webhook"},
		"webhook is for POST":              {Handler(Options{Webhook: Webhook{}, WebhookPath: "/webhook"}), "GET", "/webhook", 405, ""},
		"alive":                            {demo, "GET", "/livez", 200, "alive"},
		"the plain page when serving":      {serving, "GET", "/", 200, "服务台正在运行"},
		"no demo routes when serving":      {serving, "POST", "/try/act", 404, ""},
		"no page files when serving":       {serving, "GET", "/app.js", 404, ""},
		"webhook where Telegram was told":  {serving, "POST", "/hook/wuqiao", 200, "webhook"},
		"and nowhere else":                 {serving, "POST", "/webhook", 404, ""},
		"no metrics when none are counted": {Handler(Options{}), "GET", "/metrics", 404, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ask(tt.handler, tt.method, tt.target)
			if got.Code != tt.status {
				t.Errorf("%s %s: status %d, want %d", tt.method, tt.target, got.Code, tt.status)
			}
			if !strings.Contains(got.Body.String(), tt.body) {
				t.Errorf("%s %s answers %q, want %q in it", tt.method, tt.target, got.Body, tt.body)
			}
		})
	}
}

func TestEveryAnswerCarriesTheStrictHeaders(t *testing.T) {
	t.Parallel()
	h := Handler(Options{Try: said("try"), Health: parts{}})
	for _, target := range []string{"/", "/app.js", "/style.css", "/icons.svg", "/try/stream", "/healthz", "/nothing"} {
		header := ask(h, "GET", target).Header()
		for name, want := range map[string]string{
			"Content-Security-Policy":    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
			"X-Content-Type-Options":     "nosniff",
			"Referrer-Policy":            "no-referrer",
			"Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got := header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", target, name, got, want)
			}
		}
	}
}

func TestPageIsTypedAndRevalidated(t *testing.T) {
	t.Parallel()
	h := Handler(Options{Try: said("try")})
	for target, want := range map[string]string{
		"/": "text/html; charset=utf-8", "/style.css": "text/css; charset=utf-8",
		"/app.js": "text/javascript; charset=utf-8", "/logo.svg": "image/svg+xml",
	} {
		first := ask(h, "GET", target)
		if got := first.Header().Get("Content-Type"); got != want {
			t.Errorf("%s is served as %q, want %q", target, got, want)
		}
		again := ask(h, "GET", target, func(r *http.Request) { r.Header.Set("If-None-Match", first.Header().Get("ETag")) })
		if again.Code != http.StatusNotModified {
			t.Errorf("%s asked again: status %d, want 304", target, again.Code)
		}
	}
}

func TestPageHasNoInlineScriptAndNamesNoOtherHost(t *testing.T) {
	t.Parallel()
	for target, file := range pageFiles() {
		body := strings.ReplaceAll(string(file.body), "http://www.w3.org/2000/svg", "")
		for _, forbidden := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", " onclick=", " style=\"", "http://", "<script>"} {
			if strings.Contains(body, forbidden) {
				t.Errorf("%s contains %q", target, forbidden)
			}
		}
	}
}

func TestHostGuard(t *testing.T) {
	t.Parallel()
	h := Handler(Options{Try: said("try"), Health: parts{}, Webhook: said("webhook"), WebhookPath: "/webhook"})
	tests := map[string]struct {
		host   string
		status int
	}{
		"this machine by name":             {"localhost:8080", 200},
		"by address":                       {"127.0.0.1:8080", 200},
		"by IPv6 address":                  {"[::1]:8080", 200},
		"IPv6 without port":                {"[::1]", 200},
		"without port":                     {"localhost", 200},
		"in capitals, with the root's dot": {"LocalHost.:443", 200},
		"a name that points here":          {"evil.example:8080", 403},
		"a name that begins like ours":     {"localhost.evil.example", 403},
		"a name that ends like ours":       {"evil-localhost", 403},
		"another address of this machine":  {"192.168.1.7:8080", 403},
		"no host at all":                   {"", 403},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			as := func(r *http.Request) { r.Host = tt.host }
			for _, target := range []string{"/", "/app.js", "/try/stream"} {
				if got := ask(h, "GET", target, as).Code; got != tt.status {
					t.Errorf("GET %s as %q: status %d, want %d", target, tt.host, got, tt.status)
				}
			}
			// Probes and Telegram use whatever address they have.
			if got := ask(h, "GET", "/healthz", as).Code; got != http.StatusOK {
				t.Errorf("GET /healthz as %q: status %d, want 200", tt.host, got)
			}
			if got := ask(h, "POST", "/webhook", as).Code; got != http.StatusOK {
				t.Errorf("POST /webhook as %q: status %d, want 200", tt.host, got)
			}
		})
	}
}

func TestAnotherSiteCannotActThroughTheBrowser(t *testing.T) {
	t.Parallel()
	h := Handler(Options{Try: said("try")})
	tests := map[string]struct {
		header, value string
		status        int
	}{
		"the page itself":                 {"Origin", "http://127.0.0.1:8080", 200},
		"the page, as new browsers say":   {"Sec-Fetch-Site", "same-origin", 200},
		"another site":                    {"Origin", "http://evil.example", 403},
		"another site, as browsers say":   {"Sec-Fetch-Site", "cross-site", 403},
		"another port of this machine":    {"Origin", "http://127.0.0.1:9999", 403},
		"a program that is not a browser": {"User-Agent", "curl", 200},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ask(h, "POST", "/try/reset", func(r *http.Request) { r.Header.Set(tt.header, tt.value) })
			if got.Code != tt.status {
				t.Errorf("POST with %s: %s answers %d, want %d", tt.header, tt.value, got.Code, tt.status)
			}
		})
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		health Health
		status int
		body   string
	}{
		"all parts well": {parts{"redis": nil, "telegram": nil}, 200, `{
  "alive": true,
  "ready": true,
  "parts": {
    "redis": "ok",
    "telegram": "ok"
  }
}
`},
		"one part not": {parts{"redis": errors.New("dial tcp 127.0.0.1:6379: connection refused"), "telegram": nil}, 503, `{
  "alive": true,
  "ready": false,
  "parts": {
    "redis": "dial tcp 127.0.0.1:6379: connection refused",
    "telegram": "ok"
  }
}
`},
		"a remark": {parts{"chats": Remark("other chats that take no messages: 1")}, 200, `{
  "alive": true,
  "ready": true,
  "parts": {
    "chats": "other chats that take no messages: 1"
  }
}
`},
		"nothing to report": {nil, 200, `{
  "alive": true,
  "ready": true,
  "parts": {}
}
`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ask(Handler(Options{Health: tt.health}), "GET", "/healthz")
			if got.Code != tt.status {
				t.Errorf("status %d, want %d", got.Code, tt.status)
			}
			if diff := cmp.Diff(tt.body, got.Body.String()); diff != "" {
				t.Errorf("body (-want +got):\n%s", diff)
			}
			if got := got.Header().Get("Cache-Control"); got != "no-store" {
				t.Errorf("Cache-Control is %q, want no-store", got)
			}
		})
	}
}

// endless waits for the end of its context, as a check of a hung part does.
type endless struct{}

func (endless) Check(ctx context.Context) map[string]error {
	<-ctx.Done()
	return map[string]error{"redis": ctx.Err()}
}

func TestHealthDoesNotWaitForAHungPart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		got := ask(Handler(Options{Health: endless{}}), "GET", "/healthz")
		if got.Code != http.StatusServiceUnavailable || !strings.Contains(got.Body.String(), context.DeadlineExceeded.Error()) {
			t.Errorf("answer %d %s, want 503 with the deadline named", got.Code, got.Body)
		}
	})
}
