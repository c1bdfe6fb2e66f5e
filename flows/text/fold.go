package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold reduces text to what counts when two writings are compared: letters and
// digits, in lower case, half width, without accents or tone marks, Chinese in
// simplified characters. Spaces, punctuation and emoji are gone, so "Sāng Yuán",
// "ＳＡＮＧＹＵＡＮ" and "sang-yuan!" fold to the same. Fold of a folded text is
// that text. A text with nothing that counts gives "".
func Fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		FoldRune(r, func(f rune) { b.WriteRune(f) })
	}
	return b.String()
}

// FoldRune yields what one rune folds to: nothing, itself, or several runes. It
// looks at no neighbour, so what is found in folded text can be traced back to
// the letters it was written with.
func FoldRune(r rune, yield func(rune)) {
	switch {
	case r < utf8.RuneSelf:
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			yield(unicode.ToLower(r))
		}
	case unicode.Is(unicode.Unified_Ideograph, r):
		yield(Simplified(r))
	default:
		for _, d := range norm.NFKD.String(string(r)) {
			if unicode.IsLetter(d) || unicode.IsNumber(d) {
				yield(Simplified(unicode.ToLower(d)))
			}
		}
	}
}
