// Package words holds every sentence the desk says, in Chinese and English, and
// nothing else. Flows ask for a sentence by key; whoever changes how the desk
// talks edits zh.toml and en.toml and no code. It never decides what is said.
//
// A key is "<flow>.<step>.<part>": "say" is the question, an answer's id is the
// label of its button, and "<id>_also" lists what people type instead of
// pressing it, divided by "|". go-i18n keeps the names id, description, hash,
// leftDelim, rightDelim, zero, one, two, few, many and other for itself: no
// sentence may have one of them.
package words

import (
	"embed"
	"fmt"
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

//go:embed *.toml
var files embed.FS

// sentence is one of a language.
type sentence struct {
	text   string                                  // as it stands in the file
	blanks []string                                // in order, each once
	form   func() (template.ParsedTemplate, error) // made with the first use; nil: there is nothing to fill in
}

// book is both languages, read once. The files are part of the program and
// proved by a test, so a fault in them is a fault of the build. Whoever asks names
// one of the two, so go-i18n need not find out for each sentence which is the nearest.
var book = sync.OnceValue(func() map[Lang]map[string]sentence {
	all := make(map[Lang]map[string]sentence)
	for _, l := range Langs {
		raw, err := files.ReadFile(string(l) + ".toml")
		if err != nil {
			panic(fmt.Sprintf("words: %v", err))
		}
		messages, err := i18n.ParseMessageBytes(raw, toml.Unmarshal)
		if err != nil {
			panic(fmt.Sprintf("words: %v", err))
		}
		all[l] = make(map[string]sentence, len(messages))
		for _, m := range messages {
			all[l][m.ID] = newSentence(m.Other)
		}
	}
	return all
})

func newSentence(text string) sentence {
	s := sentence{text: text}
	if !strings.Contains(text, "{{") {
		return s
	}
	for _, m := range blank.FindAllStringSubmatch(text, -1) {
		s.blanks = append(s.blanks, m[1])
	}
	slices.Sort(s.blanks)
	s.blanks = slices.Compact(s.blanks)
	s.form = sync.OnceValues(func() (template.ParsedTemplate, error) { return parser.Parse(text, "", "") })
	return s
}

// parser refuses a sentence whose blank nobody fills, instead of printing
// "<no value>" to a resident.
var parser = &template.TextParser{Option: "missingkey=error"}

// Say gives the sentence in Telegram's HTML, its blanks filled and escaped. An
// unknown key or an unfilled blank gives the key in brackets: wrong to look at,
// but the talk goes on; a test over every key keeps it from happening.
func Say(l Lang, key string, args Args) string {
	s, ok := book()[known(l)][key]
	if ok && s.form == nil {
		return s.text
	}
	if ok {
		if text, err := s.fill(args); err == nil {
			return text
		}
	}
	return "[" + key + "]"
}

// fill fills the blanks in.
func (s sentence) fill(args Args) (string, error) {
	form, err := s.form()
	if err != nil {
		return "", err
	}
	filled := make(map[string]any, len(args))
	for name, value := range args {
		switch v := value.(type) {
		case HTML:
			filled[name] = string(v)
		case string:
			filled[name] = html.EscapeString(v)
		default:
			filled[name] = html.EscapeString(fmt.Sprint(v))
		}
	}
	return form.Execute(filled)
}

// Escape makes foreign text safe inside Telegram's HTML.
func Escape(s string) string { return html.EscapeString(s) }

// Plain is Say for where Telegram takes no HTML: button labels and toasts.
func Plain(l Lang, key string, args Args) string {
	return html.UnescapeString(Say(l, key, args))
}

// Also lists what people type instead of pressing the button key.
func Also(l Lang, key string) []string {
	s, ok := book()[known(l)][key+"_also"]
	if !ok {
		return nil
	}
	return strings.Split(s.text, "|")
}

// Has says whether the language has the key.
func Has(l Lang, key string) bool {
	_, ok := book()[known(l)][key]
	return ok
}

// Keys lists every key of the language in order.
func Keys(l Lang) []string { return slices.Sorted(maps.Keys(book()[known(l)])) }

// Blanks lists the blanks of a sentence in order, each once.
func Blanks(l Lang, key string) []string { return book()[known(l)][key].blanks }

var blank = regexp.MustCompile(`{{\.(\w+)}}`)

// known is the language itself, or Chinese for one the desk does not speak.
func known(l Lang) Lang {
	if slices.Contains(Langs, l) {
		return l
	}
	return ZH
}
