package text

import (
	_ "embed" // for the table of characters
	"strings"
	"sync"
)

// Simplified gives the simplified form of a traditional Chinese character, and
// any other rune unchanged.
func Simplified(r rune) rune {
	if s, ok := simplifications()[r]; ok {
		return s
	}
	return r
}

// simplifications reads the table once: each traditional character is followed
// by its simplified form.
var simplifications = sync.OnceValue(func() map[rune]rune {
	pairs := []rune(strings.ReplaceAll(traditional, "\n", ""))
	table := make(map[rune]rune, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		table[pairs[i]] = pairs[i+1]
	}
	return table
})

// traditional holds the characters that place names, family names, addresses
// and a talk about electricity are made of. Where several traditional ones
// share a simplified form, all are here: names are compared, never rewritten.
//
//go:embed traditional.txt
var traditional string
