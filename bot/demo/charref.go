package demo

import (
	"strconv"
	"strings"
)

var namedChars = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "quot": '"'}

// decodeEntity reads &lt; &gt; &amp; &quot; and numeric entities; the semicolon may be missing. Size 0 means that there is none.
func decodeEntity(s string) (r rune, size int) {
	if len(s) < 2 || s[0] != '&' {
		return 0, 0
	}
	end := 1
	if s[1] == '#' {
		r, end = decodeNumber(s)
	} else {
		for end < len(s) && (s[end] >= 'a' && s[end] <= 'z' || s[end] >= 'A' && s[end] <= 'Z') {
			end++
		}
		r = namedChars[s[1:end]]
	}
	if r == 0 {
		return 0, 0
	}
	if end < len(s) && s[end] == ';' {
		end++
	}
	return r, end
}

func decodeNumber(s string) (rune, int) {
	base, from, digits := 10, 2, "0123456789"
	if len(s) > 2 && s[2] == 'x' {
		base, from, digits = 16, 3, digits+"abcdefABCDEF"
	}
	end := from
	for end < len(s) && strings.IndexByte(digits, s[end]) >= 0 {
		end++
	}
	n, err := strconv.ParseUint(s[from:end], base, 32)
	if err != nil || n == 0 || n >= 0x10ffff || end-from >= 10 {
		return 0, 0
	}
	return rune(n), end
}
