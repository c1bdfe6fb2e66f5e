package understand

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// wording is a sentence as it was written, in plain characters and in the words of the
// tables. The plain one has a rune for each of the written one, so what is found there
// can be given as it was said.
type wording struct {
	said   []rune
	plain  string
	canon  string
	phones []phone
}

func wordingOf(said string) *wording {
	plain := Plain(said)
	return &wording{said: []rune(said), plain: plain, canon: strings.Join(strings.Fields(canonical(plain)), " "), phones: phones(plain)}
}

// as gives a stretch of the plain text, from one byte to another, as it was said.
func (w *wording) as(from, to int) string {
	start := utf8.RuneCountInString(w.plain[:from])
	end := start + utf8.RuneCountInString(w.plain[from:to])
	if end > len(w.said) {
		return tidied(w.plain[from:to])
	}
	return tidied(string(w.said[start:end]))
}

// blanked is the plain text with spaces for its phone numbers, byte for byte.
func (w *wording) blanked() string {
	b := []byte(w.plain)
	for _, p := range w.phones {
		copy(b[p.from:p.to], strings.Repeat(" ", p.to-p.from))
	}
	return string(b)
}

// marks stand at the edges of what was said and belong to none of it.
const marks = " \t,，.。;；:：!！?？、~+\"“”"

func tidied(s string) string { return strings.Trim(s, marks) }

// clauses gives the stretches between the marks of a plain text.
func clauses(plain string) (all [][2]int) {
	from := 0
	for i, r := range plain + "," {
		if strings.ContainsRune(",.;!?。、\n+", r) {
			if i > from {
				all = append(all, [2]int{from, i})
			}
			from = i + utf8.RuneLen(r)
		}
	}
	return slices.Clip(all)
}
