package demo

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

// StageOptions is what the page's routes need of the wiring.
type StageOptions struct {
	// Reset empties the desk: it stops it, wipes its store, calls (*Telegram).Reset and starts it again. Default: (*Telegram).Reset alone.
	Reset func(context.Context) error
	// Speak hears to which of its languages, "zh" or "en", somebody has turned the page. Default: nobody hears it.
	Speak func(lang string)
	// Next says what a visitor may do next. Default: nothing.
	Next func(context.Context) (Next, error)
	// Turn sets the clock of everything forward to a part of the day that Next named. Default: there is none to set.
	Turn func(part string) error
}

const (
	maxActBytes   = 64 << 10
	maxGuests     = 200
	maxGuestName  = 64 // code points, as Telegram allows
	firstGuest    = 7_000_000_001
	heartbeat     = 15 * time.Second
	frameDeadline = 10 * time.Second // a page that takes no bytes for so long is gone
)

// Stage serves the routes below /try/ that the page calls: stream, act, person, lang, next, clock, reset and file. A POST from another site's page is refused.
func (t *Telegram) Stage(o StageOptions) http.Handler {
	if o.Reset == nil {
		o.Reset = func(context.Context) error { t.Reset(); return nil }
	}
	if o.Speak == nil {
		o.Speak = func(string) {}
	}
	if o.Next == nil {
		o.Next = func(context.Context) (Next, error) { return Next{}, nil }
	}
	if o.Turn == nil {
		o.Turn = func(part string) error { return fmt.Errorf("there is no clock to set to %q: %w", part, ErrNotAllowed) }
	}
	routes := http.NewServeMux()
	routes.HandleFunc("GET /try/stream", t.serveStream)
	routes.HandleFunc("GET "+filePath+"{id}", t.servePicture)
	routes.HandleFunc("POST /try/act", answering(t.serveAct))
	routes.HandleFunc("POST /try/person", answering(t.servePerson))
	routes.HandleFunc("POST /try/lang", answering(func(r *http.Request) (any, error) { return stageOK, t.serveLanguage(r, o.Speak) }))
	routes.HandleFunc("GET /try/next", answering(func(r *http.Request) (any, error) { return o.Next(r.Context()) }))
	routes.HandleFunc("POST /try/clock", answering(func(r *http.Request) (any, error) { return stageOK, t.serveClock(r, o.Turn) }))
	routes.HandleFunc("POST /try/reset", answering(func(r *http.Request) (any, error) { return stageOK, o.Reset(r.Context()) }))
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusForbidden, stageRefusal{Error: "another site's page may not act here"})
	}))
	return guard.Handler(routes)
}

var stageOK = struct {
	OK bool `json:"ok"`
}{true}

type stageRefusal struct {
	OK    bool   `json:"ok"`
	Error string `json:"error"`
}

// errBadRequest marks requests that no page of ours would send.
var errBadRequest = errors.New("bad request")

// answering makes a handler of a function: its value or its error becomes JSON, and the body of the request is bounded.
func answering(serve func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxActBytes)
		out, err := serve(r)
		if err == nil {
			writeJSON(w, http.StatusOK, out)
			return
		}
		status := http.StatusInternalServerError
		var tooLarge *http.MaxBytesError
		switch {
		case errors.As(err, &tooLarge):
			status = http.StatusRequestEntityTooLarge
		case errors.Is(err, errBadRequest):
			status = http.StatusBadRequest
		case errors.Is(err, ErrNoPerson), errors.Is(err, ErrNoChat), errors.Is(err, ErrNoMessage), errors.Is(err, ErrNoButton):
			status = http.StatusNotFound
		case errors.Is(err, ErrNotMember), errors.Is(err, ErrNotAllowed):
			status = http.StatusForbidden
		}
		writeJSON(w, status, stageRefusal{Error: err.Error()})
	}
}

func writeJSON(w http.ResponseWriter, status int, out any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(out) // the page has gone: there is nobody left to tell
}

func readJSON(r *http.Request, into any) error {
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		return fmt.Errorf("reading the request: %w: %w", errBadRequest, err)
	}
	return nil
}

// serveStream shows a page the state and then every event, until it leaves or falls behind.
func (t *Telegram) serveStream(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	s := t.audience.join()
	first := frame("state", t.state())
	t.mu.Unlock()
	defer func() {
		t.mu.Lock()
		t.audience.leave(s)
		t.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for next, ok := first, true; ok; {
		if writeFrame(w, next) != nil {
			return
		}
		select {
		case next, ok = <-s:
		case <-beat.C:
			next = []byte(": still here\n\n")
		case <-r.Context().Done():
			return
		case <-t.closed:
			return
		}
	}
}

func writeFrame(w http.ResponseWriter, f []byte) error {
	control := http.NewResponseController(w)
	if err := control.SetWriteDeadline(time.Now().Add(frameDeadline)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	if _, err := w.Write(f); err != nil {
		return err
	}
	return control.Flush()
}

// servePicture hands out pictures only, by the unique id of the file.
func (t *Telegram) servePicture(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	t.mu.Lock()
	f := t.files.byName[id]
	t.mu.Unlock()
	if f == nil || f.wire.UniqueID != id || f.kind != "photo" {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", http.DetectContentType(f.data))
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "max-age=3600")
	_, _ = w.Write(f.data) // the page has gone: there is nobody left to tell
}

// servePerson lets a new resident in, with a phone of a range that nobody has.
func (t *Telegram) servePerson(r *http.Request) (any, error) {
	var in struct{ Name, Lang, Role string }
	if err := readJSON(r, &in); err != nil {
		return nil, err
	}
	name, _ := tidy(strings.ReplaceAll(in.Name, "\n", " "), nil)
	switch {
	case name == "" || utf8.RuneCountInString(name) > maxGuestName:
		return nil, fmt.Errorf("a name has 1 to %d characters: %w", maxGuestName, errBadRequest)
	case in.Role != "" && !knownRoles[in.Role]:
		return nil, fmt.Errorf("nobody can be a %q: %w", in.Role, errBadRequest)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.guests >= maxGuests {
		return nil, fmt.Errorf("the demo is full, reset it: %w", ErrNotAllowed)
	}
	t.guests++
	p := Person{
		ID: firstGuest + int64(t.seats), Name: name, Language: languageCode(in.Lang), Role: cmp.Or(in.Role, "resident"),
		Phone: fmt.Sprintf("+861380000%04d", t.guests),
	}
	ch := t.addPerson(p)
	joined := ch.user.onStage()
	t.audience.show("person", personEvent{Person: joined, Chat: t.chatOnStage(ch)})
	return struct {
		Person stagePerson `json:"person"`
	}{joined}, nil
}

var knownRoles = map[string]bool{"resident": true, "volunteer": true, "clerk": true, "leader": true}

// languageCode is how Telegram's apps name the two languages of the page.
func languageCode(page string) string {
	if page == "zh" {
		return "zh-hans"
	}
	return "en"
}

func (t *Telegram) serveLanguage(r *http.Request, speak func(lang string)) error {
	var in struct {
		User int64
		Lang string
	}
	if err := readJSON(r, &in); err != nil {
		return err
	}
	speak(in.Lang)
	return t.SetLanguage(in.User, languageCode(in.Lang))
}
