package desk_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"powerdesk/flows/desk"
	"powerdesk/flows/talk"
	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// Every step has its question, every answer its button or none, in both
// languages alike.
func TestEveryStepHasItsWords(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	for _, f := range d.Flows() {
		for _, s := range f.Steps {
			for _, l := range words.Langs {
				if key := s.WordsKey(f.Name) + ".say"; words.Has(l, key) == (s.Self || s.Lookup != "") {
					t.Errorf("%s of %s: a step with a screen has it, one without has not", key, l)
				}
			}
		}
	}
}

// On one screen a word means one thing, and nothing that leads back, out, to a
// person or brings people.
func TestWordsMeanOneThing(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	nav := map[string]string{}
	for _, key := range []string{"nav.back", "nav.exit", "nav.person", "nav.come"} {
		for _, word := range said(key) {
			nav[word] = key
		}
	}
	for _, f := range d.Flows() {
		for _, s := range f.Steps {
			mine := map[string]string{}
			for _, a := range s.Answers {
				for _, word := range said(s.WordsKey(f.Name) + "." + a.ID) {
					if other := mine[word]; other != "" && other != a.ID && !apart(s, other, a.ID) {
						t.Errorf("%s/%s: %q is %s and %s", f.Name, s.ID, word, other, a.ID)
					}
					if key := nav[word]; key != "" && f.Name != "menu" && f.Name+"/"+s.ID != "report/job" {
						t.Errorf("%s/%s: %q is %s and %s", f.Name, s.ID, word, a.ID, key)
					}
					mine[word] = a.ID
				}
			}
		}
	}
}

// apart says whether two answers never stand on one screen: both have a
// condition.
func apart(s talk.Step, a, b string) bool {
	conditional := func(id string) bool {
		i := slices.IndexFunc(s.Answers, func(a talk.Answer) bool { return a.ID == id })
		return s.Answers[i].When != nil
	}
	return conditional(a) && conditional(b)
}

// said lists what is understood as a button, folded.
func said(key string) []string {
	var all []string
	for _, l := range words.Langs {
		for _, word := range append(words.Also(l, key), words.Plain(l, key, nil)) {
			if words.Has(l, key) && len(words.Blanks(l, key)) == 0 {
				all = append(all, text.Fold(word))
			}
		}
	}
	return all
}

var literal = regexp.MustCompile(`"([a-z_0-9]+(?:\.[a-z_0-9]+)*\.?(?: [a-z_0-9]+)*)"`)

// Nothing is written that nobody says. A key is used when it stands in the
// program, when it belongs to a step, or when its family ("cause.") and its own
// name both stand there.
func TestNoSentenceIsUnused(t *testing.T) {
	t.Parallel()
	literals := map[string]bool{}
	for _, root := range []string{"..", "../../bot"} {
		err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			raw, err := os.ReadFile(path)
			for _, m := range literal.FindAllStringSubmatch(string(raw), -1) {
				for name := range strings.FieldsSeq(m[1]) { // the classes of a danger stand in one string
					literals[name] = true
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	steps := map[string]bool{}
	for _, f := range desk.New(countyIn(words.ZH)).Flows() {
		for _, s := range f.Steps {
			prefix := s.WordsKey(f.Name)
			steps[prefix+".say"] = true
			for _, a := range s.Answers {
				steps[prefix+"."+a.ID] = true
			}
		}
	}
	used := func(key string) bool {
		family, name := key[:strings.LastIndex(key, ".")+1], key[strings.LastIndex(key, ".")+1:]
		short := key[strings.Index(key, ".")+1:]         // "place_unknown" of "card.place_unknown"
		inner := short[:strings.LastIndex(short, ".")+1] // "need." of "card.need.medical"
		return literals[key] || steps[key] || literals[short] || (literals[family] || inner != "" && literals[inner]) && literals[name]
	}
	for _, key := range words.Keys(words.ZH) {
		base := key
		for _, ending := range []string{"_also", "_aside", "_told", "_call", "_visit"} {
			base = strings.TrimSuffix(base, ending)
		}
		if !used(key) && !used(base) {
			t.Errorf("nothing says %s", key)
		}
	}
}
