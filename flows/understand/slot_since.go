package understand

import (
	"regexp"
	"strings"
)

const (
	spanZH = `(?:快|大概|差不多|将近|都)?(?:半|\d+(?:\.5)?|[一二两三四五六七八九十俩仨几好]+)(?:来|多)?个?半?多?(?:小时|钟头|分钟|天|礼拜|星期|宿|晚上|钟)(?:多)?`
	dayZH  = `(?:今天|今儿个?|今早|今晚|昨天|昨儿个?|昨晚|昨夜|前天|前儿个?|大前天|夜来|夜个|夜儿个?|上午|上个?礼拜|前晚|周[一二三四五六日]|星期[一二三四五六日天]|礼拜[一二三四五六日天])`
	partZH = `(?:早上|早晨|一早|大早|上午|头晌|中午|晌午|下午|后晌|傍晚|黑天|擦黑|晚上|夜里|半夜|后半夜|前半夜|凌晨|天亮|天黑|饭点)`
	hourZH = `(?:\d{1,2}|[一二两三四五六七八九十]{1,3})(?:点(?:半|多|来钟|钟|一刻|\d{1,2}分?|[一二三四五]?十[一二三四五六七八九]?分?)?|:\d\d)`
	timeZH = `(?:` + dayZH + `的?` + partZH + `?` + `(?:` + hourZH + `)?|` + partZH + `(?:` + hourZH + `)?|` + hourZH + `)(?:多|左右|来钟)?`
	outZH  = `(?:停|没电|没有电|没来电|断电|断的|黑|灭|就没|没的|没了|就不亮|木有电|不亮|坏|闪)`
)

// sincesZH and sincesEN find a time or a while from which the power is out.
var sincesZH = []*regexp.Regexp{
	regexp.MustCompile(`(?:从|打|自从|自)(` + timeZH + `)`),
	regexp.MustCompile(`(?:从|自从)([^ ,。]{2,8}?)(?:开始|起|到现在|就|一直)`),
	regexp.MustCompile(`(` + timeZH + `)[^ ,。]{0,6}?` + outZH),
	regexp.MustCompile(`(?:停|没电|没有电|断|黑|灭|等|没动静|没来电|亮)[^,。]{0,6}?(` + spanZH + `)`),
	regexp.MustCompile(`(` + spanZH + `)(?:了|前)?[^ ,。]{0,4}? ?(?:没电|停电|没来电|没动静|没来|断电|前停|前就|还没电|没有电|停)`),
	regexp.MustCompile(`(?:已经|都|有)(` + spanZH + `)了`),
}

var sincesEN = []*regexp.Regexp{
	regexp.MustCompile(`\bsince ((?:about |around )?[a-z0-9:' ]{2,30}?)(?:$|[,.;!?]| (?:and|my|our|we|i|the|call|please|no|but|phone)\b)`),
	regexp.MustCompile(`\b((?:about |around |nearly |almost |over )?(?:an?|\d+|one|two|three|four|five|six|ten|twenty|thirty|half an|a few|a couple of|several) ?(?:minutes?|mins?|hours?|hrs?|days?|weeks?)(?: and a half)? (?:ago|back|before))\b`),
	regexp.MustCompile(`\b(?:for|from|since)? ?(?:the )?((?:last|past) (?:\w+ )?(?:minutes?|mins?|hours?|hrs?|days?))\b`),
	regexp.MustCompile(`\b(?:for|been) ((?:about |around |nearly |almost |over |more than )?(?:an?|\d+|one|two|three|four|five|six|seven|eight|ten|twenty|thirty|half an|a few|a couple of|several) ?(?:minutes?|mins?|hours?|hrs?|days?|weeks?)(?: now)?)\b`),
	regexp.MustCompile(`\b(?:went|gone|been) (?:off|out|dark|black|dead) (?:at|from|around) (\d{1,2}(?::\d\d)? ?(?:am|pm)?)\b`),
}

// otherTime tells from the words around a time that it is not that of the outage.
var (
	otherBefore = regexp.MustCompile(`(?:撑|能顶|能用|还能|再过|再等|交|充|买|缴|付|报修|头|第|一|每|只)[^ ,。]{0,2}$|\b(?:on for|back for|only for|lasts?|will be|open|paid|topped up|reported)(?: at| for)? $`)
	otherAfter  = regexp.MustCompile(`^[^ ,。]{0,4}?(?:两头|以后|之后|刚?[交充买缴付]|报修|还没到|能来|后就)`)
)

// sinceSlot fills since when the power is out, as it was said.
func sinceSlot(w *wording, slots Slots) {
	for _, c := range clauses(w.plain) {
		clause := w.plain[c[0]:c[1]]
		sinces := sincesEN
		if hasHan(clause) {
			sinces = sincesZH
			if !strings.ContainsAny(clause, "点时钟天早晚夜昨今前晌午月分周期礼从黑宿起:") {
				continue
			}
		}
		for _, re := range sinces {
			m := re.FindStringSubmatchIndex(clause)
			if m == nil || otherBefore.MatchString(clause[:m[2]]) || otherAfter.MatchString(clause[m[3]:]) {
				continue
			}
			slots.put("since", w.as(c[0]+m[2], c[0]+m[3]))
			return
		}
	}
}
