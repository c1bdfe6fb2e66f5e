package web

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// Limits on one exchange. An update is at most a few hundred kilobytes and
// answered within milliseconds, so anything slower than these is broken or
// hostile; the webhook's sender itself gives up after 60 s (RELIABILITY §2).
const (
	headerTimeout  = 5 * time.Second
	readTimeout    = 15 * time.Second
	writeTimeout   = 30 * time.Second
	idleTimeout    = 2 * time.Minute
	maxHeaderBytes = 32 << 10
)

// Server returns an HTTP server for handler with the limits above. The caller
// listens, calls Serve, and stops it with Shutdown, which lets requests in hand
// finish and ends event streams at once (they would otherwise never end).
func Server(handler http.Handler, log *slog.Logger) *http.Server {
	stopping, stop := context.WithCancel(context.Background())
	srv := &http.Server{
		Handler:           unboundStreams(stopping, handler),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	srv.RegisterOnShutdown(stop)
	return srv
}

// unboundStreams takes the read and write deadlines off requests for a server-sent
// event stream, which lives as long as the page is open, and ends their context
// when stopping does.
func unboundStreams(stopping context.Context, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
			next.ServeHTTP(w, r)
			return
		}
		ctx, cancel := context.WithCancel(r.Context())
		defer cancel()
		defer context.AfterFunc(stopping, cancel)()
		control := http.NewResponseController(w)
		// A writer without deadlines (a test's recorder) has none to take off.
		_ = control.SetReadDeadline(time.Time{})
		_ = control.SetWriteDeadline(time.Time{})
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
