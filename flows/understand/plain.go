package understand

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"powerdesk/flows/text"
)

// Plain writes a text as the tables are written: in lower case, half width and
// simplified characters, one rune for each of the text. Dialect, slips of the finger
// and characters that only sound right are put right by canonical.
func Plain(said string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '’' || r == '‘' || r == '`':
			return '\''
		case r == '\u3000' || r == '\u00a0' || r == '\t':
			return ' '
		case r > '\uff00' && r < '\uff5f':
			r -= 0xfee0
		}
		return text.Simplified(unicode.ToLower(r))
	}, said)
}

// canonical writes a plain text in the words of the tables.
func canonical(plain string) string {
	if !hasHan(plain) {
		if han := fromPinyin(plain); han != "" {
			return han
		}
		return rewrite(spelt(plain), tables().sameLatin)
	}
	return bySound(rewrite(plain, tables().sameHan))
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// rewrite replaces what a table says, the longest first: Latin entries as whole words.
func rewrite(s string, same map[string][]pair) string {
	var b strings.Builder
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		hit := false
		for _, p := range same[string(r)] {
			if !strings.HasPrefix(s[at:], p.from) || r < utf8.RuneSelf && !wholeWord(s, at, at+len(p.from)) {
				continue
			}
			b.WriteString(p.to)
			at, hit = at+len(p.from), true
			break
		}
		if !hit {
			b.WriteString(s[at : at+size])
			at += size
		}
	}
	return b.String()
}

// wholeWord says whether no letter stands before or after a stretch of a text that
// has letters at its ends.
func wholeWord(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	last, _ := utf8.DecodeLastRuneInString(s[:to])
	return !text.Latin(before) && (!text.Latin(after) || !text.Latin(last))
}
