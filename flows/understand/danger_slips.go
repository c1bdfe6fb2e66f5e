package understand

import (
	"strings"
	"sync"

	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// withoutSlips restores the English words of danger in which a finger slipped: "smok",
// "electrcuted". The table flows/words/heard/slips.tsv lists them, each with the ordinary
// words that are one slip away and stay.
func withoutSlips(plain string) string {
	var b strings.Builder
	from := -1
	end := func(to int) {
		if from >= 0 {
			b.WriteString(meantBy(plain[from:to]))
			from = -1
		}
	}
	for i, r := range plain {
		switch {
		case text.Latin(r):
			if from < 0 {
				from = i
			}
		default:
			end(i)
			b.WriteRune(r)
		}
	}
	end(len(plain))
	return b.String()
}

// shortest is how long a word must be for a slip in it to be looked for.
const shortest = 4

func meantBy(word string) string {
	if len(word) < shortest || dangerWords().latin[word] || slips().ordinary[word] {
		return word
	}
	for _, meant := range slips().words[word[0]] {
		if text.IsTypo([]rune(meant), []rune(word), false) {
			return meant
		}
	}
	return word
}

type slipTable struct {
	words    map[byte][]string // by their first letter: no finger slips there
	ordinary map[string]bool
}

var slips = sync.OnceValue(func() *slipTable {
	t := &slipTable{words: make(map[byte][]string), ordinary: make(map[string]bool)}
	for _, row := range words.Table("slips.tsv") {
		t.words[row[0][0]] = append(t.words[row[0][0]], row[0])
		t.ordinary[row[0]] = true
		for other := range strings.FieldsSeq(row[1]) {
			t.ordinary[other] = true
		}
	}
	return t
})
