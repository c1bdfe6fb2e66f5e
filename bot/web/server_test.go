package web

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"time"
)

var quiet = slog.New(slog.DiscardHandler)

// serve runs a server for the test and returns its base URL.
func serve(t *testing.T, server *http.Server) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	t.Cleanup(func() {
		_ = server.Close()
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("serving: %v", err)
		}
	})
	return "http://" + listener.Addr().String()
}

// ticks is a stream that sends a line for each value it gets.
func ticks(lines <-chan int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.(http.Flusher).Flush()
		for {
			select {
			case <-r.Context().Done():
				return
			case n := <-lines:
				_, _ = fmt.Fprintf(w, "data: %d\n\n", n)
				w.(http.Flusher).Flush()
			}
		}
	})
}

func openStream(t *testing.T, base string) *bufio.Scanner {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", "text/event-stream")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	return bufio.NewScanner(response.Body)
}

func TestStreamOutlivesTheTimeouts(t *testing.T) {
	t.Parallel()
	lines := make(chan int)
	server := Server(ticks(lines), quiet)
	server.ReadTimeout, server.WriteTimeout = 30*time.Millisecond, 30*time.Millisecond
	stream := openStream(t, serve(t, server))
	for n := range 5 {
		<-time.After(20 * time.Millisecond)
		select {
		case lines <- n:
		case <-time.After(10 * time.Second):
			t.Fatalf("the stream ended before line %d", n)
		}
		if !stream.Scan() || stream.Text() != fmt.Sprintf("data: %d", n) {
			t.Fatalf("line %d is %q (%v), want it sent", n, stream.Text(), stream.Err())
		}
		stream.Scan() // the empty line that ends an event
	}
}

func TestShutdownEndsStreamsAndFinishesRequests(t *testing.T) {
	t.Parallel()
	started, finish := make(chan struct{}), make(chan struct{})
	mux := http.NewServeMux()
	mux.Handle("GET /try/stream", ticks(nil))
	mux.HandleFunc("POST /webhook", func(w http.ResponseWriter, r *http.Request) {
		close(started)
		<-finish
		if r.Context().Err() == nil {
			_, _ = io.WriteString(w, "done")
		}
	})
	server := Server(mux, quiet)
	base := serve(t, server)
	stream := openStream(t, base+"/try/stream")
	answered := make(chan string, 1)
	go func() {
		response, err := http.Post(base+"/webhook", "application/json", nil)
		if err != nil {
			answered <- err.Error()
			return
		}
		body, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		answered <- string(body)
	}()
	<-started

	stopped := make(chan error, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		stopped <- server.Shutdown(ctx)
	}()
	if stream.Scan() {
		t.Errorf("the stream sent %q after shutdown, want its end", stream.Text())
	}
	close(finish)
	if got := <-answered; got != "done" {
		t.Errorf("the request in hand answered %q, want done", got)
	}
	if err := <-stopped; err != nil {
		t.Errorf("shutdown: %v, want none", err)
	}
}

func TestServerIsBounded(t *testing.T) {
	t.Parallel()
	server := Server(http.NotFoundHandler(), quiet)
	for name, got := range map[string]time.Duration{
		"ReadHeaderTimeout": server.ReadHeaderTimeout, "ReadTimeout": server.ReadTimeout,
		"WriteTimeout": server.WriteTimeout, "IdleTimeout": server.IdleTimeout,
	} {
		if got <= 0 || got > 5*time.Minute {
			t.Errorf("%s is %v, want a bound", name, got)
		}
	}
}
