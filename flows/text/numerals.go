package text

import (
	"slices"
	"strconv"
	"strings"
)

// What people write for the number of a button besides 1, 2, 3.
var (
	digitsZH = strings.Split("零一二三四五六七八九", "")
	numbers  = []string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	ordinals = []string{"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}

	beforeNumber = []string{"第", "选", "按", "number", "option", "no"}
	afterNumber  = []string{"个", "项", "条", "种"}
)

// Number reads the number of a button, counted from 1: "2", "２", "②", "2.", "二", "第二个",
// "十一", "two", "second". It is 0 for anything else.
func Number(text string) int {
	folded := strings.TrimPrefix(Fold(text), "the")
	for _, p := range beforeNumber {
		if rest, ok := strings.CutPrefix(folded, p); ok && rest != "" {
			folded = rest
			break
		}
	}
	for _, p := range afterNumber {
		folded = strings.TrimSuffix(folded, p)
	}
	if n, err := strconv.Atoi(folded); err == nil {
		return n
	}
	if rest := strings.TrimSuffix(folded, "one"); rest != "" { // "the second one"
		folded = rest
	}
	for _, list := range [][]string{numbers, ordinals} {
		if n := slices.Index(list, folded); n > 0 {
			return n
		}
	}
	return numberZH(strings.ReplaceAll(folded, "两", "二"))
}

// numberZH reads 一 to 九十九.
func numberZH(folded string) int {
	tens, ones, found := strings.Cut(folded, "十")
	if !found {
		return max(0, slices.Index(digitsZH, folded))
	}
	n := 10
	if tens != "" {
		n = 10 * slices.Index(digitsZH, tens)
	}
	if ones != "" {
		one := slices.Index(digitsZH, ones)
		if one < 1 {
			return 0
		}
		n += one
	}
	return max(0, n)
}

// Digits writes a number that is in Chinese, 十二 or 三零二, as 12 or 302. What is no
// such number stays as it is.
func Digits(text string) string {
	han := strings.NewReplacer("两", "二", "〇", "零").Replace(text)
	if n := numberZH(han); n > 0 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range han {
		d := slices.Index(digitsZH, string(r))
		if d < 0 {
			return text
		}
		b.WriteString(strconv.Itoa(d))
	}
	return b.String()
}
