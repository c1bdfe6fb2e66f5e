package text

import (
	"regexp"
	"strconv"
	"strings"
)

// noWhole is what makes a number no whole sum: 49.50 must not be read as 4950.
var noWhole = regexp.MustCompile(`[.．]\s*[\d０-９]|^\s*[-－]`)

// mostYuan is more than any home buys at once at night.
const mostYuan = 5000

// Yuan reads a whole sum of money from 1 to 5000 yuan, "100", "100元" or "¥100", and
// gives its digits. It is false for anything else, and for a sum with a fraction.
func Yuan(text string) (yuan string, ok bool) {
	if noWhole.MatchString(text) {
		return "", false
	}
	digits := strings.Trim(Fold(text), "元块圆钱¥￥rmbyuan")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > mostYuan {
		return "", false
	}
	return strconv.Itoa(n), true
}
