package web

import (
	_ "embed" // for the plain page
	"net/http"
)

// serving is what a person sees at / when the desk serves for real: there is
// nothing to try, only where to look.
//
//go:embed serving.html
var serving []byte

// Options are the parts a Handler is made of. Every part may be left out: its
// route then answers 404, except /healthz, which then reports no parts.
type Options struct {
	// Try answers /try/*: the state, stream and actions of the stand-in desk.
	// With it the try-it page is served at /; without it / is a plain page.
	Try http.Handler

	Role    func() string // what /healthz calls this replica; nil = nothing
	Health  Health        // the parts /healthz reports
	Metrics http.Handler  // Prometheus exposition, served at GET /metrics

	// Webhook receives Telegram's updates, under every method; it checks method
	// and secret itself. With it, unknown paths are answered with an empty body.
	Webhook http.Handler
	// WebhookPath is the path of Webhook, which has to equal the path of the
	// address told to Telegram.
	WebhookPath string
}

// Handler routes the operator's endpoints, the webhook and either the try-it
// page or the plain page. Only the page and /try/* are guarded by host name:
// health probes and Telegram's servers call by whatever address they have.
func Handler(opts Options) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", serveAlive)
	mux.Handle("GET /healthz", healthHandler(opts.Health, opts.Role))
	if opts.Metrics != nil {
		mux.Handle("GET /metrics", opts.Metrics)
	}
	if opts.Webhook != nil {
		mux.Handle(opts.WebhookPath, opts.Webhook)
		mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) })
	}
	if opts.Try == nil {
		mux.HandleFunc("GET /{$}", serveServing)
		return withHeaders(mux)
	}
	// A page of another site may send a form here although it cannot read the
	// answer; the origin check refuses such requests before the desk acts.
	sameOrigin := http.NewCrossOriginProtection()
	mux.Handle("/try/", hostGuard(sameOrigin.Handler(opts.Try)))
	for path, file := range pageFiles() {
		mux.Handle("GET "+path, hostGuard(file))
	}
	return withHeaders(mux)
}

func serveServing(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(serving)
}

// withHeaders sets what a browser needs to know before it trusts any answer of
// this server: nothing from elsewhere is loaded, framed, guessed or told.
func withHeaders(next http.Handler) http.Handler {
	headers := map[string]string{
		"Content-Security-Policy":      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "no-referrer",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Permissions-Policy":           "camera=(), microphone=(), geolocation=()",
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		next.ServeHTTP(w, r)
	})
}
