package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// maxReply bounds an answer, in bytes. The server caps the largest one, that of
// getUpdates, at about 4 MiB (RELIABILITY §1.14).
const maxReply = 8 << 20

// newHTTPClient builds a client with connections of its own: a long poll must
// never wait for a sender's connection, nor the other way round (RELIABILITY
// §1.7). It stays with HTTP/1.1, where a stuck connection holds up one call and
// not all of them. It follows no redirect: the Bot API sends none, and whoever
// does would be handed the token in the path.
func newHTTPClient(proxy func(*http.Request) (*url.URL, error)) *http.Client {
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy:               proxy,
			DialContext:         (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
			TLSHandshakeTimeout: 5 * time.Second,
			MaxIdleConns:        64,
			MaxIdleConnsPerHost: 64,
			IdleConnTimeout:     50 * time.Second,
		},
	}
}

// exchange carries out one call for the library, whose HTTPClient it is. It
// binds the call's context to the request, which the library cannot do, and
// keeps what the library loses: the HTTP status, the Retry-After header, and
// whether the request had left when the call failed.
type exchange struct {
	ctx        context.Context
	client     *http.Client
	files      []tgbotapi.RequestFile // what goes with the call; nil = nothing
	wrote      atomic.Bool
	status     int
	retryAfter time.Duration
}

// Do sends the request and reads the whole answer, so that the connection can
// be used again. It unwraps *url.Error, which prints the URL.
func (x *exchange) Do(r *http.Request) (*http.Response, error) {
	trace := httptrace.WithClientTrace(x.ctx, &httptrace.ClientTrace{
		WroteRequest: func(info httptrace.WroteRequestInfo) {
			if info.Err == nil {
				x.wrote.Store(true)
			}
		},
	})
	resp, err := x.client.Do(r.WithContext(trace))
	if err != nil {
		if outer, ok := errors.AsType[*url.Error](err); ok {
			err = outer.Err
		}
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	x.status = resp.StatusCode
	if after := resp.Header.Get("Retry-After"); after != "" {
		if seconds, err := strconv.ParseUint(after, 10, 16); err == nil {
			x.retryAfter = time.Duration(seconds) * time.Second
		}
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxReply+1))
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	if len(body) > maxReply {
		return nil, fmt.Errorf("the answer is longer than %d bytes", maxReply)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// endpoint turns a base URL into the library's format string. Plain HTTP would
// show the token to everybody on the way, so it is taken only for hosts that no
// public network lies before: this machine, a private address, or a name
// without a dot, as containers have.
func endpoint(base string) (string, error) {
	u, err := url.Parse(base)
	switch {
	case err != nil:
		return "", errors.New("the Bot API's address is not a URL")
	case u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return "", errors.New("the Bot API's address must look like https://host or https://host/path")
	case u.Scheme == "https", u.Scheme == "http" && nearby(u.Hostname()):
	default:
		return "", fmt.Errorf("the Bot API's address must begin with https://: %s is not on this machine or in a private network", u.Hostname())
	}
	return strings.ReplaceAll(strings.TrimRight(u.String(), "/"), "%", "%%") + "/bot%s/%s", nil
}

func nearby(host string) bool {
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsLoopback() || ip.IsPrivate()
	}
	return !strings.Contains(host, ".")
}
