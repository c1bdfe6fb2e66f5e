package demo

import (
	"strconv"
	"testing"
	"time"
)

func TestEditing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.text(t, "-100", "Job 7: open", "reply_markup", `{"inline_keyboard":[[{"text":"Claim","callback_data":"7"}]]}`)
	w.clock.advance(time.Minute)
	edit := func(pairs ...string) answer {
		return w.send(t, "editMessageText", append([]string{"chat_id", "-100", "message_id", strconv.Itoa(id)}, pairs...)...)
	}
	const same = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"
	wantRefusal(t, edit("text", "Job 7: open ", "reply_markup", `{"inline_keyboard":[[{"text":"Claim","callback_data":"7"}]]}`), 400, same)

	var got wireMessage
	edit("text", "<b>Job 7</b>: Li", "parse_mode", "HTML", "reply_markup", `{"inline_keyboard":[[{"text":"Done","callback_data":"7"}]]}`).into(t, &got)
	if got.EditDate != monday.Add(time.Minute).Unix() || got.Date != monday.Unix() || got.Text != "Job 7: Li" {
		t.Errorf("got %+v", got)
	}
	seen := must[Message](t)(w.Message(group, id))
	if seen.HTML != "<b>Job 7</b>: Li" || !seen.Edited || len(seen.Buttons) != 1 || seen.Buttons[0][0].Text != "Done" {
		t.Errorf("got %+v", seen)
	}
	var bare wireMessage
	w.send(t, "editMessageReplyMarkup", "chat_id", "-100", "message_id", strconv.Itoa(id)).into(t, &bare)
	if bare.Markup != nil || bare.Text != "Job 7: Li" {
		t.Errorf("got %+v, want the buttons gone and the text left", bare)
	}
	wantRefusal(t, w.send(t, "editMessageReplyMarkup", "chat_id", "-100", "message_id", strconv.Itoa(id)), 400, same)
	if got := len(w.updates(t)); got != 0 {
		t.Errorf("got %d updates about the bot's own messages, want none", got)
	}
}

func TestWhatCannotBeEdited(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	text := strconv.Itoa(w.text(t, "11", "text"))
	theirs := strconv.Itoa(must[int](t)(w.As(wang).Send(wang, "mine")))
	photo := must[int](t)(w.As(wang).SendPhoto(wang, ""))
	var copied messageID
	w.send(t, "copyMessage", "chat_id", "11", "from_chat_id", "11", "message_id", strconv.Itoa(photo)).into(t, &copied)
	picture := strconv.Itoa(copied.ID)
	for _, c := range []struct {
		name, method, message string
		with                  []string
		want                  string
	}{
		{"no message", "editMessageText", "", []string{"text", "x"}, "Bad Request: message identifier is not specified"},
		{"unknown message", "editMessageText", "999", []string{"text", "x"}, "Bad Request: message to edit not found"},
		{"somebody else's", "editMessageText", theirs, []string{"text", "x"}, "Bad Request: message can't be edited"},
		{"the text of a picture", "editMessageText", picture, []string{"text", "x"}, "Bad Request: there is no text in the message to edit"},
		{"the caption of a text", "editMessageCaption", text, []string{"caption", "x"}, "Bad Request: there is no caption in the message to edit"},
		{"into nothing", "editMessageText", text, []string{"text", ""}, "Bad Request: message text is empty"},
		{"with a reply keyboard", "editMessageText", text, []string{"text", "x", "reply_markup", `{"keyboard":[["a"]]}`}, "Bad Request: inline keyboard expected"},
		{"with broken markup", "editMessageText", text, []string{"text", "<b>", "parse_mode", "HTML"}, `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`},
		{"a caption", "editMessageCaption", picture, []string{"caption", "now with words"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := w.send(t, c.method, append([]string{"chat_id", "11", "message_id", c.message}, c.with...)...)
			if got.Text != c.want {
				t.Errorf("got %q, want %q", got.Text, c.want)
			}
		})
	}
}

func TestDeleting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.AddGroup(Group{ID: -1002, Title: "Plain member", Supergroup: true, Members: map[int64]Status{li: Member}, Bot: Member})
	remove := func(chat string, id int) answer {
		return w.send(t, "deleteMessage", "chat_id", chat, "message_id", strconv.Itoa(id))
	}
	own := w.text(t, "11", "address and phone")
	if got := remove("11", own); !got.OK {
		t.Errorf("got %q", got.Text)
	}
	wantRefusal(t, remove("11", own), 400, "Bad Request: message to delete not found")
	wantRefusal(t, w.send(t, "editMessageText", "chat_id", "11", "message_id", strconv.Itoa(own), "text", "x"), 400, "Bad Request: message to edit not found")
	if m := must[Message](t)(w.Message(wang, own)); !m.Deleted || m.Text != "" {
		t.Errorf("got %+v, want a mark that it was deleted, and none of its text", m)
	}
	if got := len(must[[]Message](t)(w.Messages(wang))); got != 0 {
		t.Errorf("the person still sees %d messages", got)
	}

	theirs := must[int](t)(w.As(li).Send(-1002, "chatter"))
	wantRefusal(t, remove("-1002", theirs), 400, "Bad Request: message can't be deleted")
	if got := remove("-100", must[int](t)(w.As(li).Send(group, "spam"))); !got.OK {
		t.Errorf("as administrator: got %q", got.Text)
	}
	old := w.text(t, "11", "old")
	w.clock.advance(48*time.Hour + time.Second)
	wantRefusal(t, remove("11", old), 400, "Bad Request: message can't be deleted for everyone")
	if got := w.send(t, "editMessageText", "chat_id", "11", "message_id", strconv.Itoa(old), "text", "redacted"); !got.OK {
		t.Errorf("an old message can still be redacted: got %q", got.Text)
	}
}

func TestPinning(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.AddGroup(Group{ID: -1002, Title: "Plain member", Supergroup: true, Members: map[int64]Status{li: Member}, Bot: Member})
	pin := func(chat string, id int) answer {
		return w.send(t, "pinChatMessage", "chat_id", chat, "message_id", strconv.Itoa(id))
	}
	if got := pin("-100", w.text(t, "-100", "promise phone")); !got.OK {
		t.Errorf("got %q", got.Text)
	}
	if got := must[[]Message](t)(w.Messages(group)); got[1].Kind != "service" {
		t.Errorf("got %+v, want the group to see who pinned", got[1])
	}
	wantRefusal(t, pin("-1002", w.text(t, "-1002", "x")), 400, "Bad Request: not enough rights to manage pinned messages in the chat")
	wantRefusal(t, pin("-100", 99), 400, "Bad Request: message to pin not found")
}
