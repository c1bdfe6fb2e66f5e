package telegram

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

var update = flag.Bool("update", false, "rewrite testdata/outgoing.txt")

const outgoingFile = "testdata/outgoing.txt"

var claimButton = [][]talk.Inline{{
	{Text: "✋ 我去", Data: talk.Button{Job: "1123-07", Action: "claim"}.Data()},
	{Text: "地图", URL: "https://example.org/?q=1&z=2"},
}}

// outgoing are the Says whose calls stand in testdata/outgoing.txt.
var outgoing = []struct {
	name string
	out  Outgoing
}{
	{"a question with the keys of its answers", Outgoing{Say: talk.Say{
		Chat: resident, Text: "<b>现在家里有危险吗？</b>\n1 没有 &lt;2&gt; 有", Class: talk.AnswerClass,
		Keys: [][]talk.Key{{{Text: "1 没有"}, {Text: "2 有"}}, {{Text: "📱 我的电话", Contact: true}, {Text: "📍 我的位置", Location: true}}},
	}}},
	{"a statement without keys", hello()},
	{"a statement as plain text", Outgoing{Say: talk.Say{Chat: resident, Text: "<b>1 &lt; 2</b>"}, Plain: true}},
	{"a card for the group", Outgoing{Say: talk.Say{Chat: dutyGroup, Slot: "job/1123-07", Text: "🔴 <b>1123-07</b>", Buttons: claimButton, Class: talk.CardClass}}},
	{"the card again, edited", Outgoing{Message: 88, Say: talk.Say{Chat: dutyGroup, Slot: "job/1123-07", Text: "🟡 <b>1123-07</b>", Buttons: claimButton, Class: talk.EditClass}}},
	{"the card at last, without buttons", Outgoing{Message: 88, Say: talk.Say{Chat: dutyGroup, Slot: "job/1123-07", Text: "✅ 1123-07"}}},
	{"an edit takes no keys", Outgoing{Message: 88, Say: talk.Say{Chat: resident, Text: "x", Keys: [][]talk.Key{{{Text: "a"}}}}}},
	{"an edit as plain text", Outgoing{Message: 88, Plain: true, Say: talk.Say{Chat: dutyGroup, Text: "<i>x</i>"}}},
	{"details that cannot be forwarded", Outgoing{Say: talk.Say{Chat: volunteer, Text: "☎ 138…", Protect: true}}},
	{"a photo with a caption", withMedia(job.Photo, "AgACAgUAAxk", "电表 <i>E4</i>")},
	{"a photo without words", withMedia(job.Photo, "AgACAgUAAxk", "")},
	{"a voice message", withMedia(job.Voice, "AwACAgUAAxk", "来自住户")},
	{"a video", withMedia(job.Video, "BAACAgUAAxk", "来自住户")},
	{"an animation", withMedia(job.Video, "animation:CgACAgUAAxk", "来自住户")},
	{"a video note with words: two calls, the buttons below", Outgoing{Say: talk.Say{
		Chat: volunteer, Text: "来自住户", Buttons: claimButton,
		Media: job.Attachment{Kind: job.Video, FileID: "video_note:DQACAgUAAxk"},
	}}},
	{"a video note without words", withMedia(job.Video, "video_note:DQACAgUAAxk", "")},
	{"a document", withMedia(job.Document, "BQACAgUAAxk", "来自住户")},
	{"the caption of a photo, edited", Outgoing{Message: 88, Say: withMedia(job.Photo, "AgACAgUAAxk", "new").Say}},
	{"a map pin", Outgoing{Say: talk.Say{Chat: volunteer, Text: "not used", Pin: county.Pin{Lat: 37.627661, Lon: -0.5}, Protect: true}}},
	{"a map pin in a used slot is sent anew", Outgoing{Message: 88, Say: talk.Say{Chat: volunteer, Pin: county.Pin{Lat: 37.6, Lon: 116.4}}}},
}

func withMedia(kind job.MediaKind, id, text string) Outgoing {
	return Outgoing{Say: talk.Say{Chat: volunteer, Text: text, Media: job.Attachment{Kind: kind, FileID: id, Note: "not used"}}}
}

func TestWhatIsSaidIsCalledLikeThis(t *testing.T) {
	t.Parallel()
	var got strings.Builder
	for _, o := range outgoing {
		fmt.Fprintf(&got, "# %s\n", o.name)
		for _, r := range encode(o.out) {
			fmt.Fprintf(&got, "%s\n", r.method)
			for _, name := range slices.Sorted(maps.Keys(r.params)) {
				fmt.Fprintf(&got, "    %s = %s\n", name, strings.ReplaceAll(r.params[name], "\n", `\n`))
			}
		}
		got.WriteString("\n")
	}
	if *update {
		if err := os.WriteFile(outgoingFile, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(outgoingFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

func TestTextIsCutToWhatTelegramTakes(t *testing.T) {
	t.Parallel()
	long := "<b>" + strings.Repeat("电&amp;", 5000) + "</b>"
	for _, test := range []struct {
		name, field string
		out         Outgoing
		limit       int
	}{
		{"message", "text", Outgoing{Say: talk.Say{Chat: 1, Text: long}}, 4096},
		{"plain message", "text", Outgoing{Say: talk.Say{Chat: 1, Text: long}, Plain: true}, 4096},
		{"edit", "text", Outgoing{Say: talk.Say{Chat: 1, Text: long}, Message: 5}, 4096},
		{"caption", "caption", withMedia(job.Photo, "A", long), 1024},
		{"edited caption", "caption", Outgoing{Say: withMedia(job.Photo, "A", long).Say, Message: 5}, 1024},
	} {
		text := encode(test.out)[0].params[test.field]
		if !test.out.Plain {
			text = checkHTML(t, text)
		}
		if n := utf8.RuneCountInString(text); n != test.limit || !strings.HasSuffix(text, "…") {
			t.Errorf("%s: %d code points, want %d and an ellipsis", test.name, n, test.limit)
		}
	}
}

func TestInvalidBytesDoNotCostTheMessage(t *testing.T) {
	t.Parallel()
	if got := encode(Outgoing{Say: talk.Say{Chat: 1, Text: "a\xffb"}})[0].params["text"]; got != "a\uFFFDb" {
		t.Errorf("text %q", got)
	}
}

// far is a Bot API that keeps the last call of each method.
func far(t *testing.T, answer func(w http.ResponseWriter, method string)) (*Client, map[string]url.Values) {
	t.Helper()
	calls := map[string]url.Values{}
	server := serve(t, func(w http.ResponseWriter, r *http.Request, method string) {
		calls[method] = r.PostForm
		answer(w, method)
	})
	return connect(t, server.URL, nil), calls
}

func TestSendGivesTheMessagesId(t *testing.T) {
	t.Parallel()
	c, calls := far(t, func(w http.ResponseWriter, method string) {
		switch method {
		case "editMessageText":
			succeed(w, true)
		case "sendVideoNote":
			succeed(w, map[string]any{"message_id": 91})
		default:
			succeed(w, map[string]any{"message_id": 90, "chat": map[string]any{"id": resident}})
		}
	})
	for name, test := range map[string]struct {
		out  Outgoing
		want int
	}{
		"new":        {hello(), 90},
		"edited":     {Outgoing{Say: hello().Say, Message: 5}, 5},
		"pin anew":   {Outgoing{Say: talk.Say{Chat: 1, Pin: county.Pin{Lat: 1}}, Message: 5}, 90},
		"video note": {withMedia(job.Video, "video_note:D", "words"), 91},
	} {
		if got, err := c.Send(within(t), test.out); err != nil || got != test.want {
			t.Errorf("%s: message %d, %v, want %d", name, got, err, test.want)
		}
	}
	want := url.Values{"chat_id": {"5012345678"}, "text": {"已收到"}, "parse_mode": {"HTML"}, "link_preview_options": {noPreview}, "message_id": {"5"}}
	if diff := cmp.Diff(want, calls["editMessageText"]); diff != "" {
		t.Errorf("on the wire (-want +got):\n%s", diff)
	}
}

func TestAFailedEditKeepsItsMessagesId(t *testing.T) {
	t.Parallel()
	c, _ := far(t, func(w http.ResponseWriter, _ string) { refuse(w, 400, "Bad Request: message is not modified", nil) })
	id, err := c.Send(within(t), Outgoing{Say: hello().Say, Message: 5})
	if e, ok := errors.AsType[*Error](err); id != 5 || !ok || e.Class != Done {
		t.Errorf("message %d, %v, want 5 and a Done", id, err)
	}
}

func TestAFirstHalfThatFailsIsNotFollowed(t *testing.T) {
	t.Parallel()
	c, calls := far(t, func(w http.ResponseWriter, _ string) { refuse(w, 403, "Forbidden: bot was blocked by the user", nil) })
	if _, err := c.Send(within(t), withMedia(job.Video, "video_note:D", "words")); err == nil {
		t.Error("no error")
	}
	if _, sent := calls["sendVideoNote"]; sent {
		t.Error("the video note was sent without its words")
	}
}

func BenchmarkEncode(b *testing.B) {
	for _, i := range []int{0, 3, 9} {
		o := outgoing[i]
		b.Run(strings.ReplaceAll(o.name, " ", "-"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				encode(o.out)
			}
		})
	}
	long := Outgoing{Say: talk.Say{Chat: 1, Text: "<b>" + strings.Repeat("电&amp;", 5000) + "</b>"}}
	b.Run("cut", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			encode(long)
		}
	})
}
