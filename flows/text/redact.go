package text

import (
	"regexp"
	"strings"
)

// digitRun finds digits in one row or in groups, with whatever a phone's keyboard
// puts between groups.
var digitRun = regexp.MustCompile(`\d+(?:[-\s\x{a0}\x{2002}-\x{2015}\x{3000}\x{ff0d}_]+\d+)*`)

// redacted is what stands in place of a card's number.
const redacted = "[****]"

// RedactCards takes the numbers of bank cards out of a text before anything of it is
// stored or passed on (PRODUCT R8): nobody was asked for one, and nobody may read
// it. Phones, account and meter numbers stay. It says whether there was one.
func RedactCards(text string) (string, bool) {
	plain := strings.Map(func(r rune) rune {
		if '０' <= r && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, text)
	found := false
	out := digitRun.ReplaceAllStringFunc(plain, func(run string) string {
		var kept []string
		for groups := strings.FieldsFunc(run, func(r rune) bool { return r < '0' || r > '9' }); len(groups) > 0; {
			n := cardOf(groups)
			if n == 0 {
				kept, groups = append(kept, groups[0]), groups[1:]
				continue
			}
			found = true
			kept, groups = append(kept, redacted), groups[n:]
		}
		return strings.Join(kept, " ")
	})
	if !found {
		return text, false
	}
	return out, true
}

// cardOf says how many of the groups, from the first on, are a card's number: one
// row, or three groups and more; 0 = they begin with none.
func cardOf(groups []string) int {
	for n := min(len(groups), 5); n > 0; n-- {
		if n != 2 && bankCard(strings.Join(groups[:n], "")) {
			return n
		}
	}
	return 0
}

// bankCard says whether digits are those of a bank card: with the check digit
// that all cards have (Luhn, ISO/IEC 7812-1), or mistyped, but as China's begin.
func bankCard(digits string) bool {
	if len(digits) < 15 || len(digits) > 19 {
		return false
	}
	sum := 0
	for i := range digits {
		n := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0 || strings.HasPrefix(digits, "62") && len(digits) >= 16
}
