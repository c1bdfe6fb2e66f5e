package understand

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// The words of danger stand in flows/words/heard/danger.tsv, how they combine in
// danger_signs.tsv beside it: a word or a combination joins there and no code.

// A sign is one way in which people name a danger: a word of every class, near
// each other in one clause, in any order: a line and that it is down, somebody and
// that electricity hit them.
type sign struct {
	kind    string
	classes []string
}

// dangerRules are the two tables, read once.
type dangerRules struct {
	terms               map[rune][]term // the words of all classes by the letter they begin with
	alarms, asks, means []sign          // in the order of the table
	latin               map[string]bool // the single Latin words among the terms
}

// term is a word of a class. A Latin one stands for every word that begins with
// it when it is a stem.
type term struct {
	phrase, class string
	second        rune // of the phrase, 0 if it has only one
	stem          bool
}

// at finds the term at a byte of a text.
func (m term) at(said string, from int) (text.Stretch, bool) {
	return text.StandsAt(said, m.phrase, from, m.stem)
}

var dangerWords = sync.OnceValue(func() *dangerRules {
	d := &dangerRules{terms: make(map[rune][]term), latin: make(map[string]bool)}
	for _, row := range words.Table("danger.tsv") {
		for _, cell := range row[1:3] {
			for written := range strings.SplitSeq(cell, "|") {
				for _, phrase := range spelledOut(written) {
					d.add(row[0], phrase)
				}
			}
		}
	}
	for _, row := range words.Table("danger_signs.tsv") {
		g := sign{row[0], strings.Fields(row[2])}
		switch row[1] {
		case "alarm":
			d.alarms = append(d.alarms, g)
		case "ask":
			d.asks = append(d.asks, g)
		case "nothing":
			d.means = append(d.means, g)
		default:
			panic(fmt.Sprintf("words: heard/danger_signs.tsv: %q is no way to answer a sign", row[1]))
		}
	}
	return d
})

func (d *dangerRules) add(class, phrase string) {
	if phrase == "" {
		return
	}
	phrase, stem := strings.CutSuffix(phrase, "*")
	first, size := utf8.DecodeRuneInString(phrase)
	second := rune(0)
	if size < len(phrase) {
		second, _ = utf8.DecodeRuneInString(phrase[size:])
	}
	d.terms[first] = append(d.terms[first], term{phrase, class, second, stem})
	if first < utf8.RuneSelf && !strings.Contains(phrase, " ") {
		d.latin[phrase] = true
	}
}

// spelledOut writes a word of the table once for every character of its brackets:
// [被让]电[了着] is 被电了, 被电着, 让电了 and 让电着.
func spelledOut(written string) []string {
	before, rest, some := strings.Cut(written, "[")
	if !some {
		return []string{written}
	}
	set, after, _ := strings.Cut(rest, "]")
	var all []string
	for _, tail := range spelledOut(after) {
		for _, one := range set {
			all = append(all, before+string(one)+tail)
		}
	}
	return slices.Clip(all)
}
