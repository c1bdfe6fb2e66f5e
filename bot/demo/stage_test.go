package demo

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// page is an open page of the demo: its events come one by one.
type page struct {
	url    string
	events *bufio.Scanner
}

func (w *world) stage(t *testing.T, o StageOptions) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(w.Stage(o))
	t.Cleanup(func() {
		w.Close() // ends the streams, which the server would wait for
		s.Close()
	})
	return s
}

func (w *world) open(t *testing.T, url string) *page {
	t.Helper()
	req, err := http.NewRequestWithContext(soon(t), http.MethodGet, url+"/try/stream", nil)
	try(t, err)
	resp, err := http.DefaultClient.Do(req)
	try(t, err)
	t.Cleanup(func() { _ = resp.Body.Close() })
	if got := resp.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Fatalf("got %d %q, want a stream", resp.StatusCode, got)
	}
	p := &page{url: url, events: bufio.NewScanner(resp.Body)}
	p.events.Buffer(nil, 1<<20)
	return p
}

// next reads the next event, which must have this name, into out.
func (p *page) next(t *testing.T, name string, out any) {
	t.Helper()
	event := ""
	for p.events.Scan() {
		line := p.events.Text()
		if value, ok := strings.CutPrefix(line, "event: "); ok {
			event = value
		}
		data, ok := strings.CutPrefix(line, "data: ")
		if !ok {
			continue
		}
		if event != name {
			t.Fatalf("got event %s %s, want %s", event, data, name)
		}
		try(t, json.Unmarshal([]byte(data), out))
		return
	}
	t.Fatalf("the stream ended: %v", p.events.Err())
}

// act posts JSON and returns status and body.
func post(t *testing.T, url, body string, headers ...string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(soon(t), http.MethodPost, url, strings.NewReader(body))
	try(t, err)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	try(t, err)
	defer func() { _ = resp.Body.Close() }()
	return resp.StatusCode, strings.TrimSpace(string(must[[]byte](t)(io.ReadAll(resp.Body))))
}

func TestStreamShowsTheState(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.send(t, "setMyCommands", "commands", `[{"command":"help","description":"帮助"}]`, "language_code", "zh")
	w.text(t, "11", "<b>1 < 2</b>", "parse_mode", "")
	var got stateEvent
	w.open(t, w.stage(t, StageOptions{}).URL).next(t, "state", &got)
	want := stateEvent{
		Now: monday,
		Bot: stageBot{ID: 1000001, Name: "吴桥供电", Username: "wuqiao_bot"},
		People: []stagePerson{
			{ID: wang, Name: "王 大爷", Role: "resident", Lang: "zh"},
			{ID: li, Name: "Li", Role: "volunteer", Lang: "en"},
		},
		Chats: []stageChat{
			{
				ID: wang, Kind: "private", Title: "吴桥供电", User: wang, Opened: true, Members: []int64{},
				Messages: []Message{{ID: 1, From: 1000001, Name: "吴桥供电", Bot: true, Kind: "text", HTML: "&lt;b&gt;1 &lt; 2&lt;/b&gt;", At: monday, Buttons: [][]Button{}}},
				Commands: []BotCommand{{Command: "help", Description: "帮助"}},
			},
			{ID: li, Kind: "private", Title: "吴桥供电", User: li, Messages: []Message{}, Commands: []BotCommand{}, Members: []int64{}},
			{ID: group, Kind: "group", Title: "Duty", Messages: []Message{}, Commands: []BotCommand{}, Members: []int64{li}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
}

func TestStreamShowsWhatHappens(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.open(t, w.stage(t, StageOptions{}).URL)
	p.next(t, "state", &stateEvent{})

	id := w.text(t, "11", "hello", "reply_markup", `{"keyboard":[["1","2"]],"is_persistent":true}`)
	var said messageEvent
	p.next(t, "message", &said)
	if said.Chat != wang || said.Message.ID != id || said.Message.HTML != "hello" {
		t.Errorf("got %+v", said)
	}
	var keys keyboardEvent
	p.next(t, "keyboard", &keys)
	if keys.Keyboard == nil || keys.Keyboard.Rows[0][1].Text != "2" || !keys.Keyboard.Persistent {
		t.Errorf("got %+v", keys)
	}
	w.text(t, "11", "bye", "reply_markup", `{"remove_keyboard":true}`)
	p.next(t, "message", &said)
	keys = keyboardEvent{Keyboard: &Keyboard{}}
	p.next(t, "keyboard", &keys)
	if keys.Keyboard != nil {
		t.Errorf("got %+v, want null", keys)
	}
	w.send(t, "editMessageText", "chat_id", "11", "message_id", strconv.Itoa(id), "text", "hello again")
	p.next(t, "message", &said)
	if said.Message.ID != id || !said.Message.Edited || said.Message.HTML != "hello again" {
		t.Errorf("got %+v", said)
	}
	w.send(t, "deleteMessage", "chat_id", "11", "message_id", strconv.Itoa(id))
	var gone goneEvent
	p.next(t, "gone", &gone)
	if gone != (goneEvent{Chat: wang, ID: id}) {
		t.Errorf("got %+v", gone)
	}
	w.send(t, "sendChatAction", "chat_id", "11", "action", "typing")
	var typing typingEvent
	p.next(t, "typing", &typing)
	if typing.Chat != wang {
		t.Errorf("got %+v", typing)
	}
	w.Reset()
	var state stateEvent
	p.next(t, "state", &state)
	if len(state.Chats[0].Messages) != 0 {
		t.Errorf("got %+v, want empty chats", state)
	}
}

func TestPageActs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.stage(t, StageOptions{})
	card := w.text(t, "-100", "Job 7", "reply_markup", `{"inline_keyboard":[[{"text":"Claim","callback_data":"c7"}]]}`)
	for _, act := range []string{
		`{"as":21,"chat":21,"do":"start","payload":"c7"}`,
		`{"as":11,"chat":11,"do":"text","text":"no light"}`,
		`{"as":11,"chat":11,"do":"contact"}`,
		`{"as":11,"chat":11,"do":"location","lat":37.63,"lon":116.39}`,
		`{"as":11,"chat":11,"do":"photo","caption":"meter"}`,
		`{"as":11,"chat":11,"do":"voice"}`,
		`{"as":11,"chat":11,"do":"sticker"}`,
		`{"as":11,"chat":-100,"do":"join"}`,
		`{"as":11,"chat":-100,"do":"leave"}`,
		`{"as":21,"chat":-100,"do":"press","message":` + strconv.Itoa(card) + `,"data":"c7"}`,
	} {
		if code, body := post(t, s.URL+"/try/act", act); code != 200 || body != `{"ok":true}` {
			t.Errorf("%s: got %d %s", act, code, body)
		}
	}
	var got []string
	for _, u := range w.updates(t) {
		switch m := u.Message; {
		case u.Callback != nil:
			got = append(got, "press "+u.Callback.Data)
		case m.Text != "":
			got = append(got, m.Text)
		case m.Contact != nil:
			got = append(got, m.Contact.Phone)
		case m.Location != nil:
			got = append(got, "location")
		case m.Photo != nil:
			got = append(got, "photo "+m.Caption)
		case m.Voice != nil:
			got = append(got, "voice")
		case m.Sticker != nil:
			got = append(got, "sticker")
		case m.NewMembers != nil:
			got = append(got, "joined")
		case m.LeftMember != nil:
			got = append(got, "left")
		}
	}
	want := []string{"/start c7", "no light", "+8613800000011", "location", "photo meter", "voice", "sticker", "joined", "left", "press c7"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestPressIsAnsweredByAToast(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, _, asked := w.card(t)
	p := w.open(t, w.stage(t, StageOptions{}).URL)
	p.next(t, "state", &stateEvent{})
	w.send(t, "answerCallbackQuery", "callback_query_id", asked.ID, "text", "yours", "url", "https://t.me/wuqiao_bot?start=c7")
	var toast toastEvent
	p.next(t, "toast", &toast)
	if want := (toastEvent{User: li, Chat: group, Text: "yours", URL: "https://t.me/wuqiao_bot?start=c7"}); toast != want {
		t.Errorf("got %+v, want %+v", toast, want)
	}
	var said messageEvent
	p.next(t, "message", &said)
	if said.Chat != li || said.Message.Text != "" || said.Message.HTML != "/start c7" {
		t.Errorf("got %+v", said)
	}
}

func TestPageIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.stage(t, StageOptions{})
	for _, c := range []struct {
		name, path, body string
		headers          []string
		code             int
		words            string
	}{
		{"a foreign page", "act", `{"as":11,"chat":11,"do":"text","text":"x"}`, []string{"Origin", "https://evil.example"}, 403, "another site's page"},
		{"a page of nowhere", "reset", `{}`, []string{"Origin", "null"}, 403, "another site's page"},
		{"a foreign page in a new browser", "person", `{"name":"x"}`, []string{"Sec-Fetch-Site", "cross-site"}, 403, "another site's page"},
		{"no JSON", "act", `as=11`, nil, 400, "bad request"},
		{"too much of it", "act", `{"text":"` + strings.Repeat("x", maxActBytes) + `"}`, nil, 413, "too large"},
		{"an unknown deed", "act", `{"as":11,"chat":11,"do":"dance"}`, nil, 400, `nobody can do "dance"`},
		{"an unknown person", "act", `{"as":5,"chat":11,"do":"text","text":"x"}`, nil, 404, "no such person"},
		{"somebody else's chat", "act", `{"as":21,"chat":11,"do":"text","text":"x"}`, nil, 404, "no such chat"},
		{"a group they are not in", "act", `{"as":11,"chat":-100,"do":"text","text":"x"}`, nil, 403, "not a member"},
		{"a button that is not there", "act", `{"as":21,"chat":-100,"do":"press","message":7,"data":"x"}`, nil, 404, "no such message"},
		{"a place without a longitude", "act", `{"as":11,"chat":11,"do":"location","lat":1}`, nil, 400, "lat and lon"},
		{"a nameless guest", "person", `{"name":" "}`, nil, 400, "1 to 64"},
		{"an endless name", "person", `{"name":"` + strings.Repeat("长", 65) + `"}`, nil, 400, "1 to 64"},
		{"a guest with a strange role", "person", `{"name":"x","role":"king"}`, nil, 400, "king"},
		{"the language of nobody", "lang", `{"user":5,"lang":"en"}`, nil, 404, "no such person"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			code, body := post(t, s.URL+"/try/"+c.path, c.body, c.headers...)
			var refusal stageRefusal
			try(t, json.Unmarshal([]byte(body), &refusal))
			if code != c.code || refusal.OK || !strings.Contains(refusal.Error, c.words) {
				t.Errorf("got %d %s, want %d and %q", code, body, c.code, c.words)
			}
		})
	}
	if code, body := post(t, s.URL+"/try/act", `{"as":11,"chat":11,"do":"text","text":"x"}`, "Origin", s.URL); code != 200 {
		t.Errorf("our own page: got %d %s", code, body)
	}
	resp, err := http.Get(s.URL + "/try/act")
	try(t, err)
	try(t, resp.Body.Close())
	if resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET act: got %d", resp.StatusCode)
	}
}

func TestGuestJoinsAndSpeaks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.stage(t, StageOptions{})
	p := w.open(t, s.URL)
	p.next(t, "state", &stateEvent{})
	code, body := post(t, s.URL+"/try/person", `{"name":"<b>Zhang</b>\nSan","lang":"en"}`)
	var out struct{ Person stagePerson }
	try(t, json.Unmarshal([]byte(body), &out))
	guest := out.Person
	if want := (stagePerson{ID: guest.ID, Name: "<b>Zhang</b> San", Role: "resident", Lang: "en"}); code != 200 || guest != want || guest.ID < firstGuest {
		t.Errorf("got %d %+v, want %+v", code, guest, want)
	}
	var joined personEvent
	p.next(t, "person", &joined)
	if joined.Person != guest || joined.Chat.ID != guest.ID || joined.Chat.Opened {
		t.Errorf("got %+v", joined)
	}
	if code, body := post(t, s.URL+"/try/lang", `{"user":`+strconv.FormatInt(guest.ID, 10)+`,"lang":"zh"}`); code != 200 {
		t.Errorf("got %d %s", code, body)
	}
	must[int](t)(w.As(guest.ID).Start(""))
	must[int](t)(w.As(guest.ID).ShareContact())
	got := w.updates(t)
	if got[0].Message.From.Language != "zh-hans" || got[0].Message.From.FirstName != "<b>Zhang</b> San" {
		t.Errorf("got %+v", got[0].Message.From)
	}
	if phone := got[1].Message.Contact.Phone; len(phone) != 14 {
		t.Errorf("got phone %q", phone)
	}
	w.Reset()
	if _, err := w.As(guest.ID).Start(""); !errors.Is(err, ErrNoPerson) {
		t.Errorf("after a reset the guest is still there: %v", err)
	}
}

func TestDemoGetsFull(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.stage(t, StageOptions{})
	w.guests = maxGuests
	if code, body := post(t, s.URL+"/try/person", `{"name":"x"}`); code != 403 || !strings.Contains(body, "full") {
		t.Errorf("got %d %s", code, body)
	}
}

func TestResetIsLeftToTheWiring(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var failure error
	calls := 0
	s := w.stage(t, StageOptions{Reset: func(context.Context) error { calls++; return failure }})
	if code, body := post(t, s.URL+"/try/reset", `{}`); code != 200 || calls != 1 {
		t.Errorf("got %d %s after %d calls", code, body, calls)
	}
	failure = errors.New("the desk would not stop")
	if code, body := post(t, s.URL+"/try/reset", `{}`); code != 500 || !strings.Contains(body, "would not stop") {
		t.Errorf("got %d %s", code, body)
	}
}

func TestPageShowsPictures(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := w.stage(t, StageOptions{})
	must[int](t)(w.As(wang).SendPhoto(wang, ""))
	must[int](t)(w.As(wang).sendFile(wang, document("page.html", "<script>")))
	seen := must[[]Message](t)(w.Messages(wang))
	resp, err := http.Get(s.URL + seen[0].File)
	try(t, err)
	defer func() { _ = resp.Body.Close() }()
	if _, err := png.Decode(resp.Body); err != nil || resp.Header.Get("Content-Type") != "image/png" {
		t.Errorf("got %v, %q", err, resp.Header.Get("Content-Type"))
	}
	if seen[1].File != "" || seen[1].HTML != "<b>page.html</b>" {
		t.Errorf("got %+v, want no path of a document", seen[1])
	}
	for _, id := range []string{"AQAD3", "photos/file_1.png", "AQAD99"} {
		resp, err := http.Get(s.URL + filePath + id)
		try(t, err)
		try(t, resp.Body.Close())
		if resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", id, resp.StatusCode)
		}
	}
}

// A page that reads nothing must not hold up the bot: it is sent away and can come back.
func TestSlowPageIsSentAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.mu.Lock()
	slow := w.audience.join()
	quick := w.audience.join()
	w.mu.Unlock()
	go func() {
		for range quick {
			continue
		}
	}()
	for range seatFrames + 10 {
		w.text(t, "11", "x")
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.audience[slow] {
		t.Error("the slow page is still there")
	}
	left := 0
	for range slow {
		left++
	}
	if left != seatFrames {
		t.Errorf("got %d frames waiting, want %d", left, seatFrames)
	}
}

func TestStreamEndsWithTheServer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.open(t, w.stage(t, StageOptions{}).URL)
	p.next(t, "state", &stateEvent{})
	w.Close()
	for p.events.Scan() {
		continue
	}
	if err := p.events.Err(); err != nil {
		t.Errorf("got %v, want a clean end", err)
	}
}

func TestFrame(t *testing.T) {
	t.Parallel()
	got := frame("gone", goneEvent{Chat: 1, ID: 2})
	if want := []byte("event: gone\ndata: {\"chat\":1,\"id\":2}\n\n"); !bytes.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
