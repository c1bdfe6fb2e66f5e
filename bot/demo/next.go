package demo

import (
	"net/http"
	"slices"
	"time"
)

// Next is what a visitor may do next, and when the parts of the day begin.
type Next struct {
	// Step names what is to be done, for the page to say.
	Step string `json:"step"`
	// Chat is where: a group, or 0 for the own chat of who does it.
	Chat int64 `json:"chat"`
	// As is who does it: one of the team, or 0 for the resident.
	As int64 `json:"as"`
	// Press lists, in every language, what is on the buttons that lead there. The page names those that are on the screen.
	Press []string `json:"press"`
	// Hours are the instants to which the clock may be set, by the name of the part of the day that begins.
	Hours map[string]time.Time `json:"hours"`
}

func (t *Telegram) serveClock(r *http.Request, turn func(part string) error) error {
	var in struct{ To string }
	if err := readJSON(r, &in); err != nil {
		return err
	}
	if err := turn(in.To); err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.showState()
	return nil
}

// Rename gives the bot and people, by their ids, other names. The page shows them for what was written before, too.
func (t *Telegram) Rename(bot string, people map[int64]string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	me := *t.me
	me.FirstName = bot
	t.me = &me
	for id, name := range people {
		if u := t.users[id]; u != nil {
			u.Name, u.LastName = name, ""
			u.wire = wirePerson(u.Person)
		}
	}
	t.showState()
}

// nameNow is what somebody is called by now, or was called when nobody knows them any more.
func (t *Telegram) nameNow(id int64, before string) string {
	switch u := t.users[id]; {
	case u != nil:
		return u.wire.fullName()
	case id == t.me.ID:
		return t.me.fullName()
	}
	return before
}

// Offers says whether the keyboard of somebody's own chat has a button with one of these labels.
func (t *Telegram) Offers(labels ...string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, ch := range t.chats {
		if ch.kind != private || ch.keyboard == nil {
			continue
		}
		for _, key := range slices.Concat(ch.keyboard.Rows...) {
			if slices.Contains(labels, key.Text) {
				return true
			}
		}
	}
	return false
}
