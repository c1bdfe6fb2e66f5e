package understand

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"powerdesk/flows/text"
)

// digitRun is a row of digits as it stands in a text, from one byte of it to another.
// What belongs together is divided by spaces, dashes or commas only.
type digitRun struct {
	digits   string
	from, to int
	edge     bool // nothing of the same number stands right before: it may begin here
}

var (
	numeral = regexp.MustCompile(`\d|[零〇○洞一幺壹二两贰三叁四肆五伍六陆七柒拐八捌九玖勾]|[a-z]+|.`)
	gap     = regexp.MustCompile(`^[ \-—–·._()]{0,3}$|^ ?, ?$|^、$`)
	mobile  = regexp.MustCompile(`^1[3-9]\d{9}$`)
)

// digitRuns finds the digits of a plain text, spoken ones too: 幺三九, "double eight",
// 六个零, "six zeros".
func digitRuns(plain string) (runs []digitRun) {
	times, after := 1, 0 // "double", and where the last digit ended
	for _, at := range numeral.FindAllStringIndex(plain, -1) {
		piece := plain[at[0]:at[1]]
		digits := digitsOf(piece)
		many := map[string]int{"double": 2, "triple": 3}[piece]
		switch {
		case many > 0:
			times = many
			if gap.MatchString(plain[after:at[0]]) {
				after = at[1]
			}
			continue
		case manyOf(piece) != "" && len(runs) > 0 && len(runs[len(runs)-1].digits) == 1 && gap.MatchString(plain[after:at[0]]): // "six zeros"
			last := &runs[len(runs)-1]
			last.digits, last.to, after = strings.Repeat(manyOf(piece), int(last.digits[0]-'0')), at[1], at[1]
			continue
		case piece == "个" && len(runs) > 0 && after == at[0] && firstDigit(plain[at[1]:]) != "": // 六个零
			last := &runs[len(runs)-1]
			head, n := last.digits[:len(last.digits)-1], int(last.digits[len(last.digits)-1]-'0')
			last.digits, after = head+strings.Repeat(firstDigit(plain[at[1]:]), max(0, n-1)), at[1]
			continue
		case digits == "":
			continue
		}
		digits = strings.Repeat(digits, times)
		times = 1
		if n := len(runs); n > 0 && after == at[0] && !unicode.IsLetter(rune(piece[0])) {
			runs[n-1].digits += digits
			runs[n-1].to = at[1]
		} else {
			runs = append(runs, digitRun{digits, at[0], at[1], len(runs) == 0 || !gap.MatchString(plain[after:at[0]])})
		}
		after = at[1]
	}
	return runs
}

// manyOf gives the digit of which "zeros" are many.
func manyOf(piece string) string {
	for _, end := range []string{"es", "s"} {
		if one, cut := strings.CutSuffix(piece, end); cut && len(one) > 2 && digitsOf(one) != "" {
			return digitsOf(one)
		}
	}
	return ""
}

func firstDigit(s string) string {
	for _, r := range s {
		return digitsOf(string(r))
	}
	return ""
}

// digitsOf gives the digit that a character or an English word stands for.
func digitsOf(piece string) string {
	first, size := utf8.DecodeRuneInString(piece)
	if d, known := digitOf[first]; known && size == len(piece) {
		return string(rune('0' + d))
	}
	if strings.Trim(piece, "o") == "" { // letters in place of zeros: 139oooo0012
		return strings.Repeat("0", len(piece))
	}
	if n, known := numberWords[piece]; known && n < 10 {
		return string(rune('0' + n))
	}
	return ""
}

// phone is a phone number in a text, and where it stands.
type phone struct {
	number   string
	from, to int
}

// countsOn says whether a text may hold a number of eleven digits.
func countsOn(plain string) bool {
	n := 0
	for _, r := range plain {
		if _, digit := digitOf[r]; digit || r == 'o' {
			n++
		}
	}
	return n > 6 || n > 3 && strings.Contains(plain, "个") || strings.Contains(plain, "one ")
}

// phones finds the mobile numbers of a plain text; a number with a digit too many or
// too few is none.
func phones(plain string) (all []phone) {
	if !countsOn(plain) {
		return nil
	}
	runs := digitRuns(plain)
	for i := 0; i < len(runs); i++ {
		digits := ""
		for j := i; j < len(runs) && (j == i || !runs[j].edge); j++ {
			digits += runs[j].digits
			if len(digits) > 15 {
				break
			}
			d := digits
			for _, code := range []string{"0086", "86"} {
				if len(d) > 11 && runs[i].edge {
					d = strings.TrimPrefix(d, code)
				}
			}
			if mobile.MatchString(d) && (j+1 == len(runs) || runs[j+1].edge || !runsOn(plain, runs[j], runs[j+1])) {
				all = append(all, phone{d, runs[i].from, runs[j].to})
				i = j
				break
			}
		}
	}
	return all
}

// runsOn says whether a row of digits goes on with another, and is no number by itself.
func runsOn(plain string, a, b digitRun) bool {
	between := plain[a.to:b.from]
	return len(b.digits) < 5 && !strings.Contains(between, ",") && !strings.Contains(between, "  ") && between != " "
}

// notThis stands before a number that is not the one to ring.
var notThis = regexp.MustCompile(`(?:不是|别打|不打|旧号|旧的|原来|以前|old|not|instead of|never) ?[^,。.;!?]{0,8}$`)

// phoneSlot fills the number to ring. What is certain beats "no phone"; on the screen
// of the account a number is one of it.
func phoneSlot(w *wording, screen string, slots Slots) {
	number := w.phone()
	if number != "" && (screen != "topup/account" || mobile.MatchString(number)) {
		slots["phone"] = number
	}
}

// phone gives the number to ring, "" when there is none or it is not certain.
func (w *wording) phone() string {
	for _, p := range w.phones {
		if !notThis.MatchString(w.plain[:p.from]) {
			return p.number
		}
	}
	if len(w.phones) == 0 {
		return landline(w.plain)
	}
	return ""
}

var fixed = regexp.MustCompile(`(?:^|[^\d])(0[1-9]\d{1,2}[- ]?\d{7,8})(?:[^\d]|$)`)

func landline(plain string) string {
	if m := fixed.FindStringSubmatch(plain); m != nil {
		return text.Phone(m[1])
	}
	return ""
}
