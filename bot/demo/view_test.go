package demo

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhatAPersonSees(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.AddGroup(Group{ID: -1002, Title: "Village", Supergroup: true, Members: map[int64]Status{li: Creator}, Bot: Administrator})
	question := must[int](t)(w.As(li).Send(-1002, "<where> is http://e.com/map ?"))
	w.text(t, "-1002", "here", "reply_to_message_id", strconv.Itoa(question))
	w.send(t, "sendVenue", "chat_id", "-1002", "latitude", "37.6", "longitude", "116.3", "title", "Hall", "address", "1 <Main> St")
	w.send(t, "sendContact", "chat_id", "-1002", "phone_number", "95598", "first_name", "Hot", "last_name", "Line")
	w.send(t, "sendLocation", "chat_id", "-1002", "latitude", "37.5", "longitude", "116.5")
	w.send(t, "pinChatMessage", "chat_id", "-1002", "message_id", strconv.Itoa(question))
	try(t, w.As(wang).Join(-1002))
	try(t, w.As(wang).Leave(-1002))
	got := must[[]Message](t)(w.Messages(-1002))
	bot := func(id int, kind string) Message {
		return Message{ID: id, From: w.BotID(), Name: "吴桥供电", Bot: true, Kind: kind, At: monday, Buttons: [][]Button{}}
	}
	with := func(m Message, change func(*Message)) Message {
		change(&m)
		return m
	}
	want := []Message{
		{ID: 1, From: li, Name: "Li", Kind: "text", At: monday, Buttons: [][]Button{}, Text: "<where> is http://e.com/map ?",
			HTML: `&lt;where&gt; is <a href="http://e.com/map">http://e.com/map</a> ?`},
		with(bot(2, "text"), func(m *Message) { m.Text, m.HTML, m.ReplyTo = "here", "here", question }),
		with(bot(3, "location"), func(m *Message) { m.Lat, m.Lon, m.HTML = 37.6, 116.3, "<b>Hall</b>\n1 &lt;Main&gt; St" }),
		with(bot(4, "contact"), func(m *Message) { m.Phone, m.HTML = "95598", "<b>Hot Line</b>" }),
		with(bot(5, "location"), func(m *Message) { m.Lat, m.Lon = 37.5, 116.5 }),
		with(bot(6, "service"), func(m *Message) { m.Text = "吴桥供电 置顶了一条消息 · pinned a message"; m.HTML = m.Text }),
		{ID: 7, From: wang, Name: "王 大爷", Kind: "service", At: monday, Buttons: [][]Button{}, Text: "王 大爷 进群了 · joined", HTML: "王 大爷 进群了 · joined"},
		{ID: 8, From: wang, Name: "王 大爷", Kind: "service", At: monday, Buttons: [][]Button{}, Text: "王 大爷 退群了 · left", HTML: "王 大爷 退群了 · left"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
}
