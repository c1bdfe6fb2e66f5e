package demo

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSentMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	asked := must[int](t)(w.As(wang).Send(wang, "no light"))
	var got wireMessage
	w.send(t, "sendMessage", "chat_id", "11", "text", " <b>We know.</b> &lt;3 reports&gt;\n", "parse_mode", "HTML", "protect_content", "true",
		"reply_parameters", `{"message_id":`+strconv.Itoa(asked)+`}`, "entities", "null",
		"reply_markup", `{"inline_keyboard":[[{"text":"Join","callback_data":"j1"},{"text":"Map","url":"https://example.com/m"}]]}`).into(t, &got)
	resident := &wireUser{ID: wang, FirstName: "王", LastName: "大爷", Language: "zh-hans"}
	chat := &wireChat{ID: wang, Type: "private", FirstName: "王", LastName: "大爷"}
	want := wireMessage{
		ID: 2, From: &wireUser{ID: 1000001, IsBot: true, FirstName: "吴桥供电", Username: "wuqiao_bot"}, Chat: chat,
		Date: monday.Unix(), Protected: true, Text: "We know. <3 reports>",
		Entities: []entity{{Type: "bold", Offset: 0, Length: 8}},
		ReplyTo:  &wireMessage{ID: 1, From: resident, Chat: chat, Date: monday.Unix(), Text: "no light"},
		Markup:   &inlineMarkup{Rows: [][]inlineButton{{{Text: "Join", Data: "j1"}, {Text: "Map", URL: "https://example.com/m"}}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sendMessage (-want +got):\n%s", diff)
	}
}

func TestMessageIDs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.AddGroup(Group{ID: -7, Title: "Basic", Members: map[int64]Status{li: Member}, Bot: Member})
	got := []int{
		w.text(t, "11", "private chats"), w.text(t, "-7", "and basic groups count together"), w.text(t, "11", "on"),
		w.text(t, "-100", "a supergroup counts by itself"), w.text(t, "-100", "on"),
	}
	if diff := cmp.Diff([]int{1, 2, 3, 1, 2}, got); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
}

func TestWhoMayBeWrittenTo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.AddGroup(Group{ID: -1, Title: "Kicked", Bot: Kicked})
	w.AddGroup(Group{ID: -2, Title: "Never in"})
	w.AddGroup(Group{ID: -1003, Title: "Kicked", Supergroup: true, Bot: Kicked})
	w.AddGroup(Group{ID: -1004, Title: "Left", Supergroup: true, Bot: Left})
	w.AddGroup(Group{ID: -1005, Title: "Muted", Supergroup: true, Bot: Restricted})
	w.AddGroup(Group{ID: -1006, Title: "Silent", Supergroup: true, Silent: true, Bot: Member})
	w.AddGroup(Group{ID: -1007, Title: "Silent but admin", Supergroup: true, Silent: true, Bot: Administrator})
	w.AddPerson(Person{ID: 31, Name: "Blocker"})
	must[int](t)(w.As(31).Start(""))
	if err := w.As(31).Block(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, chat string
		code       int
		want       string
	}{
		{"no chat", "", 400, "Bad Request: chat_id is empty"},
		{"unknown chat", "999", 400, "Bad Request: chat not found"},
		{"no number", "@somebody", 400, "Bad Request: chat not found"},
		{"never opened", "21", 403, "Forbidden: bot can't initiate conversation with a user"},
		{"blocked", "31", 403, "Forbidden: bot was blocked by the user"},
		{"kicked from a group", "-1", 403, "Forbidden: bot was kicked from the group chat"},
		{"not in a group", "-2", 403, "Forbidden: bot is not a member of the group chat"},
		{"kicked from a supergroup", "-1003", 403, "Forbidden: bot was kicked from the supergroup chat"},
		{"left a supergroup", "-1004", 403, "Forbidden: bot is not a member of the supergroup chat"},
		{"restricted", "-1005", 400, "Bad Request: not enough rights to send text messages to the chat"},
		{"only admins write", "-1006", 400, "Bad Request: not enough rights to send text messages to the chat"},
		{"and the bot is one", "-1007", 200, ""},
		{"opened", "11", 200, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := w.send(t, "sendMessage", "chat_id", c.chat, "text", "hello")
			if got.status != c.code || got.Text != c.want {
				t.Errorf("got %d %q, want %d %q", got.status, got.Text, c.code, c.want)
			}
		})
	}
}

func TestTextIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct {
		name string
		with []string
		want string // empty: it is sent
	}{
		{"empty", []string{"text", ""}, "Bad Request: message text is empty"},
		{"blank", []string{"text", " \n\t "}, "Bad Request: text must be non-empty"},
		{"markup around nothing", []string{"text", "<b></b>", "parse_mode", "HTML"}, "Bad Request: text must be non-empty"},
		{"4096 code points", []string{"text", strings.Repeat("电", 4096)}, ""},
		{"4096 after the markup is off", []string{"text", "<b>" + strings.Repeat("&amp;", 4096) + "</b>", "parse_mode", "HTML"}, ""},
		{"4096 beyond the basic plane", []string{"text", strings.Repeat("😀", 4096)}, ""},
		{"4097 code points", []string{"text", strings.Repeat("电", 4097)}, "Bad Request: message is too long"},
		{"unknown parse mode", []string{"text", "x", "parse_mode", "BBCode"}, "Bad Request: unsupported parse_mode"},
		{"unknown tag", []string{"text", "电<x>", "parse_mode", "html"}, `Bad Request: can't parse entities: Unsupported start tag "x" at byte offset 3`},
		{"broken entities", []string{"text", "x", "entities", "[{"}, "Bad Request: can't parse entities JSON object"},
		{"a thread where there are none", []string{"text", "x", "message_thread_id", "5"}, "Bad Request: message thread not found"},
		{"an answer to nothing", []string{"text", "x", "reply_to_message_id", "99"}, "Bad Request: message to be replied not found"},
		{"an answer to nothing, sent anyway", []string{"text", "x", "reply_to_message_id", "99", "allow_sending_without_reply", "true"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := w.send(t, "sendMessage", append([]string{"chat_id", "11"}, c.with...)...)
			if got.Text != c.want {
				t.Errorf("got %d %q, want %q", got.status, got.Text, c.want)
			}
		})
	}
}

func TestTextIsTidied(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var got wireMessage
	w.send(t, "sendMessage", "chat_id", "11", "text", "\n a\rb\x00\u202ec\u2028 <i>d\t</i> \n", "parse_mode", "HTML").into(t, &got)
	if want := "ab c d"; got.Text != want {
		t.Errorf("got %q, want %q", got.Text, want)
	}
	if diff := cmp.Diff([]entity{{Type: "italic", Offset: 5, Length: 1}}, got.Entities); diff != "" {
		t.Errorf("entities (-want +got):\n%s", diff)
	}
	w.send(t, "sendMessage", "chat_id", "11", "text", "\u2066isolated\u2069").into(t, &got)
	if got.Text != "\u2066isolated\u2069" {
		t.Errorf("got %q, want bidi isolates kept", got.Text)
	}
}

func TestEntitiesGivenAsJSON(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var got wireMessage
	w.send(t, "sendMessage", "chat_id", "11", "text", " bold link /go", "entities", `[{"type":"bold","offset":1,"length":4},`+
		`{"type":"text_link","offset":6,"length":4,"url":"javascript:alert(1)"},{"type":"bot_command","offset":0,"length":9},`+
		`{"type":"italic","offset":6,"length":400},{"type":"code","offset":-3,"length":2}]`).into(t, &got)
	want := []entity{{Type: "bold", Offset: 0, Length: 4}, {Type: "bot_command", Offset: 10, Length: 3}}
	if diff := cmp.Diff(want, got.Entities); diff != "" {
		t.Errorf("entities (-want +got):\n%s", diff)
	}
}

func TestPlacesAndContacts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct {
		name, method string
		with         []string
		want         string
	}{
		{"location", "sendLocation", []string{"latitude", "37.63", "longitude", "116.39"}, ""},
		{"location without latitude", "sendLocation", []string{"longitude", "116.39"}, "Bad Request: latitude is empty"},
		{"location without longitude", "sendLocation", []string{"latitude", "1"}, "Bad Request: longitude is empty"},
		{"location off the globe", "sendLocation", []string{"latitude", "91", "longitude", "0"}, "Bad Request: location is invalid"},
		{"location that is no number", "sendLocation", []string{"latitude", "NaN", "longitude", "0"}, "Bad Request: location is invalid"},
		{"venue", "sendVenue", []string{"latitude", "37.6", "longitude", "116.3", "title", "Hall", "address", "1 Main St"}, ""},
		{"venue without address", "sendVenue", []string{"latitude", "37.6", "longitude", "116.3", "title", "Hall"}, "Bad Request: venue title and address must be non-empty"},
		{"contact", "sendContact", []string{"phone_number", "95598", "first_name", "Hotline"}, ""},
		{"contact without phone", "sendContact", []string{"first_name", "Hotline"}, "Bad Request: phone number must be non-empty"},
		{"contact without name", "sendContact", []string{"phone_number", "95598"}, "Bad Request: first name must be non-empty"},
		{"typing", "sendChatAction", []string{"action", "typing"}, ""},
		{"some other action", "sendChatAction", []string{"action", "dancing"}, "Bad Request: wrong parameter action in request"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := w.send(t, c.method, append([]string{"chat_id", "11"}, c.with...)...); got.Text != c.want {
				t.Errorf("got %q, want %q", got.Text, c.want)
			}
		})
	}
}

func TestCopyAndForward(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	photo := must[int](t)(w.As(wang).SendPhoto(wang, "my meter"))
	secret := w.text(t, "11", "for you alone", "protect_content", "true")
	copied := func(message int, pairs ...string) answer {
		return w.send(t, "copyMessage", append([]string{"chat_id", "-100", "from_chat_id", "11", "message_id", strconv.Itoa(message)}, pairs...)...)
	}
	var id messageID
	copied(photo, "caption", "<b>meter</b>", "parse_mode", "HTML").into(t, &id)
	m := must[Message](t)(w.Message(group, id.ID))
	if m.Kind != "photo" || m.HTML != "<b>meter</b>" || m.Forwarded || !m.Bot {
		t.Errorf("got copy %+v", m)
	}
	copied(photo).into(t, &id)
	if m := must[Message](t)(w.Message(group, id.ID)); m.Text != "my meter" {
		t.Errorf("got caption %q, want the old one", m.Text)
	}
	wantRefusal(t, copied(99), 400, "Bad Request: message to copy not found")
	wantRefusal(t, copied(secret), 400, "Bad Request: message can't be copied")

	var got wireMessage
	w.send(t, "forwardMessage", "chat_id", "-100", "from_chat_id", "11", "message_id", strconv.Itoa(photo)).into(t, &got)
	want := &wireOrigin{Type: "user", User: &wireUser{ID: wang, FirstName: "王", LastName: "大爷", Language: "zh-hans"}, Date: monday.Unix()}
	if diff := cmp.Diff(want, got.Origin); diff != "" {
		t.Errorf("origin (-want +got):\n%s", diff)
	}
	wantRefusal(t, w.send(t, "forwardMessage", "chat_id", "-100", "from_chat_id", "11", "message_id", strconv.Itoa(secret)), 400, "Bad Request: message can't be forwarded")
}
