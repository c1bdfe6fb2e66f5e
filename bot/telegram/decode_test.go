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

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
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
		Chats: county.Chats{Duty: dutyGroup, Hall: hallGroup, Leader: headGroup},
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
}

// A desk whose groups are not set yet must not take a group for its own, and
// least of all a private chat.
func TestDecodeServesNoGroupBeforeOneIsSet(t *testing.T) {
	t.Parallel()
	env := testEnv()
	env.Chats = county.Chats{}
	got, _, err := Decode(fixture(t, "update", "text_duty_group"), env)
	if err != nil || got.Event.Chat.Kind != talk.Foreign {
		t.Errorf("kind %q, want foreign: %v", got.Event.Chat.Kind, err)
	}
	env.Chats = county.Chats{Duty: resident}
	got, _, err = Decode(fixture(t, "update", "text"), env)
	if err != nil || got.Event.Chat.Kind != talk.Private {
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
		if e.From.ID != 0 && e.From.Name == "" {
			t.Errorf("a person without a name: %+v", e.From)
		}
		if e.At.After(testNow) || e.At.Before(testNow.Add(-24*time.Hour)) {
			t.Errorf("at %v", e.At)
		}
		if strings.Trim(e.Phone, "+0123456789") != "" {
			t.Errorf("phone %q", e.Phone)
		}
		if text, err := json.Marshal(got); err != nil || bytes.Contains(text, []byte(job.Unnumbered)) {
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
