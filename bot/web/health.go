package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// healthPatience bounds one health check. Container probes commonly give up
// after a few seconds, and an answer that comes too late says nothing.
const healthPatience = 2 * time.Second

// Health tells how the desk's parts are. The app package implements it.
type Health interface {
	// Check returns every part by name with nil when the part is well, or with
	// an error whose text an operator can act on. It holds no secret, because
	// the text is served as it is. Check returns when ctx ends.
	Check(ctx context.Context) map[string]error
}

// Remark is what an operator should read of a part that is well all the same.
type Remark string

func (r Remark) Error() string { return string(r) }

// healthReport is the body of /healthz. Role tells replicas apart. Parts maps a part's name to "ok" or to
// the sentence of its error.
type healthReport struct {
	Alive bool              `json:"alive"`
	Ready bool              `json:"ready"`
	Role  string            `json:"role,omitempty"`
	Parts map[string]string `json:"parts"`
}

// healthHandler answers 200 when every part is well and 503 when one is not.
// The body says alive in both cases: a desk that waits for Redis or Telegram
// must not be restarted for it.
func healthHandler(health Health, role func() string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), healthPatience)
		defer cancel()
		report := healthReport{Alive: true, Ready: true, Parts: map[string]string{}}
		if role != nil {
			report.Role = role()
		}
		if health != nil {
			for part, err := range health.Check(ctx) {
				report.Parts[part] = "ok"
				if err != nil {
					report.Parts[part] = err.Error()
					if _, remark := errors.AsType[Remark](err); !remark {
						report.Ready = false
					}
				}
			}
		}
		writeReport(w, report)
	})
}

// serveAlive answers 200 as long as the process answers at all. Probes that
// restart the process belong here, not at /healthz.
func serveAlive(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte("alive\n"))
}

func writeReport(w http.ResponseWriter, report healthReport) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if !report.Ready {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	body := json.NewEncoder(w)
	body.SetIndent("", "  ")
	// The status line is sent: a failing client can no longer be told anything.
	_ = body.Encode(report)
}
