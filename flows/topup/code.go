package topup

import (
	"regexp"
	"strings"

	"powerdesk/flows"
)

// codes maps what a meter shows to the advice below topup.advice.* (DOMAIN
// §3.3). Codes differ by maker; one that is not here goes to people.
var codes = map[string]string{
	"01": "meter", "02": "meter", "03": "meter", "05": "meter", "06": "meter",
	"04": "battery", "08": "battery",
	"10": "rewrite", "11": "rewrite", "16": "rewrite",
	"12": "foreign", "13": "count", "14": "hoard", "18": "early",
	"21": "first", "22": "first",
	"23": "turn", "24": "turn", "25": "turn", "26": "turn", "27": "turn", "28": "turn",
	"51": "overload", "52": "report", "53": "high", "54": "report", "55": "report", "56": "report",
}

// prompts maps the words a meter shows; "buy" goes on with buying credit.
var prompts = []struct{ shown, advice string }{
	{"请购电", "buy"}, {"请充值", "buy"}, {"拉闸", "buy"}, {"余额不足", "buy"}, {"欠费", "buy"},
	{"透支", "overdraft"}, {"囤积", "hoard"}, {"过载", "overload"}, {"超载", "overload"}, {"过负荷", "overload"},
	{"读卡失败", "turn"}, {"overload", "overload"}, {"buy", "buy"},
}

var errCode = regexp.MustCompile(`(?:err?|错误|代码|code|e)(\d{1,2})`)

// adviceFor reads "Err-18", "Er 18", "错误18" or the meter's own words.
func adviceFor(text string) string {
	folded := flows.Fold(text)
	for _, p := range prompts {
		if strings.Contains(folded, p.shown) {
			return p.advice
		}
	}
	digits := folded
	if m := errCode.FindStringSubmatch(folded); m != nil {
		digits = m[1]
	}
	if len(digits) == 1 {
		digits = "0" + digits
	}
	return codes[digits]
}
