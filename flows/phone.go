package flows

import "strings"

// A Chinese number has 7 digits (a local line) to 11 (a mobile); with country
// code or area code in front at most 15 (E.164).
const shortestPhone, longestPhone = 7, 15

// Phone reads a phone number out of what somebody typed: full-width digits,
// spaces, dashes, +86 and words around it do not matter. It gives the digits,
// or "" when there is no number of a plausible length.
func Phone(text string) string {
	var runs []string
	var run strings.Builder
	for _, r := range Fold(text) + " " {
		if r >= '0' && r <= '9' {
			run.WriteRune(r)
			continue
		}
		runs = append(runs, run.String())
		run.Reset()
	}
	best := ""
	for _, digits := range runs {
		if len(digits) > len(best) {
			best = digits
		}
	}
	if len(best) == 13 && strings.HasPrefix(best, "86") {
		best = best[2:]
	}
	if len(best) < shortestPhone || len(best) > longestPhone {
		return ""
	}
	return best
}
