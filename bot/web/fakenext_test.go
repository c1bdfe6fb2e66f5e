package web

import (
	"encoding/json"
	"net/http"
	"slices"
)

// What the fake desk says may be done next, and its clock.

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
