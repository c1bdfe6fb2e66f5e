package web

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// Limits on one update. Telegram's own is 64 KiB of JSON (RELIABILITY §2), so
// 1 MiB is room for what it may become.
const (
	maxUpdateBytes = 1 << 20
	bodyPatience   = 10 * time.Second // for the body to arrive
	takePatience   = 20 * time.Second // for the update to be stored; below the server's writeTimeout
	comeAgain      = 3 * time.Second  // how long Telegram keeps an update that could not be stored
)

// secretHeader is where Telegram shows the secret it was told.
const secretHeader = "X-Telegram-Bot-Api-Secret-Token"

// Webhook receives the updates that Telegram brings. It answers 200 only after
// Take has returned nil, and 503 with Retry-After when Take fails: then Telegram
// brings the update again. Whoever does not know a secret learns nothing and
// costs nothing: their body is not read. No answer has a body, because Telegram
// would carry out what it finds there, and nothing of a request is logged.
type Webhook struct {
	// Secrets are accepted, any of them. Without one everybody is refused.
	Secrets []string
	// Take stores one update for good. Its context does not end with the
	// connection: a commit that is under way must not be cut off.
	Take func(ctx context.Context, update json.RawMessage) error
	// Count is told each answer's status; nil: nobody is.
	Count func(status int)

	patience time.Duration // for the body; default bodyPatience
}

var _ http.Handler = Webhook{}

// ServeHTTP answers one call.
func (h Webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status := h.serve(w, r)
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	switch status {
	case http.StatusServiceUnavailable:
		header.Set("Retry-After", strconv.Itoa(int(comeAgain/time.Second)))
	case http.StatusMethodNotAllowed:
		header.Set("Allow", http.MethodPost)
	}
	if status >= 400 && status < 500 {
		// Else the server reads on to the end of the body before it lets go.
		header.Set("Connection", "close")
		_ = http.NewResponseController(w).SetReadDeadline(time.Now())
	}
	w.WriteHeader(status)
	if h.Count != nil {
		h.Count(status)
	}
}

// serve gives the status of the answer.
func (h Webhook) serve(w http.ResponseWriter, r *http.Request) int {
	switch {
	case r.Method != http.MethodPost:
		return http.StatusMethodNotAllowed
	case !h.knows(r.Header.Get(secretHeader)):
		return http.StatusUnauthorized
	case r.ContentLength > maxUpdateBytes:
		return http.StatusRequestEntityTooLarge
	case !plainJSON(r.Header):
		return http.StatusBadRequest
	}
	update, err := h.read(w, r)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, os.ErrDeadlineExceeded):
		return http.StatusRequestTimeout
	case err != nil || !isUpdate(update):
		return http.StatusBadRequest
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), takePatience)
	defer cancel()
	if err := h.take(ctx, update); err != nil {
		return http.StatusServiceUnavailable
	}
	return http.StatusOK
}

// errPanic stands for a panic of Take. Its value may quote a person.
var errPanic = errors.New("webhook: taking an update panicked")

// take fences Take: a panic would close the connection, and Telegram could not
// be told when to come again.
func (h Webhook) take(ctx context.Context, update json.RawMessage) (err error) {
	defer func() {
		if recover() != nil {
			err = errPanic
		}
	}()
	return h.Take(ctx, update)
}

// knows compares a secret with each that is accepted. How long that takes tells
// neither how much of it was right, nor how long a right one is, nor which.
func (h Webhook) knows(shown string) bool {
	got, right := sha256.Sum256([]byte(shown)), 0
	for _, secret := range h.Secrets {
		want := sha256.Sum256([]byte(secret))
		right |= subtle.ConstantTimeCompare(got[:], want[:])
	}
	return right == 1 && shown != ""
}

// plainJSON says whether the body is what Telegram sends: JSON that is not
// compressed. A missing type passes, because a proxy may have dropped it.
func plainJSON(h http.Header) bool {
	if coding := h.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return false
	}
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return h.Get("Content-Type") == "" || err == nil && (kind == "application/json" || strings.HasSuffix(kind, "+json"))
}

// read reads the body, which has less time than a whole request.
func (h Webhook) read(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	control := http.NewResponseController(w)
	// A test's recorder has no deadlines, and needs none.
	_ = control.SetReadDeadline(time.Now().Add(cmp.Or(h.patience, bodyPatience)))
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdateBytes))
	if err == nil {
		_ = control.SetReadDeadline(time.Time{}) // it would end the request while its update is stored
	}
	return body, err
}

// highestID bounds an update id; Telegram's stay below 2³¹ (RELIABILITY §2).
const highestID = 1 << 53

// isUpdate says whether the body is one JSON object with the id of an update,
// and nothing behind it. What else is in it is for Take to judge.
func isUpdate(body []byte) bool {
	var update struct {
		ID json.Number `json:"update_id"`
	}
	if json.Unmarshal(body, &update) != nil {
		return false
	}
	id, err := update.ID.Int64()
	return err == nil && id > 0 && id <= highestID
}
