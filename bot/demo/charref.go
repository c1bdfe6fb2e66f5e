package demo

import (
	"regexp"
	"strconv"
)

var (
	charRef    = regexp.MustCompile(`^&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?`)
	namedChars = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "quot": '"'}
)

// decodeEntity reads &lt; &gt; &amp; &quot; and numeric entities; the semicolon may be missing. Size 0 means that there is none.
func decodeEntity(s string) (r rune, size int) {
	m := charRef.FindStringSubmatch(s)
	switch {
	case m == nil:
		return 0, 0
	case m[1] != "":
		r = decodeNumber(m[1], 16)
	case m[2] != "":
		r = decodeNumber(m[2], 10)
	default:
		r = namedChars[m[3]]
	}
	if r == 0 {
		return 0, 0
	}
	return r, len(m[0])
}

func decodeNumber(digits string, base int) rune {
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n >= 0x10ffff || len(digits) >= 10 {
		return 0
	}
	return rune(n)
}
