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
	{"透支", "overdraft"}, {"余额负", "overdraft"}, {"余额是负", "overdraft"}, {"余额为负", "overdraft"}, {"负数", "overdraft"}, {"负的", "overdraft"},
	{"请购电", AdviceBuy}, {"请充值", AdviceBuy}, {"拉闸", AdviceBuy}, {"余额不足", AdviceBuy}, {"欠费", AdviceBuy},
	{"overload", "overload"}, {"overdraft", "overdraft"}, {"negative", "overdraft"}, {"minus", "overdraft"}, {"cardfail", "turn"}, {"readfail", "turn"}, {"buy", AdviceBuy}, {"nocredit", AdviceBuy},
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
	if advice := MeterWords(text); advice != "" {
		return advice
	}
	folded := Fold(text)
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

// MeterWords gives the advice for the words of a meter that stand in a text, "" for none.
func MeterWords(text string) string {
	folded := Fold(text)
	for _, w := range meterWords {
		if strings.Contains(folded, w.shown) {
			return w.advice
		}
	}
	return ""
}

var (
	lamp      = regexp.MustCompile(`(?i)(红|绿|橙)灯|灯.{0,6}闪|闪.{0,4}灯|\b(red|green|orange)\b.{0,12}\b(lamp|light|led)|\b(lamp|light|led)\b.{0,20}(blink|flash)|(blinking|flashing)\b.{0,12}\b(lamp|light|led)`)
	otherLamp = regexp.MustCompile(`(?i)黄|灭|不亮|不闪|红绿灯|路灯|yellow|\b(off|out|traffic|street)\b`)
)

// MeterLamp says whether a lamp of the meter is told of that has no one meaning: red is
// the count on one meter and the alarm on another. The yellow one has cut the power.
func MeterLamp(text string) bool { return lamp.MatchString(text) && !otherLamp.MatchString(text) }

// MeterTells says whether words of a meter, where it was not asked for them, tell more
// than that its credit is used up.
func MeterTells(text string) bool {
	advice := MeterWords(text)
	return advice != "" && advice != AdviceBuy && advice != "overdraft"
}
