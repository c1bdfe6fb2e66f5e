package telegram

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

func TestAnswer(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		toast talk.Toast
		want  url.Values
	}{
		{"a passing note", talk.Toast{Callback: "c1", Text: "李明已接单"}, url.Values{"callback_query_id": {"c1"}, "text": {"李明已接单"}}},
		{"just an end to the waiting", talk.Toast{Callback: "c1"}, url.Values{"callback_query_id": {"c1"}}},
		{"a window", talk.Toast{Callback: "c1", Text: "先断电", Alert: true}, url.Values{"callback_query_id": {"c1"}, "text": {"先断电"}, "show_alert": {"true"}}},
		{"into the private chat", talk.Toast{Callback: "c1", Start: "job_1123-07"}, url.Values{"callback_query_id": {"c1"}, "url": {"https://t.me/PowerdeskBot?start=job_1123-07"}}},
		{"a payload that is none", talk.Toast{Callback: "c1", Start: "a b&c"}, url.Values{"callback_query_id": {"c1"}}},
		{"a payload too long", talk.Toast{Callback: "c1", Start: strings.Repeat("a", 65)}, url.Values{"callback_query_id": {"c1"}}},
		{"a text too long", talk.Toast{Callback: "c1", Text: strings.Repeat("电", 201)}, url.Values{"callback_query_id": {"c1"}, "text": {strings.Repeat("电", 199) + "…"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c, calls := far(t, func(w http.ResponseWriter, method string) {
				if method == "getMe" {
					succeed(w, map[string]any{"id": ourBot, "username": "PowerdeskBot"})
					return
				}
				succeed(w, true)
			})
			if err := c.Answer(within(t), test.toast); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, calls["answerCallbackQuery"]); diff != "" {
				t.Errorf("call (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnAnswerThatComesTooLateIsNoError(t *testing.T) {
	t.Parallel()
	c, _ := far(t, func(w http.ResponseWriter, _ string) {
		refuse(w, 400, "Bad Request: query is too old and response timeout expired or query ID is invalid", nil)
	})
	if err := c.Answer(within(t), talk.Toast{Callback: "c1"}); err != nil {
		t.Error(err)
	}
}

func TestMember(t *testing.T) {
	t.Parallel()
	standing := func(status string, more map[string]any) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			m := map[string]any{"status": status, "user": map[string]any{"id": volunteer, "is_bot": false, "first_name": "Li"}}
			for k, v := range more {
				m[k] = v
			}
			succeed(w, m)
		}
	}
	refused := func(code int, says string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) { refuse(w, code, says, nil) }
	}
	for _, test := range []struct {
		name   string
		answer func(http.ResponseWriter)
		want   bool
		fails  bool
	}{
		{"creator", standing("creator", nil), true, false},
		{"administrator", standing("administrator", nil), true, false},
		{"member", standing("member", nil), true, false},
		{"muted member", standing("restricted", map[string]any{"is_member": true}), true, false},
		{"restricted and gone", standing("restricted", map[string]any{"is_member": false}), false, false},
		{"restricted, not told", standing("restricted", nil), false, false},
		{"left", standing("left", map[string]any{"is_member": true}), false, false},
		{"kicked", standing("kicked", nil), false, false},
		{"a status of tomorrow", standing("guest", map[string]any{"is_member": true}), false, false},
		{"somebody else's standing", standing("member", map[string]any{"user": map[string]any{"id": 1}}), false, false},
		{"never seen", refused(400, "Bad Request: user not found"), false, false},
		{"never there", refused(400, "Bad Request: PARTICIPANT_ID_INVALID"), false, false},
		{"no such group", refused(400, "Bad Request: chat not found"), false, true},
		{"Telegram is down", refused(500, "Internal Server Error"), false, true},
		{"no object", func(w http.ResponseWriter) { succeed(w, []int{}) }, false, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c, calls := far(t, func(w http.ResponseWriter, _ string) { test.answer(w) })
			got, err := c.Member(within(t), dutyGroup, volunteer)
			if got != test.want || (err != nil) != test.fails {
				t.Errorf("member %v, %v, want %v, an error %v", got, err, test.want, test.fails)
			}
			want := url.Values{"chat_id": {"-1001000000001"}, "user_id": {"6098765432"}}
			if diff := cmp.Diff(want, calls["getChatMember"]); diff != "" {
				t.Errorf("call (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLeave(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		answer func(http.ResponseWriter)
		want   Class
	}{
		{"left", func(w http.ResponseWriter) { succeed(w, true) }, ""},
		{"thrown out before", func(w http.ResponseWriter) {
			refuse(w, 403, "Forbidden: bot is not a member of the supergroup chat", nil)
		}, ""},
		{"the group is gone", func(w http.ResponseWriter) { refuse(w, 400, "Bad Request: chat not found", nil) }, ""},
		{"too fast", func(w http.ResponseWriter) { refuse(w, 429, "Too Many Requests", nil) }, Flood},
	} {
		c, calls := far(t, func(w http.ResponseWriter, _ string) { test.answer(w) })
		err := c.Leave(within(t), lookalike)
		var class Class
		if e, ok := errors.AsType[*Error](err); ok {
			class = e.Class
		}
		if class != test.want || calls["leaveChat"].Get("chat_id") != "-1009999999999" {
			t.Errorf("%s: %v, want class %q; call %v", test.name, err, test.want, calls)
		}
	}
}

func TestSetCommands(t *testing.T) {
	t.Parallel()
	menu := []Command{{Command: "start", Description: "开始"}, {Command: "help", Description: "帮助"}}
	for _, test := range []struct {
		name string
		set  CommandSet
		want url.Values
	}{
		{"of every private chat", CommandSet{Commands: menu}, url.Values{
			"scope": {`{"type":"all_private_chats"}`}, "commands": {`[{"command":"start","description":"开始"},{"command":"help","description":"帮助"}]`},
		}},
		{"for one language", CommandSet{Lang: words.EN, Commands: menu[:1]}, url.Values{
			"scope": {`{"type":"all_private_chats"}`}, "language_code": {"en"}, "commands": {`[{"command":"start","description":"开始"}]`},
		}},
		{"of a group, empty", CommandSet{Chat: dutyGroup, Lang: words.ZH}, url.Values{
			"scope": {`{"type":"chat","chat_id":-1001000000001}`}, "language_code": {"zh"}, "commands": {`[]`},
		}},
		{"of one person", CommandSet{Chat: volunteer}, url.Values{
			"scope": {`{"type":"chat","chat_id":6098765432}`}, "commands": {`[]`},
		}},
	} {
		c, calls := far(t, func(w http.ResponseWriter, _ string) { succeed(w, true) })
		if err := c.SetCommands(within(t), test.set); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if diff := cmp.Diff(test.want, calls["setMyCommands"]); diff != "" {
			t.Errorf("%s: call (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestMeIsAskedOnce(t *testing.T) {
	t.Parallel()
	n := 0
	c, _ := far(t, func(w http.ResponseWriter, _ string) {
		if n++; n == 1 {
			refuse(w, 500, "Internal Server Error", nil)
			return
		}
		succeed(w, map[string]any{"id": ourBot, "username": "PowerdeskBot"})
	})
	if _, _, err := c.Me(within(t)); err == nil {
		t.Error("the failure is not told")
	}
	for range 2 {
		if id, username, err := c.Me(within(t)); id != ourBot || username != "PowerdeskBot" || err != nil {
			t.Errorf("me %d %q %v", id, username, err)
		}
	}
	if n != 2 {
		t.Errorf("asked %d times, want 2", n)
	}
}
