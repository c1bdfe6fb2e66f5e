package text

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A Chinese number has 7 digits (a local line) to 11 (a mobile); with area code
// or country code in front at most 15 (E.164).
const shortestPhone, longestPhone = 7, 15

// mobile is a Chinese mobile number, also in groups of 3-4-4, also with +86, as
// it stands between other digits: "201 139 0000 0001" holds one.
var mobile = regexp.MustCompile(`(?:^|[^\d]|[^\d](?:\+?86|0086)[- ]?|^(?:\+?86|0086)[- ]?)(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?:[^\d]|$)`)

// line is any other number: groups of digits that belong together.
var line = regexp.MustCompile(`\+?\d(?:[- ()]{0,2}\d)*`)

// Phone reads a phone number out of what somebody typed: full-width digits,
// spaces, dashes, +86 and words around it do not matter. It gives the digits,
// or "" when there is no number of a plausible length. A mobile number is taken
// before any other.
func Phone(text string) string {
	text = norm.NFKC.String(text)
	text = strings.Map(func(r rune) rune {
		switch r {
		case '–', '—', '‑', '‐', '−', '.', '·', '_', '/':
			return '-'
		case '\t', '\u00a0', '\u3000':
			return ' '
		}
		return r
	}, text)
	if m := mobile.FindStringSubmatch(text); m != nil {
		return digits(m[1])
	}
	best := ""
	for _, run := range line.FindAllString(text, -1) {
		if d := digits(run); len(d) > len(best) && len(d) >= shortestPhone && len(d) <= longestPhone {
			best = d
		}
	}
	return best
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
