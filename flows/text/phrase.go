package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Stretch is a part of a text, in bytes: From inclusive, To exclusive.
type Stretch struct{ From, To int }

// Occurrences finds every place where a phrase stands in a text, both in lower
// case: a Latin one as whole words, a Chinese one anywhere, also with small words
// between its characters, as 电线也掉了 holds 电线掉.
func Occurrences(text, phrase string) (all []Stretch) {
	if phrase == "" {
		return nil
	}
	first, _ := utf8.DecodeRuneInString(phrase)
	for from, r := range text {
		if r != first {
			continue
		}
		if at, ok := StandsAt(text, phrase, from, false); ok {
			all = append(all, at)
		}
	}
	return all
}

// StandsAt says whether a phrase stands at a byte of a text, and how far it goes. A
// stem goes to the end of its word.
func StandsAt(text, phrase string, from int, stem bool) (Stretch, bool) {
	size, ok := matched(text[from:], phrase)
	if !ok {
		return Stretch{}, false
	}
	at := Stretch{from, from + size}
	if phrase[0] >= utf8.RuneSelf {
		return at, true
	}
	after := text[at.To:]
	rest := len(after) - len(strings.TrimLeftFunc(after, Latin))
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	at.To += rest
	return at, !Latin(before) && (stem || rest == 0)
}

// smallWords may stand between the characters of a Chinese phrase.
const smallWords = "也都又还就正刚全在"

// SmallWord says whether a character may stand between those of a Chinese phrase.
func SmallWord(r rune) bool { return strings.ContainsRune(smallWords, r) }

// matched says how much of the text's beginning is the phrase.
func matched(text, phrase string) (size int, ok bool) {
	if phrase[0] < utf8.RuneSelf {
		return len(phrase), strings.HasPrefix(text, phrase)
	}
	rest := phrase
	for i, r := range text {
		want, width := utf8.DecodeRuneInString(rest)
		switch {
		case r == want:
			if rest = rest[width:]; rest == "" {
				return i + width, true
			}
		case rest == phrase || !SmallWord(r):
			return 0, false
		}
	}
	return 0, false
}

// Holds says whether the text contains the phrase: Latin words as whole words,
// Chinese ones anywhere.
func Holds(text, phrase string) bool {
	return len(Occurrences(strings.ToLower(text), strings.ToLower(phrase))) > 0
}

// Latin says whether a rune is a letter of a Latin alphabet.
func Latin(r rune) bool { return r < 0x250 && unicode.IsLetter(r) }
