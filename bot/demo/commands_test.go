package demo

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCommandMenus(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	set := func(command string, pairs ...string) {
		t.Helper()
		a := w.send(t, "setMyCommands", append([]string{"commands", `[{"command":"` + command + `","description":"x"}]`}, pairs...)...)
		if !a.OK {
			t.Fatalf("%s: %s", command, a.Text)
		}
	}
	see := func(chat, user int64, want string) {
		t.Helper()
		got := ""
		if menu := w.Menu(chat, user); len(menu) > 0 {
			got = menu[0].Command
		}
		if got != want {
			t.Errorf("%d in %d: got menu %q, want %q", user, chat, got, want)
		}
	}
	see(wang, wang, "")
	set("everybody")
	see(wang, wang, "everybody")
	set("private", "scope", `{"type":"all_private_chats"}`)
	set("private_zh", "scope", `{"type":"all_private_chats"}`, "language_code", "zh")
	see(wang, wang, "private_zh") // zh-hans is zh
	see(li, li, "private")
	see(group, li, "everybody")
	set("groups", "scope", `{"type":"all_group_chats"}`)
	set("admins", "scope", `{"type":"all_chat_administrators"}`)
	see(group, li, "groups")
	try(t, w.As(li).SetStatus(group, li, Administrator))
	see(group, li, "admins")
	set("here", "scope", `{"type":"chat","chat_id":-100}`)
	see(group, li, "here")
	set("admins_here", "scope", `{"type":"chat_administrators","chat_id":-100}`)
	see(group, li, "admins_here")
	set("li_here", "scope", `{"type":"chat_member","chat_id":-100,"user_id":21}`)
	see(group, li, "li_here")
	w.send(t, "deleteMyCommands", "scope", `{"type":"chat_member","chat_id":-100,"user_id":21}`)
	see(group, li, "admins_here")

	var menu []BotCommand
	w.send(t, "getMyCommands", "scope", `{"type":"all_private_chats"}`, "language_code", "zh").into(t, &menu)
	if diff := cmp.Diff([]BotCommand{{"private_zh", "x"}}, menu); diff != "" {
		t.Errorf("menu (-want +got):\n%s", diff)
	}
	w.send(t, "getMyCommands", "language_code", "zh").into(t, &menu)
	if len(menu) != 0 {
		t.Errorf("got %v, want none: exactly this menu was never set", menu)
	}
	try(t, w.SetLanguage(wang, "en"))
	see(wang, wang, "private")
}

func TestCommandsThatAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	one := func(command, description string) string {
		return `[{"command":"` + command + `","description":"` + description + `"}]`
	}
	for _, c := range []struct {
		name string
		with []string
		want string
	}{
		{"capital", []string{"commands", one("Start", "x")}, "Bad Request: BOT_COMMAND_INVALID"},
		{"33 characters", []string{"commands", one(strings.Repeat("a", 33), "x")}, "Bad Request: BOT_COMMAND_INVALID"},
		{"no description", []string{"commands", one("start", "")}, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"},
		{"101 of them", []string{"commands", "[" + strings.TrimSuffix(strings.Repeat(`{"command":"a","description":"x"},`, 101), ",") + "]"}, "Bad Request: BOT_COMMANDS_TOO_MUCH"},
		{"no list", []string{"commands", "{}"}, "Bad Request: can't parse commands JSON array"},
		{"unknown scope", []string{"commands", one("a", "x"), "scope", `{"type":"moon"}`}, "Bad Request: can't parse BotCommandScope: unsupported type specified"},
		{"unknown chat", []string{"commands", one("a", "x"), "scope", `{"type":"chat","chat_id":-5}`}, "Bad Request: chat not found"},
		{"a whole language tag", []string{"commands", one("a", "x"), "language_code", "zh-hans"}, "Bad Request: invalid language code specified"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			wantRefusal(t, w.send(t, "setMyCommands", c.with...), 400, c.want)
		})
	}
}
