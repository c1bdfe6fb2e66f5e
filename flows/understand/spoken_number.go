package understand

import (
	"strconv"
	"strings"
)

// digitOf are the characters that people write for one digit of a number.
var digitOf = func() map[rune]int {
	all := make(map[rune]int)
	for d, written := range []string{"0零〇○洞", "1一幺壹", "2二两贰俩", "3三叁仨", "4四肆", "5五伍", "6六陆", "7七柒拐", "8八捌", "9九玖勾"} {
		for _, r := range written {
			all[r] = d
		}
	}
	return all
}()

// numberWords are English words for numbers.
var numberWords = map[string]int{
	"zero": 0, "oh": 0, "nought": 0, "naught": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

// spokenNumber reads a number of the kind 50, 一百二, 五十一, "two hundred and fifty".
func spokenNumber(s string) (n int, ok bool) {
	s = strings.TrimSpace(s)
	if n, err := strconv.Atoi(s); err == nil {
		return n, true
	}
	if hasHan(s) {
		return hanNumber(s)
	}
	part := 0
	for word := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == '-' }) {
		w, known := numberWords[word]
		switch {
		case known:
			part += w
		case word == "a":
			part = 1
		case word == "hundred":
			part = max(1, part) * 100
		case word == "thousand":
			n, part = n+max(1, part)*1000, 0
		case word != "and":
			return 0, false
		}
		ok = true
	}
	return n + part, ok
}

// hanNumber reads 五十一, 两百三 or, digit by digit, 五一.
func hanNumber(s string) (n int, ok bool) {
	last, unit, row := -1, 1, 0
	for _, r := range s {
		d, known := digitOf[r]
		u := map[rune]int{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000}[r]
		switch {
		case known:
			last, row = d, row*10+d
		case u > 0:
			if last < 0 {
				last = 1
			}
			n, last, unit = n+last*u, -1, u
		default:
			return 0, false
		}
		ok = true
	}
	switch {
	case unit == 1:
		return row, ok
	case last > 0 && unit > 10 && !strings.ContainsRune(s, '零'):
		return n + last*unit/10, ok // 一百二 is 120
	}
	return n + max(0, last), ok
}
