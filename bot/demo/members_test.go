package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// told names what the bot was told, update by update.
func (w *world) told(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, u := range w.updates(t) {
		switch {
		case u.MyChatMember != nil:
			out = append(out, fmt.Sprintf("bot %s→%s", u.MyChatMember.Old["status"], u.MyChatMember.New["status"]))
		case u.ChatMember != nil:
			out = append(out, fmt.Sprintf("%v %s→%s", u.ChatMember.New.id(), u.ChatMember.Old["status"], u.ChatMember.New["status"]))
		case u.Edited != nil:
			out = append(out, "edited "+u.Edited.Text)
		case u.Message.NewMembers != nil:
			out = append(out, fmt.Sprintf("%d joined", u.Message.NewMembers[0].ID))
		case u.Message.LeftMember != nil:
			out = append(out, fmt.Sprintf("%d left", u.Message.LeftMember.ID))
		case u.Message.MigrateTo != 0:
			out = append(out, fmt.Sprintf("%d→%d", u.Message.Chat.ID, u.Message.MigrateTo))
		case u.Message.MigrateFrom != 0:
			out = append(out, fmt.Sprintf("%d←%d", u.Message.Chat.ID, u.Message.MigrateFrom))
		default:
			out = append(out, u.Message.Text)
		}
	}
	w.updates(t, "offset", fmt.Sprint(w.queue.next))
	return out
}

func wantTold(t *testing.T, w *world, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, w.told(t)); diff != "" {
		t.Errorf("what the bot was told (-want +got):\n%s", diff)
	}
}

func try(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestPrivacyMode(t *testing.T) {
	t.Parallel()
	const other = -1002
	speak := func(t *testing.T, w *world) {
		w.AddGroup(Group{ID: other, Title: "Village", Supergroup: true, Members: map[int64]Status{li: Member}, Bot: Member})
		card := w.text(t, fmt.Sprint(other), "card")
		for _, text := range []string{"hello", "@wuqiao_bot help", "/open", "/open@Wuqiao_bot", "/open@other_bot", "see /open"} {
			must[int](t)(w.As(li).Send(other, text))
		}
		must[int](t)(w.As(li).Reply(other, card, "on my way"))
		must[int](t)(w.As(li).Reply(other, card+1, "hello yourself"))
		try(t, w.As(wang).Join(other))
	}
	t.Run("a plain member sees commands, replies to it and service messages", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		speak(t, w)
		wantTold(t, w, "/open", "/open@Wuqiao_bot", "on my way", "11 joined")
	})
	t.Run("an administrator sees everything", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		must[int](t)(w.As(li).Send(group, "hello"))
		wantTold(t, w, "hello")
	})
	t.Run("outside it sees nothing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.AddGroup(Group{ID: other, Title: "Foreign", Supergroup: true, Members: map[int64]Status{li: Member}})
		must[int](t)(w.As(li).Send(other, "/open"))
		wantTold(t, w)
	})
}

func TestComingAndGoing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.send(t, "getUpdates", "allowed_updates", `["message","my_chat_member","chat_member","edited_message"]`)
	w.AddGroup(Group{ID: -1002, Title: "New", Supergroup: true, Members: map[int64]Status{li: Creator}})
	try(t, w.As(wang).Join(group))
	try(t, w.As(wang).Join(group)) // is in already: nothing happens
	try(t, w.As(wang).Leave(group))
	try(t, w.As(li).AddBot(-1002, Member))
	try(t, w.As(wang).Join(-1002)) // the bot is no administrator: only the service message
	try(t, w.As(li).AddBot(-1002, Administrator))
	try(t, w.As(li).SetStatus(-1002, wang, Restricted))
	try(t, w.As(li).SetStatus(-1002, wang, RestrictedAway))
	try(t, w.As(li).RemoveBot(-1002))
	wantTold(t, w,
		"11 left→member", "11 joined", "11 left", "11 member→left",
		"bot left→member", "1000001 joined", "11 joined",
		"bot member→administrator", "11 member→restricted", "11 left", "11 restricted→restricted",
		"bot administrator→kicked")
	wantRefusal(t, w.send(t, "sendMessage", "chat_id", "-1002", "text", "x"), 403, "Forbidden: bot was kicked from the supergroup chat")

	w.send(t, "leaveChat", "chat_id", "-100")
	wantTold(t, w, "bot administrator→left")
	wantRefusal(t, w.send(t, "leaveChat", "chat_id", "-100"), 403, "Forbidden: bot is not a member of the supergroup chat")
	wantRefusal(t, w.send(t, "leaveChat", "chat_id", "11"), 400, "Bad Request: chat member status can't be changed in private chats")
	if err := w.As(li).SetStatus(group, 404, Member); !errors.Is(err, ErrNoPerson) {
		t.Errorf("a person nobody knows: got %v", err)
	}
}

func TestBlocking(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.As(li).Block(); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("blocking a bot one never met: got %v", err)
	}
	try(t, w.As(wang).Block())
	if _, err := w.As(wang).Send(wang, "hello?"); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("writing to a blocked bot: got %v", err)
	}
	w.unblock(wang)
	w.text(t, "11", "welcome back")
	try(t, w.As(wang).Block())
	must[int](t)(w.As(wang).Start("x1"))
	wantTold(t, w, "bot member→kicked", "bot kicked→member", "bot member→kicked", "bot kicked→member", "/start x1")
}

func TestGetChatMember(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for id, status := range map[int64]Status{101: Creator, 102: Administrator, 103: Member, 104: Restricted, 105: RestrictedAway, 106: Left, 107: Kicked} {
		w.AddPerson(Person{ID: id, Name: string(status)})
		try(t, w.As(id).SetStatus(group, id, status))
	}
	w.AddPerson(Person{ID: 108, Name: "stranger"})
	for _, c := range []struct {
		chat, user string
		want       string // the JSON without the user, or the refusal
	}{
		{"-100", "101", `{"is_anonymous":false,"status":"creator"}`},
		{"-100", "102", `{"can_be_edited":false,"can_change_info":true,"can_delete_messages":true,"can_invite_users":true,"can_manage_chat":true,` +
			`"can_pin_messages":true,"can_promote_members":false,"can_restrict_members":true,"is_anonymous":false,"status":"administrator"}`},
		{"-100", "103", `{"status":"member"}`},
		{"-100", "104", `{"can_send_messages":false,"is_member":true,"status":"restricted","until_date":0}`},
		{"-100", "105", `{"can_send_messages":false,"is_member":false,"status":"restricted","until_date":0}`},
		{"-100", "106", `{"status":"left"}`},
		{"-100", "107", `{"status":"kicked","until_date":0}`},
		{"-100", "108", `{"status":"left"}`},
		{"11", "11", `{"status":"member"}`},
		{"-100", "404", "Bad Request: user not found"},
		{"11", "21", "Bad Request: user not found"},
		{"-100", "me", "Bad Request: invalid user_id specified"},
		{"-404", "11", "Bad Request: chat not found"},
	} {
		got := w.send(t, "getChatMember", "chat_id", c.chat, "user_id", c.user)
		if !got.OK {
			if got.Text != c.want {
				t.Errorf("%s in %s: got %q, want %s", c.user, c.chat, got.Text, c.want)
			}
			continue
		}
		var fields map[string]json.RawMessage
		got.into(t, &fields)
		if !strings.Contains(string(fields["user"]), `"id":`+c.user+",") {
			t.Errorf("%s: got user %s", c.user, fields["user"])
		}
		delete(fields, "user")
		if raw := string(must[[]byte](t)(json.Marshal(fields))); raw != c.want {
			t.Errorf("%s in %s:\n got %s\nwant %s", c.user, c.chat, raw, c.want)
		}
	}
}

func TestGetChat(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var got wireFullChat
	w.send(t, "getChat", "chat_id", "-100").into(t, &got)
	if got.Title != "Duty" || got.Type != "supergroup" || got.Permissions == nil || !got.Permissions.CanSend {
		t.Errorf("got %+v", got)
	}
	w.send(t, "getChat", "chat_id", "21").into(t, &got)
	if got.Type != "private" || got.FirstName != "Li" || got.Username != "li_volunteer" {
		t.Errorf("got %+v", got)
	}
	wantRefusal(t, w.send(t, "getChat", "chat_id", "5"), 400, "Bad Request: chat not found")
}

func TestUpgradeToSupergroup(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		how  Announcement
		want []string
	}{
		"old then new": {AnnounceOldThenNew, []string{"-7→-1007", "-1007←-7"}},
		"old only":     {AnnounceOld, []string{"-7→-1007"}},
		"new only":     {AnnounceNew, []string{"-1007←-7"}},
		"silently":     {AnnounceNothing, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.AddGroup(Group{ID: -7, Title: "Duty", Members: map[int64]Status{li: Creator}, Bot: Member})
			card := w.text(t, "-7", "card")
			try(t, w.Upgrade(-7, -1007, c.how))
			wantTold(t, w, c.want...)
			refused := w.send(t, "sendMessage", "chat_id", "-7", "text", "new card")
			wantRefusal(t, refused, 400, "Bad Request: group chat was upgraded to a supergroup chat")
			if refused.Params.MigrateTo != -1007 {
				t.Errorf("got migrate_to_chat_id %d, want -1007", refused.Params.MigrateTo)
			}
			if got := w.send(t, "editMessageText", "chat_id", "-7", "message_id", fmt.Sprint(card), "text", "moved"); !got.OK {
				t.Errorf("editing an old card: got %q", got.Text)
			}
			w.text(t, "-1007", "new card")
			must[int](t)(w.As(li).Send(-1007, "/mine"))
			wantTold(t, w, "/mine")
			if err := w.Upgrade(-7, -1008, c.how); !errors.Is(err, ErrNoChat) {
				t.Errorf("upgrading twice: got %v", err)
			}
		})
	}
}
