package demo

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReplyMarkupIsChecked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	inline := func(button string) string { return `{"inline_keyboard":[[` + button + `]]}` }
	for _, c := range []struct {
		name, chat, markup string
		want               string // empty: it is sent
	}{
		{"64 bytes of data", "11", inline(`{"text":"a","callback_data":"` + strings.Repeat("x", 64) + `"}`), ""},
		{"65 bytes of data", "11", inline(`{"text":"a","callback_data":"` + strings.Repeat("x", 65) + `"}`), "Bad Request: BUTTON_DATA_INVALID"},
		{"66 bytes in 22 characters", "11", inline(`{"text":"a","callback_data":"` + strings.Repeat("电", 22) + `"}`), "Bad Request: BUTTON_DATA_INVALID"},
		{"empty data", "11", inline(`{"text":"a","callback_data":""}`), "Bad Request: BUTTON_DATA_INVALID"},
		{"neither data nor link", "11", inline(`{"text":"a"}`), "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
		{"no words on it", "11", inline(`{"text":" ","callback_data":"x"}`), "Bad Request: BUTTON_TEXT_INVALID"},
		{"a link", "11", inline(`{"text":"a","url":"https://example.com"}`), ""},
		{"no link", "11", inline(`{"text":"a","url":"javascript:alert(1)"}`), "Bad Request: inline keyboard button URL 'javascript:alert(1)' is invalid: Wrong HTTP URL"},
		{"null, as the library writes no rows", "11", `{"inline_keyboard":null}`, `Bad Request: field "inline_keyboard" must be of type Array`},
		{"no rows", "11", `{"inline_keyboard":[]}`, ""},
		{"rows that are none", "11", `{"inline_keyboard":[{}]}`, `Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays`},
		{"101 buttons", "11", inline(strings.TrimSuffix(strings.Repeat(`{"text":"a","callback_data":"x"},`, 101), ",")), "Bad Request: reply markup is too long"},
		{"no JSON", "11", `{`, "Bad Request: can't parse reply keyboard markup JSON object"},
		{"no object", "11", `[]`, "Bad Request: object expected as reply markup"},
		{"contact key", "11", `{"keyboard":[[{"text":"phone","request_contact":true}]]}`, ""},
		{"contact key in a group", "-100", `{"keyboard":[[{"text":"phone","request_contact":true}]]}`, "Bad Request: phone number can be requested in private chats only"},
		{"location key in a group", "-100", `{"keyboard":[[{"text":"here","request_location":true}]]}`, "Bad Request: location can be requested in private chats only"},
		{"plain keys in a group", "-100", `{"keyboard":[["yes","no"]]}`, ""},
		{"a key without words", "11", `{"keyboard":[[""]]}`, "Bad Request: can't parse keyboard button: button text must be non-empty"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := w.send(t, "sendMessage", "chat_id", c.chat, "text", "x", "reply_markup", c.markup); got.Text != c.want {
				t.Errorf("got %q, want %q", got.Text, c.want)
			}
		})
	}
}

func TestReplyKeyboardStaysUntilItIsChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keyboard := func(want *Keyboard) {
		t.Helper()
		if diff := cmp.Diff(want, w.keyboardIn(wang)); diff != "" {
			t.Errorf("keyboard (-want +got):\n%s", diff)
		}
	}
	keyboard(nil)
	w.text(t, "11", "what is wrong?", "reply_markup",
		`{"keyboard":[["⚡ No light",{"text":"☎ My phone","request_contact":true}],[{"text":"📍","request_location":true}]],`+
			`"is_persistent":true,"one_time_keyboard":true,"input_field_placeholder":"1, 2 or 3"}`)
	shown := &Keyboard{
		Rows:       [][]Key{{{Text: "⚡ No light"}, {Text: "☎ My phone", Contact: true}}, {{Text: "📍", Location: true}}},
		Persistent: true, OneTime: true, Placeholder: "1, 2 or 3",
	}
	keyboard(shown)
	w.text(t, "11", "a message without one leaves it")
	keyboard(shown)
	w.text(t, "11", "and one with buttons, too", "reply_markup", `{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}`)
	keyboard(shown)
	w.text(t, "11", "gone", "reply_markup", `{"remove_keyboard":true}`)
	keyboard(nil)
}

func TestPersonTapsKeys(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.text(t, "11", "?", "reply_markup", `{"keyboard":[["1 没电","2 电压不稳","3 没电也没灯"],[{"text":"☎ 我的电话","request_contact":true},{"text":"📍 我的位置","request_location":true}]]}`)
	for _, c := range []struct{ label, kind, text string }{
		{"1 没电", "text", "1 没电"},
		{"电压", "text", "2 电压不稳"},
		{"我的电话", "contact", ""},
	} {
		m := must[Message](t)(w.Message(wang, must[int](t)(w.As(wang).Tap(c.label))))
		if m.Kind != c.kind || m.Text != c.text {
			t.Errorf("tapping %q: got %s %q, want %s %q", c.label, m.Kind, m.Text, c.kind, c.text)
		}
	}
	for label, want := range map[string]error{"没电": ErrNoButton, "没有": ErrNoButton, "我的位置": ErrNotAllowed} {
		if _, err := w.As(wang).Tap(label); !errors.Is(err, want) {
			t.Errorf("tapping %q: got %v, want %v", label, err, want)
		}
	}
	if got := len(must[[]Message](t)(w.Messages(wang))); got != 4 {
		t.Errorf("got %d messages, want the question and three answers", got)
	}
}
