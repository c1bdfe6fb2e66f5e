package telegram

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// phoneLimit is the longest number that is kept, in digits: E.164 has 15, and a
// dialled extension may follow.
const phoneLimit = 20

// phone writes a shared number in the form +8613800000000. Telegram leaves the
// plus away, so a number that can be Chinese is taken as Chinese before it is
// taken as international: the desk is in China. A number that is neither keeps
// its digits.
func phone(shared string) string {
	digits := digitsOf(shared)
	for _, try := range []string{digits, "+" + strings.TrimPrefix(digits, "+")} {
		if n, err := phonenumbers.Parse(try, "CN"); err == nil && phonenumbers.IsValidNumber(n) {
			return phonenumbers.Format(n, phonenumbers.E164)
		}
	}
	return digits
}

// digitsOf keeps ASCII digits and a leading plus, at most phoneLimit.
func digitsOf(s string) string {
	var b strings.Builder
	for _, r := range s {
		if '0' <= r && r <= '9' || r == '+' && b.Len() == 0 {
			b.WriteRune(r)
		}
		if b.Len() == phoneLimit {
			break
		}
	}
	return strings.TrimSuffix(b.String(), "+") // alone it is no number
}
