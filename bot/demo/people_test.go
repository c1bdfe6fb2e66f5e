package demo

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPersonStarts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	must[int](t)(w.As(li).Start("community_7-A"))
	got := w.updates(t)[0].Message
	want := &wireMessage{
		ID: 1, From: &wireUser{ID: li, FirstName: "Li", Username: "li_volunteer", Language: "en"},
		Chat: &wireChat{ID: li, Type: "private", FirstName: "Li", Username: "li_volunteer"},
		Date: monday.Unix(), Text: "/start community_7-A", Entities: []entity{{Type: "bot_command", Length: 6}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("start (-want +got):\n%s", diff)
	}
	w.text(t, "21", "welcome")
	for _, payload := range []string{"a b", "电", strings.Repeat("a", 65), "a/b"} {
		if _, err := w.As(li).Start(payload); !errors.Is(err, ErrNotAllowed) {
			t.Errorf("payload %q: got %v, want it refused", payload, err)
		}
	}
}

func TestPersonWrites(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	must[int](t)(w.As(wang).Send(wang, "  家里没电\xff\r\n"))
	must[int](t)(w.As(wang).Send(wang, strings.Repeat("长", 2*maxText+1)))
	var got []string
	for _, u := range w.updates(t) {
		got = append(got, u.Message.Text)
	}
	want := []string{"家里没电", strings.Repeat("长", maxText), strings.Repeat("长", maxText), "长"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	for name, c := range map[string]struct {
		who  Actor
		chat int64
		text string
		want error
	}{
		"nothing":                        {w.As(wang), wang, " \n", ErrNotAllowed},
		"in somebody else's chat":        {w.As(li), wang, "x", ErrNoChat},
		"in no chat":                     {w.As(li), -5, "x", ErrNoChat},
		"in a group they are not in":     {w.As(wang), group, "x", ErrNotMember},
		"as somebody who does not exist": {w.As(404), group, "x", ErrNoPerson},
	} {
		if _, err := c.who.Send(c.chat, c.text); !errors.Is(err, c.want) {
			t.Errorf("writing %s: got %v, want %v", name, err, c.want)
		}
	}
	if _, err := w.As(wang).Reply(wang, 99, "x"); !errors.Is(err, ErrNoMessage) {
		t.Errorf("answering nothing: got %v", err)
	}
}

func TestPersonEdits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := must[int](t)(w.As(wang).Send(wang, "no ligth"))
	try(t, w.As(wang).Edit(wang, id, "no light"))
	wantTold(t, w, "no ligth", "edited no light")
	if m := must[Message](t)(w.Message(wang, id)); m.Text != "no light" || !m.Edited {
		t.Errorf("got %+v", m)
	}
	if err := w.As(wang).Edit(wang, w.text(t, "11", "the bot's"), "mine"); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("editing the bot's message: got %v", err)
	}
	if err := w.As(wang).Edit(wang, 99, "x"); !errors.Is(err, ErrNoMessage) {
		t.Errorf("editing nothing: got %v", err)
	}
}

func TestPersonShares(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	must[int](t)(w.As(wang).ShareContact())
	must[int](t)(w.As(wang).ShareForeignContact("+8613900000000", "Son", 77))
	must[int](t)(w.As(wang).ShareForeignContact("95598", "Hotline", 0))
	must[int](t)(w.As(wang).ShareLocation(wang, 37.63, 116.39))
	got := w.updates(t)
	for i, want := range []wireContact{
		{Phone: "+8613800000011", FirstName: "王", LastName: "大爷", UserID: wang},
		{Phone: "+8613900000000", FirstName: "Son", UserID: 77},
		{Phone: "95598", FirstName: "Hotline"},
	} {
		if *got[i].Message.Contact != want {
			t.Errorf("got %+v, want %+v", *got[i].Message.Contact, want)
		}
	}
	if want := (wirePoint{37.63, 116.39}); *got[3].Message.Location != want {
		t.Errorf("got %+v, want %+v", *got[3].Message.Location, want)
	}
	if _, err := w.As(wang).ShareLocation(wang, 91, 0); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("a place off the globe: got %v", err)
	}
	if _, err := w.As(li).ShareContact(); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("without a phone: got %v", err)
	}
}

func TestPersonSendsFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	me := w.As(wang)
	must[int](t)(me.SendPhoto(wang, "my meter"))
	must[int](t)(me.SendVoice(wang, 4))
	must[int](t)(me.sendFile(wang, video))
	must[int](t)(me.SendSticker(wang))
	must[int](t)(me.sendFile(wang, document("licence.pdf", "%PDF-1.7")))
	album := must[[]int](t)(me.SendAlbum(wang, 3, "three"))
	got := w.updates(t)
	if p := got[0].Message.Photo; len(p) != 2 || p[0].Width >= p[1].Width || p[0].FileID == p[1].FileID || got[0].Message.Caption != "my meter" {
		t.Errorf("photo: got %+v", got[0].Message)
	}
	if v := got[1].Message.Voice; v == nil || v.Duration != 4 || v.Mime != "audio/ogg" {
		t.Errorf("voice: got %+v", v)
	}
	if v := got[2].Message.Video; v == nil || v.Name != "video.mp4" {
		t.Errorf("video: got %+v", v)
	}
	if s := got[3].Message.Sticker; s == nil || s.Type != "regular" {
		t.Errorf("sticker: got %+v", s)
	}
	if d := got[4].Message.Document; d == nil || d.Name != "licence.pdf" || d.Mime != "application/pdf" || d.Size != 8 {
		t.Errorf("document: got %+v", d)
	}
	if len(album) != 3 || len(got) != 8 {
		t.Fatalf("got %d updates and album %v, want each picture on its own", len(got), album)
	}
	first, second := got[5].Message, got[6].Message
	if first.MediaGroup == "" || first.MediaGroup != second.MediaGroup || first.Caption != "three" || second.Caption != "" {
		t.Errorf("album: got %+v and %+v", first, second)
	}
	var kinds []string
	for _, m := range must[[]Message](t)(w.Messages(wang)) {
		kinds = append(kinds, m.Kind)
	}
	if want := []string{"photo", "voice", "video", "sticker", "document", "photo", "photo", "photo"}; !slices.Equal(kinds, want) {
		t.Errorf("got %v, want %v", kinds, want)
	}
}

func TestPersonForwards(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.AddGroup(Group{ID: -1002, Title: "Village", Supergroup: true, Members: map[int64]Status{li: Member}, Bot: Administrator})
	card := w.text(t, "-100", "Job 7", "reply_markup", `{"inline_keyboard":[[{"text":"Claim","callback_data":"7"},{"text":"Map","url":"https://e.com"}]]}`)
	links := w.text(t, "-100", "Map", "reply_markup", `{"inline_keyboard":[[{"text":"Map","url":"https://e.com"}]]}`)
	secret := w.text(t, "-100", "secret", "protect_content", "true")
	plain := must[Message](t)(w.Message(-1002, must[int](t)(w.As(li).Forward(group, card, -1002))))
	if !plain.Forwarded || plain.Text != "Job 7" || len(plain.Buttons) != 0 || plain.From != li {
		t.Errorf("got %+v, want the text without its buttons", plain)
	}
	if m := must[Message](t)(w.Message(-1002, must[int](t)(w.As(li).Forward(group, links, -1002)))); len(m.Buttons) != 1 {
		t.Errorf("got %+v, want the link kept", m)
	}
	got := w.updates(t)[0].Message.Origin
	if got == nil || got.User.ID != w.BotID() || got.Date != monday.Unix() {
		t.Errorf("got origin %+v", got)
	}
	for name, c := range map[string]struct {
		who     Actor
		message int
		want    error
	}{
		"a protected message":       {w.As(li), secret, ErrNotAllowed},
		"out of a foreign group":    {w.As(wang), card, ErrNoChat},
		"a message that is no more": {w.As(li), 99, ErrNoMessage},
	} {
		to := int64(-1002)
		if c.who == w.As(wang) {
			to = wang
		}
		if _, err := c.who.Forward(group, c.message, to); !errors.Is(err, c.want) {
			t.Errorf("forwarding %s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestLanguageChangesWithTheApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	must[int](t)(w.As(wang).Send(wang, "before"))
	try(t, w.SetLanguage(wang, "en"))
	must[int](t)(w.As(wang).Send(wang, "after"))
	got := w.updates(t)
	if got[0].Message.From.Language != "zh-hans" || got[1].Message.From.Language != "en" {
		t.Errorf("got %q and %q", got[0].Message.From.Language, got[1].Message.From.Language)
	}
	if err := w.SetLanguage(404, "en"); !errors.Is(err, ErrNoPerson) {
		t.Errorf("of nobody: got %v", err)
	}
}

func TestResetGoesBackToTheCast(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	last := w.text(t, "11", "hello", "reply_markup", `{"keyboard":[["a"]]}`)
	try(t, w.As(wang).Join(group))
	must[int](t)(w.As(wang).Send(wang, "pending"))
	w.Reset()
	if got := w.Pending(); got != 0 {
		t.Errorf("got %d pending updates", got)
	}
	if got := must[[]Message](t)(w.Messages(wang)); len(got) != 0 || w.keyboardIn(wang) != nil {
		t.Errorf("got %v and a keyboard %v", got, w.keyboardIn(wang))
	}
	if _, err := w.As(wang).Send(group, "x"); !errors.Is(err, ErrNotMember) {
		t.Errorf("Wang is still in the group: %v", err)
	}
	wantRefusal(t, w.send(t, "sendMessage", "chat_id", "11", "text", "x"), 403, "Forbidden: bot can't initiate conversation with a user")
	if next := must[int](t)(w.As(wang).Start("")); next <= last {
		t.Errorf("got message id %d after %d, want ids to count on", next, last)
	}
}

func TestOldMessagesAreForgotten(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.keepMessages = 3
	for range 5 {
		w.text(t, "11", "x")
	}
	if got := must[[]Message](t)(w.Messages(wang)); len(got) != 3 || got[0].ID != 3 {
		t.Errorf("got %v, want the last three", got)
	}
	wantRefusal(t, w.send(t, "editMessageText", "chat_id", "11", "message_id", "1", "text", "y"), 400, "Bad Request: message to edit not found")
}

func TestAwait(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	seen := make(chan Message)
	wait := func(after int, text string) {
		go func() {
			m, err := w.Await(soon(t), wang, after, func(m Message) bool { return m.Bot && m.Text == text })
			if err != nil {
				t.Error(err)
			}
			seen <- m
		}()
	}
	wait(0, "hello")
	id := w.text(t, "11", "hello")
	if m := <-seen; m.ID != id {
		t.Errorf("got %+v, want message %d", m, id)
	}
	wait(0, "edited")
	w.send(t, "editMessageText", "chat_id", "11", "message_id", "1", "text", "edited")
	if m := <-seen; m.ID != id || !m.Edited {
		t.Errorf("got %+v, want message %d edited", m, id)
	}
	wait(id, "edited") // an old one does not count
	w.text(t, "11", "edited")
	if m := <-seen; m.ID != id+1 {
		t.Errorf("got %+v, want message %d", m, id+1)
	}
	if _, err := w.Await(soon(t), -5, 0, func(Message) bool { return true }); !errors.Is(err, ErrNoChat) {
		t.Errorf("in no chat: got %v", err)
	}
}

func TestMessageButton(t *testing.T) {
	t.Parallel()
	m := Message{Buttons: [][]Button{{{Text: "✋ 我去 / Claim", Data: "c"}}, {{Text: "🆘 Squad", Data: "s"}}}}
	if b, ok := m.Button("Squad"); !ok || b.Data != "s" {
		t.Errorf("got %+v, %v", b, ok)
	}
	if _, ok := m.Button("Done"); ok {
		t.Error("got a button that is not there")
	}
}
