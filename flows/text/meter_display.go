package text

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// meterCodes maps what a meter shows to the advice below topup.advice.* (DOMAIN
// §3.3). Codes differ by maker; one that is not here goes to people.
var meterCodes = map[string]string{
	"01": "meter", "02": "meter", "03": "meter", "05": "meter", "06": "meter",
	"04": "battery", "08": "battery",
	"10": "rewrite", "11": "rewrite", "16": "rewrite",
	"12": "foreign", "13": "count", "14": "hoard", "18": "early",
	"21": "first", "22": "first",
	"23": "turn", "24": "turn", "25": "turn", "26": "turn", "27": "turn", "28": "turn",
	"51": "overload", "52": "report", "53": "high", "54": "report", "55": "report", "56": "report",
}

// AdviceBuy is the advice of a meter without credit.
const AdviceBuy = "buy"

// meterWords maps the words a meter shows. The first that stands in a text
// counts, so the failure of a card goes before the card.
var meterWords = []struct{ shown, advice string }{
	{"读卡失败", "turn"}, {"囤积", "hoard"}, {"过载", "overload"}, {"超载", "overload"}, {"过负荷", "overload"},
	{"透支", "overdraft"}, {"请购电", AdviceBuy}, {"请充值", AdviceBuy}, {"拉闸", AdviceBuy}, {"余额不足", AdviceBuy}, {"欠费", AdviceBuy},
	{"overload", "overload"}, {"overdraft", "overdraft"}, {"cardfail", "turn"}, {"readfail", "turn"}, {"buy", AdviceBuy}, {"nocredit", AdviceBuy},
}

var (
	errCode  = regexp.MustCompile(`(?:error|err|er|错误码|错误|故障码|代码|显示|code|e|号码)(?:code|no|码|是|为)?(\d{1,2})(?:$|\D)`)
	bareCode = regexp.MustCompile(`^(\d{1,2})号?$`)
)

// MeterCodes lists the codes that are known, "01" … "56", in order.
func MeterCodes() []string { return slices.Sorted(maps.Keys(meterCodes)) }

// MeterAdvice reads what somebody says a meter shows, "Err-18", "Er 18", "错误18",
// "18" or the meter's own words, and gives the advice for it: a key below
// topup.advice.*, AdviceBuy, or "" when people have to look.
func MeterAdvice(text string) string {
	folded := Fold(text)
	for _, w := range meterWords {
		if strings.Contains(folded, w.shown) {
			return w.advice
		}
	}
	m := errCode.FindStringSubmatch(folded)
	if m == nil {
		m = bareCode.FindStringSubmatch(folded)
	}
	if m == nil {
		return ""
	}
	code := m[1]
	if len(code) == 1 {
		code = "0" + code
	}
	return meterCodes[code]
}
