package telegram

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func TestARedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	stranger := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("the redirect was followed to %s", r.URL)
	}))
	t.Cleanup(stranger.Close)
	server := serve(t, func(w http.ResponseWriter, r *http.Request, _ string) {
		http.Redirect(w, r, stranger.URL+r.URL.Path, http.StatusTemporaryRedirect)
	})
	e := sendError(t, connect(t, server.URL, nil))
	if e.Class != Retry || e.Code != http.StatusTemporaryRedirect {
		t.Error(e)
	}
}

func TestTheProxyIsUsed(t *testing.T) {
	t.Parallel()
	var through string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		through = r.URL.Host
		succeed(w, map[string]any{"message_id": 9})
	}))
	t.Cleanup(proxy.Close)
	c := connect(t, "http://bot-api:8081", func(o *Options) {
		o.Proxy = func(*http.Request) (*url.URL, error) { return url.Parse(proxy.URL) }
	})
	if id, err := c.Send(within(t), hello()); err != nil || id != 9 || through != "bot-api:8081" {
		t.Errorf("message %d, %v, through %q", id, err, through)
	}
}

func TestConnectionsAreKept(t *testing.T) {
	t.Parallel()
	addresses := map[string]bool{}
	server := serve(t, func(w http.ResponseWriter, r *http.Request, _ string) {
		addresses[r.RemoteAddr] = true
		succeed(w, map[string]any{"message_id": 9, "padding": strings.Repeat("x", 20_000)})
	})
	c := connect(t, server.URL, nil)
	for range 20 {
		if _, err := c.Send(within(t), hello()); err != nil {
			t.Fatal(err)
		}
	}
	if len(addresses) != 1 {
		t.Errorf("%d connections for 20 calls in a row", len(addresses))
	}
}
