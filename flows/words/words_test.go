package words_test

import (
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
