package understand

import (
	"regexp"
	"strconv"
	"strings"
)

const (
	sumZH = `(\d{1,4}|[一二两三四五六七八九十百千俩壹贰叁肆伍陆柒捌玖拾佰]{1,5})`
	sumEN = `(\d{1,4}|(?:(?:a|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|and)(?:[ -]|\b))+)`
)

var (
	paidSum = []*regexp.Regexp{
		regexp.MustCompile(`(?:充|交|缴|续|存|打|买|付)(?:了|的|上|个|值|的?电|的?电费|进去|着|过|他)*` + sumZH + `(?:块|元|圆|塊|钱|$|[^\p{Han}\d个号点天次度回遍])`),
		regexp.MustCompile(`(?:充|交|缴|买)[^,。]{0,6}?` + sumZH + `(?:块|元|圆|塊)`),
		regexp.MustCompile(`\b(?:put|top(?:ped)?(?: it)?(?: up)?|add(?:ed)?|pay|paid|recharged?|buy|bought|load(?:ed)?)(?: with| of| for| me| another| about| up)* (?:rmb|yuan|¥)? ?` + sumEN + `(?: ?(?:yuan|rmb|kuai|on\b|via\b|to\b|by\b|through\b|worth|please|credit)|$|[,.])`),
		regexp.MustCompile(`\b(?:paid|pay|put|top|topped|added|add|buy|bought|recharged|sent|my|of)\b[^,.]*?\b` + sumEN + ` ?(?:yuan|rmb|kuai)\b`),
	}
	bareSum   = regexp.MustCompile(`(?:^|[^\d])` + sumZH + `(?:块|元|圆|塊|$|[^\d])`)
	bareSumEN = regexp.MustCompile(`\b` + sumEN)
	homes     = regexp.MustCompile(`(?:^|[^第\d一二三四五六七八九十])(\d{1,3}|[一二两三四五六七八九十百]{1,4})(?:多|来)?户|\b(\d{1,3}) (?:homes|houses|families|households|flats)\b`)
)

// times are how often something happened, or how many things broke.
var times = []*regexp.Regexp{
	regexp.MustCompile(`(\d{1,2}|[二两三四五六七八九十]{1,2})遍`),
	regexp.MustCompile(`坏[^ ,]{0,2}(\d|[两三四五])个`),
	regexp.MustCompile(`\b(second|third|fourth|fifth|sixth) time\b|\b(?:tripped|off|out|went) (twice)\b`),
}

// counted says whether a text holds a number at all.
var counted = regexp.MustCompile(`[\d一二两三四五六七八九十百千俩壹贰叁肆伍陆柒捌玖拾佰]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|second|third|fourth|fifth|sixth|twice)\b`)

// amountSlots fills the sum that was paid or is to be, and how many homes are dark.
func amountSlots(w *wording, screen string, slots Slots) {
	blank := w.blanked()
	if !counted.MatchString(blank) {
		return
	}
	all := paidSum
	if screen == "topup/wanted" && len(strings.Fields(blank)) < 5 {
		all = append(all[:len(all):len(all)], bareSum, bareSumEN)
	}
	for _, re := range all {
		m := re.FindStringSubmatch(blank)
		if m == nil {
			continue
		}
		if n, ok := spokenNumber(m[len(m)-1]); ok && n > 0 && n <= 5000 {
			slots.put("amount", strconv.Itoa(n))
			break
		}
	}
	if m := homes.FindStringSubmatch(blank); m != nil {
		if n, ok := spokenNumber(m[1] + m[2]); ok && n > 1 {
			slots.put("count", strconv.Itoa(n))
			slots.put("neighbours", "all")
		}
	}
	for i, re := range times {
		m := re.FindStringSubmatch(w.canon)
		if m == nil {
			continue
		}
		n, _ := spokenNumber(m[1])
		if i == len(times)-1 {
			n = map[string]int{"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "twice": 2}[m[1]+m[2]]
		}
		if n > 1 && n < 20 {
			slots.put("count", strconv.Itoa(n))
		}
	}
}
