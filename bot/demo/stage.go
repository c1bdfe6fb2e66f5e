package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// filePath is where the page finds pictures.
const filePath = "/try/file/"

// stageHistory is how many messages of each chat a page is shown when it opens.
const stageHistory = 200

// The events of the page's stream. A chat's keyboard event carries null when the keyboard went away.
type (
	messageEvent struct {
		Chat    int64   `json:"chat"`
		Message Message `json:"message"`
	}
	goneEvent struct {
		Chat int64 `json:"chat"`
		ID   int   `json:"id"`
	}
	keyboardEvent struct {
		Chat     int64     `json:"chat"`
		Keyboard *Keyboard `json:"keyboard"`
	}
	toastEvent struct {
		User  int64  `json:"user"`
		Chat  int64  `json:"chat"`
		Text  string `json:"text"`
		Alert bool   `json:"alert"`
		URL   string `json:"url"`
	}
	personEvent struct {
		Person stagePerson `json:"person"`
		Chat   stageChat   `json:"chat"`
	}
	typingEvent struct {
		Chat int64 `json:"chat"`
	}
	stateEvent struct {
		Now    time.Time     `json:"now"` // by the clock of everything on the page
		Bot    stageBot      `json:"bot"`
		People []stagePerson `json:"people"`
		Chats  []stageChat   `json:"chats"`
	}
)

type stageBot struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username"`
}

type stagePerson struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
	Role string `json:"role"`
	Lang string `json:"lang"`
}

type stageChat struct {
	ID       int64        `json:"id"`
	Kind     string       `json:"kind"`
	Title    string       `json:"title"`
	User     int64        `json:"user"`
	Messages []Message    `json:"messages"`
	Keyboard *Keyboard    `json:"keyboard"`
	Opened   bool         `json:"opened"`
	Commands []BotCommand `json:"commands"`
	Members  []int64      `json:"members"`
}

// pageLanguage is the language switch of the page: Chinese or English.
func pageLanguage(code string) string {
	if strings.HasPrefix(code, "zh") {
		return "zh"
	}
	return "en"
}

func (u *user) onStage() stagePerson {
	return stagePerson{ID: u.ID, Name: u.wire.fullName(), Role: u.Role, Lang: pageLanguage(u.Language)}
}

func (t *Telegram) chatOnStage(ch *chat) stageChat {
	out := stageChat{ID: ch.wire.ID, Kind: "group", Title: ch.wire.Title, Keyboard: ch.keyboard, Messages: []Message{}, Members: []int64{}}
	if ch.kind == private {
		out.Kind, out.Title, out.User, out.Opened = "private", t.me.FirstName, ch.user.ID, ch.opened
	}
	for _, u := range t.usersInOrder() {
		if ch.statusOf(u.ID).inside() {
			out.Members = append(out.Members, u.ID)
		}
	}
	out.Commands = append([]BotCommand{}, t.menu(ch.wire.ID, out.User)...) // never null
	for _, id := range ch.order[max(0, len(ch.order)-stageHistory):] {
		if r := ch.live(id); r != nil {
			m := view(r)
			m.Name = t.nameNow(m.From, m.Name)
			out.Messages = append(out.Messages, m)
		}
	}
	return out
}

func (t *Telegram) state() stateEvent {
	out := stateEvent{Now: t.clock.Now(), Bot: stageBot{ID: t.me.ID, Name: t.me.FirstName, Username: t.me.Username}, People: []stagePerson{}, Chats: []stageChat{}}
	for _, u := range t.usersInOrder() {
		out.People = append(out.People, u.onStage())
		out.Chats = append(out.Chats, t.chatOnStage(t.chats[u.ID]))
	}
	for _, ch := range t.groupsInOrder() {
		out.Chats = append(out.Chats, t.chatOnStage(ch))
	}
	return out
}

// showState sends everything anew, after changes that no smaller event tells: reset, members, menus, languages.
func (t *Telegram) showState() {
	if len(t.audience) > 0 {
		t.audience.show("state", t.state())
	}
}

// audience are the open pages. It is guarded by the server's lock.
type audience map[seat]bool

// seat is one page: a channel of frames that are ready to be written. It is closed when the page is too slow or the server ends.
type seat chan []byte

// seatFrames is how far a page may fall behind before it is sent away; it comes back by itself and is shown the state.
const seatFrames = 256

func (a audience) join() seat {
	s := make(seat, seatFrames)
	a[s] = true
	return s
}

func (a audience) leave(s seat) {
	if a[s] {
		delete(a, s)
		close(s)
	}
}

func (a audience) dismiss() {
	for s := range a {
		a.leave(s)
	}
}

// show hands an event to every page and never waits for one.
func (a audience) show(event string, data any) {
	if len(a) == 0 {
		return
	}
	f := frame(event, data)
	for s := range a {
		select {
		case s <- f:
		default:
			a.leave(s)
		}
	}
}

// frame writes a server-sent event. The data are this package's own values, so a failure to encode is a bug and panics.
func frame(event string, data any) []byte {
	raw, err := json.Marshal(data)
	if err != nil {
		panic(fmt.Sprintf("encoding a %s event: %v", event, err))
	}
	return bytes.Join([][]byte{[]byte("event: " + event), append([]byte("data: "), raw...), nil, nil}, []byte("\n"))
}
