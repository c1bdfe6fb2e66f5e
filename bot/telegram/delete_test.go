package telegram

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

const (
	tooOld   = "Bad Request: message can't be deleted for everyone"
	notFound = "Bad Request: message to delete not found"
)

func TestAMessageIsTakenAway(t *testing.T) {
	t.Parallel()
	words := talk.Say{Chat: volunteer, Slot: "s", Text: "taken back", Delete: true}
	photo := words
	photo.Media = job.Attachment{Kind: job.Photo, FileID: "AgAC"}
	bare := talk.Say{Chat: volunteer, Slot: "s", Delete: true}
	wordless := photo
	wordless.Text = ""
	pin := bare
	pin.Pin = county.Pin{Lat: 37.6, Lon: 116.4}
	for _, test := range []struct {
		name    string
		say     talk.Say
		message int
		answers map[string]string // by method, what Telegram refuses with
		want    []string          // the calls
		class   Class
		warns   bool
	}{
		{"that was never sent", words, 0, nil, nil, "", false},
		{"that is there", words, 88, nil, []string{"deleteMessage"}, "", false},
		{"that is gone already", words, 88, map[string]string{"deleteMessage": notFound}, []string{"deleteMessage"}, Done, false},
		{"that Telegram keeps for a reason of tomorrow", words, 88, map[string]string{"deleteMessage": "Bad Request: not today"}, []string{"deleteMessage"}, Refused, false},
		{"too old: its words go", words, 88, map[string]string{"deleteMessage": tooOld}, []string{"deleteMessage", "editMessageText taken back"}, "", false},
		{"too old: its caption is replaced", photo, 88, map[string]string{"deleteMessage": tooOld}, []string{"deleteMessage", "editMessageCaption taken back"}, "", false},
		{"too old: its caption goes", wordless, 88, map[string]string{"deleteMessage": tooOld}, []string{"deleteMessage", "editMessageCaption "}, "", false},
		{"too old, with nothing to say instead", bare, 88, map[string]string{"deleteMessage": tooOld}, []string{"deleteMessage"}, "", true},
		{"too old, a map pin", pin, 88, map[string]string{"deleteMessage": tooOld}, []string{"deleteMessage"}, "", true},
		{
			"too old and emptied before", words, 88,
			map[string]string{"deleteMessage": tooOld, "editMessageText": "Bad Request: message is not modified"},
			[]string{"deleteMessage", "editMessageText taken back"}, "", false,
		},
		{
			"too old and not to be edited", words, 88,
			map[string]string{"deleteMessage": tooOld, "editMessageText": "Bad Request: message can't be edited"},
			[]string{"deleteMessage", "editMessageText taken back"}, "", true,
		},
		{
			"too old, and the words are refused", words, 88,
			map[string]string{"deleteMessage": tooOld, "editMessageText": "Bad Request: can't parse entities"},
			[]string{"deleteMessage", "editMessageText taken back"}, Bug, false,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var calls []string
			server := serve(t, func(w http.ResponseWriter, r *http.Request, method string) {
				if strings.HasPrefix(method, "edit") {
					calls = append(calls, method+" "+r.PostForm.Get("text")+r.PostForm.Get("caption"))
				} else {
					calls = append(calls, method)
				}
				if r.PostForm.Get("message_id") != "88" || r.PostForm.Get("chat_id") != "6098765432" {
					t.Errorf("%s about %v", method, r.PostForm)
				}
				if says := test.answers[method]; says != "" {
					refuse(w, 400, says, nil)
					return
				}
				succeed(w, true)
			})
			log := &logbook{}
			c := connect(t, server.URL, func(o *Options) { o.Logger = log.logger() })
			id, err := c.Send(within(t), Outgoing{Say: test.say, Message: test.message})
			var class Class
			if e, ok := errors.AsType[*Error](err); ok {
				class = e.Class
			}
			if class != test.class || err == nil && id != 0 {
				t.Errorf("message %d, error %v, want none and class %q", id, err, test.class)
			}
			if diff := cmp.Diff(test.want, calls); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
			if warns := strings.Contains(log.String(), "a message stays"); warns != test.warns {
				t.Errorf("warned: %t, want %t\n%s", warns, test.warns, log)
			}
		})
	}
}

// The id of everything that a slot can hold is known afterwards, or it could not
// be taken away.
func TestWhateverIsSentCanBeTakenAwayLater(t *testing.T) {
	t.Parallel()
	for name, say := range map[string]talk.Say{
		"words":   {Chat: volunteer, Slot: "s", Text: "x"},
		"a photo": {Chat: volunteer, Slot: "s", Media: job.Attachment{Kind: job.Photo, FileID: "A"}},
		"a voice": {Chat: volunteer, Slot: "s", Media: job.Attachment{Kind: job.Voice, FileID: "A"}},
		"a pin":   {Chat: volunteer, Slot: "s", Pin: county.Pin{Lat: 1, Lon: 1}},
	} {
		c, _ := far(t, func(w http.ResponseWriter, _ string) { succeed(w, map[string]any{"message_id": 901}) })
		if id, err := c.Send(within(t), Outgoing{Say: say}); id != 901 || err != nil {
			t.Errorf("%s: message %d, error %v", name, id, err)
		}
	}
}

func TestANewPinComesInPlaceOfTheOldOne(t *testing.T) {
	t.Parallel()
	for what, refusal := range map[string]string{"there": "", "gone already": notFound, "too old": tooOld} {
		var calls []string
		c, _ := far(t, func(w http.ResponseWriter, method string) {
			calls = append(calls, method)
			if method == "deleteMessage" && refusal != "" {
				refuse(w, 400, refusal, nil)
				return
			}
			succeed(w, map[string]any{"message_id": 901})
		})
		id, err := c.Send(within(t), Outgoing{Message: 88, Say: talk.Say{Chat: volunteer, Slot: "s", Pin: county.Pin{Lat: 1, Lon: 1}}})
		if id != 901 || err != nil || !slices.Equal(calls, []string{"deleteMessage", "sendLocation"}) {
			t.Errorf("the old pin is %s: message %d, error %v, calls %v", what, id, err, calls)
		}
	}
}
