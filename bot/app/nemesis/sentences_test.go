package nemesis

import (
	"cmp"
	"html"
	"os"
	"regexp"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"powerdesk/flows/words"
)

// script is every sentence as it stands in the files, blanks and all.
var script = sync.OnceValue(func() map[words.Lang]map[string]any {
	all := make(map[words.Lang]map[string]any)
	for _, l := range words.Langs {
		raw, err := os.ReadFile("../../../flows/words/" + string(l) + ".toml")
		if err != nil {
			panic(err)
		}
		var tree map[string]any
		if err := toml.Unmarshal(raw, &tree); err != nil {
			panic(err)
		}
		all[l] = tree
	}
	return all
})

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	blanks = regexp.MustCompile(`\{\{[^}]*\}\}`)
)

// sentence is what is always said when the sentence is said: the longest piece
// between two blanks. It is found in a text many thousand times a run.
func sentence(l words.Lang, key string) string {
	var node any = script()[l]
	for part := range strings.SplitSeq(key, ".") {
		tree, _ := node.(map[string]any)
		node = tree[part]
	}
	text, ok := node.(string)
	if !ok {
		panic("there are no words " + key)
	}
	text = strings.TrimSpace(html.UnescapeString(tags.ReplaceAllString(text, "")))
	longest := ""
	for _, fixed := range blanks.Split(text, -1) {
		if len(fixed) > len(longest) {
			longest = fixed
		}
	}
	return longest
}

// marks are how sentences are told that have hardly any words of their own.
var marks = map[string]string{"report.job.say": "📋"}

// recogniser names what a text says, in one language.
type recogniser struct{ keys, says []string }

func recognise(l words.Lang, keys ...string) recogniser {
	r := recogniser{keys: keys}
	for _, key := range keys {
		r.says = append(r.says, cmp.Or(marks[key], sentence(l, key)))
	}
	return r
}

// name gives the first key whose sentence the text says, "" for none.
func (r recogniser) name(text string) string {
	for i, says := range r.says {
		if strings.Contains(text, says) {
			return r.keys[i]
		}
	}
	return ""
}

// newsIn finds what a resident is told of a job, in either language.
var newsIn = []recogniser{recognise(words.ZH, news...), recognise(words.EN, news...)}

// plain is a text without its markup.
func plain(text string) string { return html.UnescapeString(tags.ReplaceAllString(text, "")) }
