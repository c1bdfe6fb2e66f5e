package understand

import (
	"strings"
	"sync"

	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// spelt puts right the English words in which a finger slipped: one that no example has,
// and that is one slip away from a word that many have. Short words are left alone:
// too many of them are a slip away from each other.
func spelt(plain string) string {
	return eachWord(plain, func(word string) string {
		v := vocabulary()
		if len(word) < longEnough || v.times[word] > 0 {
			return word
		}
		for _, meant := range v.frequent[word[0]] {
			if text.IsTypo([]rune(meant), []rune(word), false) {
				return meant
			}
		}
		return word
	})
}

// What is long enough to be told from other words, and how often a word must stand in
// the examples to be what was meant.
const (
	longEnough = 6
	often      = 5
)

// eachWord replaces every word of Latin letters.
func eachWord(s string, by func(string) string) string {
	var b strings.Builder
	from := -1
	for i, r := range s + " " {
		if text.Latin(r) {
			if from < 0 {
				from = i
			}
			continue
		}
		if from >= 0 {
			b.WriteString(by(s[from:i]))
			from = -1
		}
		if i < len(s) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// gibberish says whether a text of Latin letters has no word that anybody knows.
func gibberish(said string) bool {
	if hasHan(said) || strings.ContainsFunc(said, func(r rune) bool { return r > 0x250 }) || fromPinyin(Plain(said)) != "" {
		return false
	}
	known := false
	eachWord(spelt(Plain(said)), func(word string) string {
		known = known || vocabulary().times[word] > 0
		return word
	})
	return !known
}

// wordList are the English words of the examples.
type wordList struct {
	times    map[string]int
	frequent map[byte][]string // by their first letter: no finger slips there
}

var vocabulary = sync.OnceValue(func() *wordList {
	v := &wordList{times: make(map[string]int), frequent: make(map[byte][]string)}
	for _, row := range words.Table("examples.tsv") {
		eachWord(Plain(row[1]), func(word string) string {
			v.times[word]++
			if v.times[word] == often && word[0] < 0x80 {
				v.frequent[word[0]] = append(v.frequent[word[0]], word)
			}
			return word
		})
	}
	return v
})
