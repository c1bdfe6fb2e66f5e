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
	"golang.org/x/text/language"
)

//go:embed *.toml
var files embed.FS

// book is both languages, read once. The files are part of the program and
// proved by a test, so a fault in them is a fault of the build.
var book = sync.OnceValue(func() map[Lang]*i18n.Localizer {
	bundle := i18n.NewBundle(language.Chinese)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	localizers := make(map[Lang]*i18n.Localizer)
	for _, l := range Langs {
		if _, err := bundle.LoadMessageFileFS(files, string(l)+".toml"); err != nil {
			panic(fmt.Sprintf("words: %v", err))
		}
	}
	for _, l := range Langs {
		localizers[l] = i18n.NewLocalizer(bundle, string(l))
	}
	return localizers
})

// sentences is every sentence of each language as it stands in the files, for
// what has no blanks: nearly all labels, and every word that is understood.
var sentences = sync.OnceValue(func() map[Lang]map[string]string {
	all := make(map[Lang]map[string]string)
	for _, l := range Langs {
		raw, err := files.ReadFile(string(l) + ".toml")
		if err != nil {
			panic(fmt.Sprintf("words: %v", err))
		}
		var tree map[string]any
		if err := toml.Unmarshal(raw, &tree); err != nil {
			panic(fmt.Sprintf("words: %v", err))
		}
		all[l] = make(map[string]string)
		flatten(all[l], "", tree)
	}
	return all
})

func flatten(into map[string]string, prefix string, tree map[string]any) {
	for name, node := range tree {
		switch node := node.(type) {
		case map[string]any:
			flatten(into, prefix+name+".", node)
		case string:
			into[prefix+name] = node
		default:
			panic(fmt.Sprintf("words: %s%s is not a sentence", prefix, name))
		}
	}
}

// parser refuses a sentence whose blank nobody fills, instead of printing
// "<no value>" to a resident.
var parser = &template.TextParser{Option: "missingkey=error"}

// Say gives the sentence in Telegram's HTML, its blanks filled and escaped. An
// unknown key or an unfilled blank gives the key in brackets: wrong to look at,
// but the talk goes on; a test over every key keeps it from happening.
func Say(l Lang, key string, args Args) string {
	if text, ok := sentences()[known(l)][key]; ok && !strings.Contains(text, "{{") {
		return text
	}
	filled := make(map[string]any, len(args))
	for name, value := range args {
		if safe, ok := value.(HTML); ok {
			filled[name] = string(safe)
			continue
		}
		filled[name] = html.EscapeString(fmt.Sprint(value))
	}
	text, err := book()[known(l)].Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: filled, TemplateParser: parser})
	if err != nil {
		return "[" + key + "]"
	}
	return text
}

// Escape makes foreign text safe inside Telegram's HTML.
func Escape(s string) string { return html.EscapeString(s) }

// Plain is Say for where Telegram takes no HTML: button labels and toasts.
func Plain(l Lang, key string, args Args) string {
	return html.UnescapeString(Say(l, key, args))
}

// Also lists what people type instead of pressing the button key.
func Also(l Lang, key string) []string {
	text, ok := sentences()[known(l)][key+"_also"]
	if !ok {
		return nil
	}
	return strings.Split(text, "|")
}

// Has says whether the language has the key.
func Has(l Lang, key string) bool {
	_, ok := sentences()[known(l)][key]
	return ok
}

// Keys lists every key of the language in order.
func Keys(l Lang) []string { return slices.Sorted(maps.Keys(sentences()[known(l)])) }

// Blanks lists the blanks of a sentence in order, each once.
func Blanks(l Lang, key string) []string {
	var all []string
	for _, m := range blank.FindAllStringSubmatch(sentences()[known(l)][key], -1) {
		all = append(all, m[1])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

var blank = regexp.MustCompile(`{{\.(\w+)}}`)

// known is the language itself, or Chinese for one the desk does not speak.
func known(l Lang) Lang {
	if slices.Contains(Langs, l) {
		return l
	}
	return ZH
}
