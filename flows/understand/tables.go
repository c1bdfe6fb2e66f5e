package understand

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"

	"powerdesk/flows/words"
)

// pair is one entry of a table of what is the same.
type pair struct{ from, to string }

// tableSet are the tables of flows/words/heard, read once.
type tableSet struct {
	sameHan, sameLatin map[string][]pair // by their first letter, the longest first
	bySound            map[string]string // the phrase that a row of sounds means
	spelt              map[string]string // the same, by how it is typed in Latin letters
	ordinary           map[string]bool   // what sounds like one of them and is a word of its own
}

// examples are the labelled sentences that the model learns from. Of the slots only
// those that answer the question on the screen make a label.
func examples() (all []example) {
	for _, row := range words.Table("examples.tsv") {
		e := example{screen: row[0], said: row[1], intent: Intent(row[2])}
		if e.intent == Answer {
			e.answer = choiceOf(e.screen, row[3])
		}
		all = append(all, e)
	}
	return append(all, idleAnywhere(all)...)
}

// share is how many of the sentences that mean nothing here are learned at each question:
// one in so many.
const share = 8

// idleAnywhere gives the questions their part of what is no answer anywhere: small talk.
func idleAnywhere(all []example) (more []example) {
	var idle []example
	screens := make(map[string]bool)
	for _, e := range all {
		if e.intent == Smalltalk || e.intent == NotUnderstandable {
			idle = append(idle, e)
		}
		if strings.Contains(e.screen, "/") {
			screens[e.screen] = true
		}
	}
	for n, screen := range slices.Sorted(maps.Keys(screens)) {
		for i := n % share; i < len(idle); i += share {
			e := idle[i]
			e.screen = screen
			more = append(more, e)
		}
	}
	return more
}

// choiceOf gives the slot of a row that is a choice of the screen's question.
func choiceOf(screen, slots string) string {
	_, id, _ := strings.Cut(screen, "/")
	for slot := range strings.SplitSeq(slots, ";") {
		key, value, _ := strings.Cut(slot, "=")
		if slices.Contains(choices[id], key) && (fixedValues[key] == nil || slices.Contains(fixedValues[key], value)) {
			return slot
		}
	}
	return ""
}

// fixedValues are those that make a label of a slot which holds words or numbers besides.
var fixedValues = map[string][]string{
	"phone": {"none"}, "onsite": {"me", "anyone"}, "place": {"home"}, "meter": {"请购电", "拉闸", "过载", "blank", "0", "yellow", "low", "cut", "load", "words", "err"},
}

// choices are the slots that answer a question with one of a few values.
var choices = map[string][]string{
	"household": {"household"}, "neighbours": {"neighbours"}, "flicker": {"flicker"}, "switch": {"switch"}, "reset": {"reset"}, "push": {"reset"},
	"part": {"reset"}, "branches": {"branches"}, "planned_hit": {"planned", "neighbours"}, "remote": {"paid"}, "channel": {"paid_by"}, "paid": {"paid_by"},
	"when": {"paid_when"}, "now": {"now"}, "risk": {"risk"}, "light_card": {"card"}, "place": {"place", "for"}, "town": {"for"}, "shows": {"meter"}, "onsite": {"onsite"},
	"summary": {"phone"}, "phone": {"phone"}, "danger_phone": {"phone"},
}

var tables = sync.OnceValue(func() *tableSet {
	t := &tableSet{
		sameHan: make(map[string][]pair), sameLatin: make(map[string][]pair),
		bySound: make(map[string]string), spelt: make(map[string]string), ordinary: make(map[string]bool),
	}
	for _, row := range words.Table("same.tsv") {
		into := t.sameLatin
		if hasHan(row[0]) {
			into = t.sameHan
		}
		first, _ := utf8.DecodeRuneInString(row[0])
		into[string(first)] = append(into[string(first)], pair{row[0], row[1]})
	}
	for _, into := range []map[string][]pair{t.sameHan, t.sameLatin} {
		for _, all := range into {
			slices.SortFunc(all, func(a, b pair) int {
				return cmp.Or(cmp.Compare(len(b.from), len(a.from)), cmp.Compare(a.from, b.from))
			})
		}
	}
	for _, row := range words.Table("sounds.tsv") {
		phrase := row[0]
		t.bySound[sounds(phrase)] = phrase
		t.spelt[strings.Join(pinyin.LazyPinyin(phrase, pinyin.NewArgs()), "")] = phrase
		t.ordinary[phrase] = true
		for _, other := range strings.Fields(row[1]) {
			t.ordinary[other] = true
		}
	}
	for _, filler := range []string{"了", "吗", "没", "有", "我", "家", "啊", "的", "都", "呢", "不", "能", "快", "来"} {
		t.spelt[strings.Join(pinyin.LazyPinyin(filler, pinyin.NewArgs()), "")] = filler
	}
	return t
})
