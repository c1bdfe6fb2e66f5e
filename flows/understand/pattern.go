package understand

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// A pattern is how a table of flows/words/heard writes what a sentence may look like:
// phrases with … between them, where up to a dozen characters, or half a dozen words, of
// the same clause may stand; (a|b) where either may stand, (a|) where it may be left out.
// Words of Latin letters are whole words; one that ends in * is the beginning of any.
// <name> stands for the words of a class of classes.tsv.
type pattern struct{ re *regexp.Regexp }

// What … may stand for.
const (
	gapHan   = `[^,，。.;；!！?？\n]{0,12}?`
	gapLatin = `(?:[^,;.!?\n ]* ){0,6}?[^,;.!?\n ]*?`
)

var reference = regexp.MustCompile(`<(\w+)>`)

func compile(written string, classes map[string]string) (pattern, error) {
	written = reference.ReplaceAllStringFunc(written, func(name string) string {
		return "(" + classes[name[1:len(name)-1]] + ")"
	})
	var b strings.Builder
	han := hasHan(written)
	gap := gapLatin
	if han {
		gap = gapHan
	}
	for _, part := range splitKeeping(written) {
		switch {
		case part == "…":
			b.WriteString(gap)
		case part == "(":
			b.WriteString("(?:")
		case part == ")" || part == "|" || part == "^" || part == "$":
			b.WriteString(part)
		case part[0] < utf8.RuneSelf && letters(part):
			stem := strings.HasSuffix(part, "*")
			b.WriteString(`\b` + regexp.QuoteMeta(strings.TrimSuffix(part, "*")))
			if stem {
				b.WriteString(`[a-z']*`)
			}
			b.WriteString(`\b`)
		default:
			b.WriteString(regexp.QuoteMeta(part))
		}
	}
	re, err := regexp.Compile(b.String())
	return pattern{re}, err
}

// splitKeeping takes a pattern apart at its signs, and keeps them.
func splitKeeping(written string) (parts []string) {
	from := 0
	for i, r := range written {
		if strings.ContainsRune("…()|^$", r) {
			if i > from {
				parts = append(parts, written[from:i])
			}
			parts = append(parts, string(r))
			from = i + utf8.RuneLen(r)
		}
	}
	if from < len(written) {
		parts = append(parts, written[from:])
	}
	return parts
}

func letters(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r < utf8.RuneSelf && (r >= 'a' && r <= 'z') })
}
