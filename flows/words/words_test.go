package words_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"powerdesk/flows/words"
)

func TestBothLanguagesSayTheSameThings(t *testing.T) {
	t.Parallel()
	buttons := func(l words.Lang) (keys []string) {
		for _, key := range words.Keys(l) {
			if !strings.HasSuffix(key, "_also") { // one language may need fewer other words
				keys = append(keys, key)
			}
		}
		return keys
	}
	if diff := cmp.Diff(buttons(words.ZH), buttons(words.EN)); diff != "" {
		t.Errorf("keys of zh.toml and en.toml differ (-zh +en):\n%s", diff)
	}
	for _, key := range words.Keys(words.ZH) {
		if diff := cmp.Diff(words.Blanks(words.ZH, key), words.Blanks(words.EN, key)); words.Has(words.EN, key) && diff != "" {
			t.Errorf("blanks of %s differ (-zh +en):\n%s", key, diff)
		}
	}
}

// A person or a thing has one name, whichever screen it stands on: who reads
// 值班长 here and 队长 there looks for two people. What residents type (the lines
// that end in _also) may name them as they like.
func TestOneNameForOneThing(t *testing.T) {
	t.Parallel()
	names := map[words.Lang]map[string][]string{
		words.ZH: {
			"值班长": {"组长", "队长", "领班"}, "队员": {"师傅", "志愿者", "电工"}, "报修单": {"工单", "报修号"},
			"接单": {"认领", "抢单"}, "居民": {"客户"}, "营业厅": {"服务厅"},
		},
		words.EN: {
			"leader": {"supervisor", "foreman"}, "crew": {"technician", "electrician", "worker"},
			"report": {"ticket"}, "hall": {"service centre", "counter"},
		},
	}
	for l, others := range names {
		raw, err := os.ReadFile(string(l) + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(raw), "\n") {
			key, _, isText := strings.Cut(line, " = ")
			if !isText || strings.HasSuffix(key, "_also") {
				continue
			}
			for name, wrong := range others {
				for _, other := range wrong {
					if strings.Contains(strings.ToLower(line), other) {
						t.Errorf("%s.toml:%d says %q for what is called %q everywhere: %s", l, n+1, other, name, line)
					}
				}
			}
		}
	}
}

// Other words are compared as they are typed: an empty one would match nothing
// or everything, one in capitals nothing in a sentence, and one given twice says
// that somebody was not sure.
func TestOtherWordsAreWhole(t *testing.T) {
	t.Parallel()
	for _, l := range words.Langs {
		for _, key := range words.Keys(l) {
			base, ok := strings.CutSuffix(key, "_also")
			if !ok {
				continue
			}
			seen := map[string]bool{}
			for _, word := range words.Also(l, base) {
				switch {
				case word == "" || word != strings.TrimSpace(word):
					t.Errorf("%s of %s has the word %q", key, l, word)
				case strings.HasPrefix(base, "danger.") && word != strings.ToLower(word):
					t.Errorf("%s of %s has %q in capitals", key, l, word)
				case seen[word]:
					t.Errorf("%s of %s has %q twice", key, l, word)
				}
				seen[word] = true
			}
		}
	}
}

func TestSay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		lang words.Lang
		key  string
		args words.Args
		want string
	}{
		{"a sentence without blanks", words.EN, "place.town.pin", nil, "📍 Send my location"},
		{"blanks are escaped", words.EN, "place.pin", words.Args{"Place": "<b>&"}, "Location received: &lt;b&gt;&amp;."},
		{"HTML is put in as it is", words.EN, "place.pin", words.Args{"Place": words.HTML("<b>X</b>")}, "Location received: <b>X</b>."},
		{"an unknown key shows itself", words.EN, "no.such.key", nil, "[no.such.key]"},
		{"an unfilled blank shows the key", words.EN, "place.pin", nil, "[place.pin]"},
		{"a language the desk does not speak is Chinese", "fr", "place.town.pin", nil, "📍 发送我的位置"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := words.Say(tt.lang, tt.key, tt.args); got != tt.want {
				t.Errorf("Say(%q, %q) = %q, want %q", tt.lang, tt.key, got, tt.want)
			}
		})
	}
}

func TestPlainHasNoHTML(t *testing.T) {
	t.Parallel()
	if got, want := words.Plain(words.EN, "place.pin", words.Args{"Place": "A & B"}), "Location received: A & B."; got != want {
		t.Errorf("Plain = %q, want %q", got, want)
	}
}
