package telegram

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// The people and groups of testdata.
const (
	resident  = 5012345678
	volunteer = 6098765432
	ourBot    = 7001112223
	dutyGroup = -1001000000001
	hallGroup = -1001000000002
	headGroup = -1001000000003
	lookalike = -1009999999999
)

var china = time.FixedZone("CST", 8*60*60)

// testNow is thirty seconds after the date of every message of testdata.
var testNow = time.Date(2026, 11, 23, 20, 0, 0, 0, china)

func testEnv() Env {
	return Env{
		Me:    Self{ID: ourBot, Username: "PowerdeskBot"},
		Chats: flows.Chats{Duty: dutyGroup, Hall: hallGroup, Leader: headGroup},
		Zone:  china,
		Now:   testNow,
		Token: "0123456789abcdef",
	}
}

func fixture(t testing.TB, dir, name string) json.RawMessage {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", dir, name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// fixtures lists the names of the files in testdata/dir.
func fixtures(t testing.TB, dir string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", dir, "*.json"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no fixtures in %s: %v", dir, err)
	}
	for i, path := range paths {
		paths[i] = strings.TrimSuffix(filepath.Base(path), ".json")
	}
	return paths
}

var (
	wang = flows.Person{ID: resident, Name: "建国 王", Lang: words.ZH}
	ming = flows.Person{ID: volunteer, Name: "Li Ming", Lang: words.EN}
)

// private is what a message of the resident gives, group what one of the
// volunteer gives in a group; the rest is filled in by the case.
func private(e flows.Event) *Update {
	e.Chat = flows.Chat{ID: resident, Kind: flows.Private}
	if e.From.ID == 0 {
		e.From = wang
	}
	return &Update{Event: e}
}

func group(id int64, kind flows.ChatKind, title string, e flows.Event) *Update {
	e.Chat = flows.Chat{ID: id, Kind: kind}
	if e.From.ID == 0 {
		e.From = ming
	}
	return &Update{Event: e, Title: title}
}

func duty(e flows.Event) *Update { return group(dutyGroup, flows.Duty, "吴桥抢修值班群", e) }

// alien is a foreign group that has taken the name of ours.
func alien(e flows.Event) *Update { return group(lookalike, flows.Foreign, "吴桥抢修值班群", e) }

func attach(kind flows.MediaKind, id string) *Update {
	return private(flows.Event{Kind: flows.Attach, Media: flows.Attachment{Kind: kind, FileID: id}})
}

func written(text string) *Update { return private(flows.Event{Kind: flows.Text, Text: text}) }

func pressed(b flows.Button) flows.Event {
	return flows.Event{Kind: flows.Press, Press: b, Callback: "21508960001234567", At: testNow}
}

// decodings says what becomes of each file of testdata/update; nil is nothing.
// A zero At stands for the message's own date.
var decodings = map[string]*Update{
	"text":                       written("家里没电了，老人在家\n三里庄"),
	"text_full_width":            written("１２３ Ａ栋"),
	"text_forwarded_command":     written("/cancel"),
	"text_forwarded_old_api":     written("/cancel"),
	"text_reply_with_quote":      written("还是没电"),
	"text_blank":                 written(""),
	"text_rtl_override":          written("abcgnp.exex ok"),
	"text_zalgo":                 written("h\u0301\u0302i"),
	"text_unnumbered":            written("单号 - 谢谢"),
	"text_lone_surrogate":        written("没\uFFFD电了\uFFFD"),
	"text_emoji_family":          written("一家 👨\u200d👩\u200d👧 都在"),
	"text_from_yesterday":        private(flows.Event{Kind: flows.Text, Text: "没电", At: testNow.Add(-23 * time.Hour)}),
	"text_too_old":               private(flows.Event{Kind: flows.Text, Text: "没电", At: testNow}),
	"text_from_the_future":       private(flows.Event{Kind: flows.Text, Text: "没电", At: testNow}),
	"text_date_zero":             private(flows.Event{Kind: flows.Text, Text: "没电", At: testNow}),
	"text_year_2106":             private(flows.Event{Kind: flows.Text, Text: "没电", At: testNow}),
	"text_duty_group":            duty(flows.Event{Kind: flows.Text, Text: "收到"}),
	"text_hall_group":            group(hallGroup, flows.Hall, "营业厅", flows.Event{Kind: flows.Text, Text: "好的"}),
	"text_leader_group":          group(headGroup, flows.Leader, "班长", flows.Event{Kind: flows.Text, Text: "好的"}),
	"text_lookalike_group":       alien(flows.Event{Kind: flows.Text, Text: "大家好"}),
	"name_only_invisible":        private(flows.Event{Kind: flows.Text, Text: "没电", From: flows.Person{ID: resident, Name: "#5678", Lang: words.ZH}}),
	"name_long_with_newline":     private(flows.Event{Kind: flows.Text, Text: "没电", From: flows.Person{ID: resident, Name: strings.Repeat("王", 32), Lang: words.ZH}}),
	"language_traditional":       written("沒電"),
	"language_english":           {Event: flows.Event{Kind: flows.Text, Text: "no light", Chat: flows.Chat{ID: volunteer, Kind: flows.Private}, From: ming}},
	"language_missing":           private(flows.Event{Kind: flows.Text, Text: "没电", From: flows.Person{ID: resident, Name: "王", Lang: words.ZH}}),
	"command":                    private(flows.Event{Kind: flows.Command, Command: "report"}),
	"command_start_payload":      private(flows.Event{Kind: flows.Command, Command: "start", Text: "place_sanlizhuang-3"}),
	"command_for_us":             duty(flows.Event{Kind: flows.Command, Command: "open", Text: "3"}),
	"command_for_another_bot":    nil,
	"command_forged_entity":      written("/🙂"),
	"command_not_at_start":       written("发 /start 试试"),
	"command_house_number":       written("/12号楼"),
	"photo":                      private(flows.Event{Kind: flows.Attach, Text: "电表 <b>E4</b>", Media: flows.Attachment{Kind: flows.Photo, FileID: "AgACAgUAAxk_x", Note: "电表 <b>E4</b>"}}),
	"photo_album":                private(flows.Event{Kind: flows.Attach, Media: flows.Attachment{Kind: flows.Photo, FileID: "AgACAgUAAxk_a1", Album: "13579246801234567"}}),
	"photo_without_sizes":        private(flows.Event{Kind: flows.Other}),
	"voice":                      attach(flows.Voice, "AwACAgUAAxk_v"),
	"video":                      attach(flows.Video, "BAACAgUAAxk_v"),
	"video_note":                 attach(flows.Video, "video_note:DQACAgUAAxk_n"),
	"animation":                  attach(flows.Video, "animation:CgACAgUAAxk_g"),
	"document":                   attach(flows.Document, "BQACAgUAAxk_d"),
	"file_id_forged":             private(flows.Event{Kind: flows.Other}),
	"location":                   private(flows.Event{Kind: flows.Pinned, Pin: flows.Pin{Lat: 37.627661, Lon: 116.391489}}),
	"venue":                      private(flows.Event{Kind: flows.Pinned, Pin: flows.Pin{Lat: 37.627661, Lon: 116.391489}}),
	"location_off_the_earth":     private(flows.Event{Kind: flows.Other}),
	"contact_own":                private(flows.Event{Kind: flows.Contact, Phone: "+8613812345678"}),
	"contact_foreign":            private(flows.Event{Kind: flows.Contact, Phone: "+8613887654321", Foreign: true}),
	"contact_without_user":       private(flows.Event{Kind: flows.Contact, Phone: "031772712348", Foreign: true}),
	"contact_unreadable":         private(flows.Event{Kind: flows.Contact, Phone: "1234"}),
	"contact_abroad":             private(flows.Event{Kind: flows.Contact, Phone: "+447911123456"}),
	"sticker":                    private(flows.Event{Kind: flows.Other}),
	"dice":                       private(flows.Event{Kind: flows.Other}),
	"poll":                       private(flows.Event{Kind: flows.Other}),
	"something_new":              private(flows.Event{Kind: flows.Other}),
	"sticker_in_group":           nil,
	"edited":                     private(flows.Event{Kind: flows.Edited}),
	"edited_in_group":            nil,
	"edited_live_location":       nil,
	"press":                      duty(pressed(flows.Button{Job: "1123-07", Action: "claim"})),
	"press_inaccessible_message": duty(pressed(flows.Button{Job: "1123-07", Action: "claim"})),
	"press_on_forwarded_card":    alien(pressed(flows.Button{Job: "1123-07", Action: "claim"})),
	"press_garbage":              duty(pressed(flows.Button{})),
	"press_unnumbered":           duty(pressed(flows.Button{})),
	"press_game":                 duty(pressed(flows.Button{})),
	"press_inline_message":       nil,
	"added_to_group":             alien(flows.Event{Kind: flows.Added}),
	"added_by_anonymous":         {Event: flows.Event{Kind: flows.Added, Chat: flows.Chat{ID: lookalike, Kind: flows.Foreign}}, Title: "吴桥抢修值班群"},
	"added_to_channel":           group(-1005550000000, flows.Foreign, "新闻", flows.Event{Kind: flows.Added}),
	"promoted":                   nil,
	"removed_from_duty_group":    duty(flows.Event{Kind: flows.Departed, From: flows.Person{ID: ourBot, Name: "PowerdeskBot", Lang: words.ZH}}),
	"blocked":                    private(flows.Event{Kind: flows.Blocked}),
	"unblocked":                  private(flows.Event{Kind: flows.Blocked, Text: "no"}),
	"member_left":                duty(flows.Event{Kind: flows.Departed}),
	"member_kicked":              duty(flows.Event{Kind: flows.Departed}),
	"member_restricted_out":      duty(flows.Event{Kind: flows.Departed}),
	"member_muted":               nil,
	"member_joined":              nil,
	"member_left_hall":           nil,
	"member_bot_left":            nil,
	"service_left":               duty(flows.Event{Kind: flows.Departed}),
	"service_bot_left":           nil,
	"service_joined":             nil,
	"service_pinned":             nil,
	"service_pinned_by_person":   nil,
	"migrated_old_side": {
		Event:    flows.Event{Chat: flows.Chat{ID: -4001234567, Kind: flows.Foreign}},
		Title:    "吴桥抢修值班群",
		Migrated: Migration{Old: -4001234567, New: -1001000000009},
	},
	"migrated_new_side": {
		Event:    flows.Event{Chat: flows.Chat{ID: -1001000000009, Kind: flows.Foreign}},
		Title:    "吴桥抢修值班群",
		Migrated: Migration{Old: -4001234567, New: -1001000000009},
	},
	"channel_post":          nil,
	"from_bot":              nil,
	"from_anonymous_admin":  nil,
	"from_channel_identity": nil,
	"from_linked_channel":   nil,
	"from_nobody":           nil,
	"from_negative_id":      nil,
	"chat_missing":          nil,
	"chat_zero":             nil,
	"unknown_kind":          nil,
	"empty":                 nil,
}

func TestDecodeTellsTheFlowsWhatHappened(t *testing.T) {
	t.Parallel()
	names := fixtures(t, "update")
	if len(names) != len(decodings) {
		t.Errorf("%d files and %d expectations", len(names), len(decodings))
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, expected := decodings[name]
			if !expected {
				t.Fatal("the file has no expectation")
			}
			got, ok, err := Decode(fixture(t, "update", name), testEnv())
			if err != nil {
				t.Fatal(err)
			}
			if ok != (want != nil) {
				t.Fatalf("the desk is told = %v, want %v: %+v", ok, want != nil, got)
			}
			if want == nil {
				return
			}
			full := *want
			full.ID, full.Event.ID, full.Event.Token = got.ID, got.Event.ID, testEnv().Token
			if full.Event.At.IsZero() {
				full.Event.At = testNow.Add(-30 * time.Second)
			}
			if diff := cmp.Diff(full, got); diff != "" {
				t.Errorf("update (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDecodeNamesTheEventAfterTheUpdate(t *testing.T) {
	t.Parallel()
	got, _, err := Decode(json.RawMessage(`{"update_id":900000101,"message":{"chat":{"id":7},"from":{"id":7},"text":"x"}}`), testEnv())
	if err != nil || got.ID != 900000101 || got.Event.ID != "u900000101" {
		t.Errorf("got %d %q %v, want 900000101 u900000101", got.ID, got.Event.ID, err)
	}
}

func TestDecodeGivesTimeInTheDesksZone(t *testing.T) {
	t.Parallel()
	got, _, err := Decode(fixture(t, "update", "text"), testEnv())
	if err != nil {
		t.Fatal(err)
	}
	if at := got.Event.At.Format("2006-01-02 15:04:05 -0700"); at != "2026-11-23 19:59:30 +0800" {
		t.Errorf("at %s", at)
	}
	env := testEnv()
	env.Zone = nil
	if got, _, _ = Decode(fixture(t, "update", "text"), env); got.Event.At.Location() != time.UTC {
		t.Errorf("without a zone: %v, want UTC", got.Event.At.Location())
	}
}

// A desk whose groups are not set yet must not take a group for its own, and
// least of all a private chat.
func TestDecodeServesNoGroupBeforeOneIsSet(t *testing.T) {
	t.Parallel()
	env := testEnv()
	env.Chats = flows.Chats{}
	got, _, err := Decode(fixture(t, "update", "text_duty_group"), env)
	if err != nil || got.Event.Chat.Kind != flows.Foreign {
		t.Errorf("kind %q, want foreign: %v", got.Event.Chat.Kind, err)
	}
	env.Chats = flows.Chats{Duty: resident}
	got, _, err = Decode(fixture(t, "update", "text"), env)
	if err != nil || got.Event.Chat.Kind != flows.Private {
		t.Errorf("a private chat with the duty group's id: kind %q, want private: %v", got.Event.Chat.Kind, err)
	}
}

func TestDecodeRefusesPoisonWithoutShowingIt(t *testing.T) {
	t.Parallel()
	ids := map[string]int{"wrong_type_text": 900000201, "wrong_type_phone": 900000202}
	for _, name := range fixtures(t, "poison") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok, err := Decode(fixture(t, "poison", name), testEnv())
			if err == nil || ok {
				t.Fatalf("taken: %+v", got)
			}
			if got.ID != ids[name] {
				t.Errorf("id %d, want %d", got.ID, ids[name])
			}
			for _, secret := range []string{"王建", "13812345678"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("the error shows %q: %v", secret, err)
				}
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	for _, dir := range []string{"update", "poison"} {
		for _, name := range fixtures(f, dir) {
			f.Add([]byte(fixture(f, dir, name)))
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, ok, err := Decode(raw, testEnv())
		if !ok {
			return
		}
		if err != nil || got.ID <= 0 || got.Event.Chat.ID == 0 && got.Migrated == (Migration{}) {
			t.Fatalf("told the desk of %+v, %v", got, err)
		}
		e := got.Event
		checkClean(t, e.Text, textLimit)
		checkClean(t, e.From.Name, nameLimit)
		checkClean(t, got.Title, titleLimit)
		if e.From.ID != 0 && e.From.Name == "" {
			t.Errorf("a person without a name: %+v", e.From)
		}
		if e.At.After(testNow) || e.At.Before(testNow.Add(-24*time.Hour)) {
			t.Errorf("at %v", e.At)
		}
		if strings.Trim(e.Phone, "+0123456789") != "" {
			t.Errorf("phone %q", e.Phone)
		}
		if text, err := json.Marshal(got); err != nil || bytes.Contains(text, []byte(flows.Unnumbered)) {
			t.Errorf("the desk's own mark came in: %s %v", text, err)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	for _, name := range []string{"text", "photo", "press", "contact_own"} {
		raw, env := fixture(b, "update", name), testEnv()
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := Decode(raw, env); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
