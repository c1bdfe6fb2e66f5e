package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// fakeDesk answers /try/* as the stand-in does, from canned data. It remembers
// what people did, and a test tells it what the desk says.
type fakeDesk struct {
	mux   *http.ServeMux
	fresh func() state // the state after a reset

	mu      sync.Mutex
	now     state
	next    next
	turned  []string // to which parts of the day the clock was set
	streams map[chan string]bool
	acts    []act
	refuse  string // when set, every act is refused with it
	down    bool   // when set, no stream is accepted
}

func newFakeDesk(fresh func() state) *fakeDesk {
	d := &fakeDesk{mux: http.NewServeMux(), fresh: fresh, now: fresh(), next: next{Step: "report"}, streams: map[chan string]bool{}}
	d.mux.HandleFunc("GET /try/stream", d.stream)
	d.mux.HandleFunc("POST /try/act", d.act)
	d.mux.HandleFunc("POST /try/person", d.person)
	d.mux.HandleFunc("POST /try/lang", d.lang)
	d.mux.HandleFunc("POST /try/reset", d.reset)
	d.mux.HandleFunc("GET /try/next", d.serveNext)
	d.mux.HandleFunc("POST /try/clock", d.clock)
	d.mux.HandleFunc("GET /try/file/{id}", picture)
	return d
}

func (d *fakeDesk) ServeHTTP(w http.ResponseWriter, r *http.Request) { d.mux.ServeHTTP(w, r) }

func (d *fakeDesk) stream(w http.ResponseWriter, r *http.Request) {
	events := make(chan string, 64)
	d.mu.Lock()
	if d.down {
		d.mu.Unlock()
		http.Error(w, "down", http.StatusBadGateway)
		return
	}
	d.streams[events] = true
	events <- event("state", d.now)
	d.mu.Unlock()
	defer func() {
		d.mu.Lock()
		delete(d.streams, events)
		d.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	for {
		select {
		case <-r.Context().Done():
			return
		case text, open := <-events:
			if !open {
				return
			}
			_, _ = fmt.Fprint(w, text)
			w.(http.Flusher).Flush()
		}
	}
}

func event(kind string, data any) string {
	body, err := json.Marshal(data)
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf("event: %s\ndata: %s\n\n", kind, body)
}

// tell sends an event to every open page. The caller holds mu.
func (d *fakeDesk) tell(kind string, data any) {
	for events := range d.streams {
		events <- event(kind, data)
	}
}

// say puts a message into a chat: a new one when its id is 0, else an edit.
func (d *fakeDesk) say(chatID int64, m message) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.sayLocked(chatID, m)
}

func (d *fakeDesk) sayLocked(chatID int64, m message) int {
	c := d.chat(chatID)
	if m.At.IsZero() {
		m.At = time.Now()
	}
	if m.Kind == "" {
		m.Kind = "text"
	}
	at := slices.IndexFunc(c.Messages, func(old message) bool { return old.ID == m.ID })
	if m.ID != 0 && at >= 0 {
		m.Edited = true
		c.Messages[at] = m
	} else {
		m.ID = len(c.Messages) + 1
		c.Messages = append(c.Messages, m)
	}
	d.tell("message", map[string]any{"chat": chatID, "message": m})
	return m.ID
}

func (d *fakeDesk) toast(user, chatID int64, text string, alert bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tell("toast", map[string]any{"user": user, "chat": chatID, "text": text, "alert": alert})
}

// answerWithLink is a toast that also opens the private chat.
func (d *fakeDesk) answerWithLink(user, chatID int64, text, url string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tell("toast", map[string]any{"user": user, "chat": chatID, "text": text, "url": url})
}

func (d *fakeDesk) setKeyboard(chatID int64, k *keyboard) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.chat(chatID).Keyboard = k
	d.tell("keyboard", map[string]any{"chat": chatID, "keyboard": k})
}

func (d *fakeDesk) remove(chatID int64, id int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.chat(chatID)
	c.Messages = slices.DeleteFunc(c.Messages, func(m message) bool { return m.ID == id })
	d.tell("gone", map[string]any{"chat": chatID, "id": id})
}

func (d *fakeDesk) typing(chatID int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tell("typing", map[string]any{"chat": chatID})
}

// cut ends every open stream; with down set the next ones are refused.
func (d *fakeDesk) cut(down bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.down = down
	for events := range d.streams {
		close(events)
		delete(d.streams, events)
	}
}

func (d *fakeDesk) setRefuse(sentence string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.refuse = sentence
}

// done returns what people did so far.
func (d *fakeDesk) done() []act {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.acts)
}

// setLang turns somebody's phone from elsewhere.
func (d *fakeDesk) setLang(user int64, lang string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.who(user).Lang = lang
	d.tell("state", d.now)
}

func (d *fakeDesk) langOf(user int64) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.who(user).Lang
}

func (d *fakeDesk) chat(id int64) *chat {
	return d.now.Chats[slices.IndexFunc(d.now.Chats, func(c *chat) bool { return c.ID == id })]
}

func (d *fakeDesk) who(id int64) *person {
	return &d.now.People[slices.IndexFunc(d.now.People, func(p person) bool { return p.ID == id })]
}

func (d *fakeDesk) act(w http.ResponseWriter, r *http.Request) {
	var a act
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		answer(w, http.StatusBadRequest, map[string]any{"ok": false, "error": err.Error()})
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.refuse != "" {
		answer(w, http.StatusConflict, map[string]any{"ok": false, "error": d.refuse})
		return
	}
	d.acts = append(d.acts, a)
	m := message{From: a.As, Name: d.who(a.As).Name, Kind: "text"}
	switch a.Do {
	case "text":
		m.HTML = escape(a.Text)
	case "start":
		m.HTML = "/start " + escape(a.Payload)
		d.chat(a.Chat).Opened = true
	case "contact":
		m.Kind, m.Phone = "contact", "+86 138 0317 0001"
	case "location":
		m.Kind, m.Lat, m.Lon = "location", a.Lat, a.Lon
	case "photo":
		m.Kind, m.File, m.HTML = "photo", "/try/file/1", escape(a.Caption)
	case "voice", "sticker":
		m.Kind = a.Do
	case "join", "leave", "press":
		answer(w, http.StatusOK, map[string]any{"ok": true})
		return
	}
	d.sayLocked(a.Chat, m)
	answer(w, http.StatusOK, map[string]any{"ok": true})
}

func (d *fakeDesk) person(w http.ResponseWriter, r *http.Request) {
	var p person
	if err := json.NewDecoder(r.Body).Decode(&p); err != nil {
		answer(w, http.StatusBadRequest, map[string]any{"ok": false, "error": err.Error()})
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	p.ID = int64(9000 + len(d.now.People))
	c := &chat{ID: p.ID, Kind: "private", Title: p.Name, User: p.ID}
	d.now.People = append(d.now.People, p)
	d.now.Chats = append(d.now.Chats, c)
	d.tell("person", map[string]any{"person": p, "chat": c})
	answer(w, http.StatusOK, map[string]any{"person": p})
}

func (d *fakeDesk) lang(w http.ResponseWriter, r *http.Request) {
	var change struct {
		User int64  `json:"user"`
		Lang string `json:"lang"`
	}
	if err := json.NewDecoder(r.Body).Decode(&change); err != nil {
		answer(w, http.StatusBadRequest, map[string]any{"ok": false, "error": err.Error()})
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.who(change.User).Lang = change.Lang
	answer(w, http.StatusOK, map[string]any{"ok": true})
}

func (d *fakeDesk) reset(w http.ResponseWriter, _ *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.fresh()
	d.tell("state", d.now)
	answer(w, http.StatusOK, map[string]any{"ok": true})
}

func (d *fakeDesk) serveNext(w http.ResponseWriter, _ *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	answer(w, http.StatusOK, d.next)
}

// setNext is what the desk answers from now on; a page hears of it with the next event.
func (d *fakeDesk) setNext(n next) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.next = n
}

func (d *fakeDesk) clock(w http.ResponseWriter, r *http.Request) {
	var in struct{ To string }
	_ = json.NewDecoder(r.Body).Decode(&in)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.turned = append(d.turned, in.To)
	now := d.next.Hours[in.To]
	d.now.Now = &now
	d.tell("state", d.now)
	answer(w, http.StatusOK, map[string]any{"ok": true})
}

func (d *fakeDesk) clockTurned() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.turned)
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
