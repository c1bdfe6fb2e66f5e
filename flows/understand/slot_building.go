package understand

import (
	"regexp"
	"strings"
)

const (
	numZH  = `(?:\d{1,4}|[零〇一二两三四五六七八九十百]{1,4})`
	marked = `(?:小学|中学|学校|幼儿园|村委会|大队部?|小卖部|超市|商店|饭店|卫生室|卫生院|医院|药店|信用社|供销社|银行|庙|教堂|粮站|火车站|车站|邮局|派出所|水塔|井房|机井|大桥|桥|水库|坑塘|鱼塘|养殖场|加油站|磨坊|变压器|大槐树|槐树|戏台|广场|菜市场|市场|敬老院|养老院|路口|村口|老[\p{Han}]家)`
	beside = `(?:旁边|边上|对过|对面|斜对面|后边|后面|后头|前边|前面|前头|东边|西边|南边|北边|东面|西面|南面|北面|跟前|附近|隔壁|挨着|门口|往[东西南北]|东侧|西侧|南侧|北侧|东|西|南|北|后|前|旁)`
	nthZH  = `(?:的)?(?:数|倒数)?(?:第` + numZH + `|头一|最后一|最东|最西)(?:家|户|排|趟|个门|个院|间)?`
	unitZH = `(?:号楼|號樓|栋|幢|号院|号门|单元|号|室|楼|层|排|巷|弄|组|队|胡同|户)`
)

var (
	// numbered is an address by number: 3号楼2单元501, 五号楼五零二, 后街12号, 8-3-601.
	numbered = regexp.MustCompile(`(?:[\p{Han}]{1,2}(?:街|路|巷|胡同))?` + numZH + unitZH + `(?:的)?(?:` + numZH + unitZH + `)*(?:` + numZH + `)?(?:[东西南北中]户|靠[东西]边?)?|\d{1,2}-\d{1,2}-\d{2,4}|\d{1,2}-\d{3,4}|[a-z]座` + numZH + `?`)
	// sided is an address by what stands beside it: 小学对过, 村东头第三家.
	sided = regexp.MustCompile(marked + `的?` + beside + `(?:边|面|头)?(?:` + nthZH + `)?|(?:村子?|街)?[东西南北](?:头|首|边)(?:` + nthZH + `)|村子?(?:[东西南北中]头|口|中间|最[东西南北]头?)(?:` + nthZH + `)?(?:[东西南北]边)?|[东西南北]头|(?:我家|俺家)?门口有[^ ,。]{2,8}`)
	// site is what a village has one of; it is an address right behind the name of one.
	site = regexp.MustCompile(`[\p{Han}]{2}(?:村|庄|东|西)(?:的|里|那个)?(卫生室|卫生所|村委会|大队部|小学|幼儿园|机井|井房|敬老院|养老院|超市|小卖部)`)
	// numberedEN and sidedEN are the same in English.
	numberedEN = regexp.MustCompile(`\b(?:(?:building|bldg|block|blk|flat|apt|apartment|unit|entrance|room|rm|door|house|tower|staircase)\.? ?(?:no\.? ?|number )?#?\d{1,4}[a-z]?(?:[-/]\d{1,4})*(?:,? (?:(?:building|bldg|block|flat|apt|apartment|unit|entrance|room|rm|door|floor|house)\.? ?(?:no\.? ?|number )?\d{1,4}[a-z]?|\d(?:st|nd|rd|th) floor|\d{3,4}))*|(?:no\.|number) ?\d{1,4}\b(?: [a-z]+ (?:street|road|lane))?|\d{1,2}(?:st|nd|rd|th) (?:floor|house|building)|\d{1,2}-\d{1,2}-\d{2,4}|\d{1,2}-\d{3,4})\b`)
	sidedEN    = regexp.MustCompile(`\b(?:next to|near|by|beside|opposite|behind|across from|in front of|just past|past|close to|the (?:first|second|third|last|end) house (?:\w+ ){0,3})(?: the| our| that)?(?: [a-z]+){0,2}? (?:school|gate|mill|station|shop|clinic|temple|bridge|church|committee|village hall|office|pond|well|tower|market|supermarket|store|hospital|bank|factory|pump house|tree|kindergarten|square|mosque|transformer|river)\b`)
	// onlyNamed stands before or after an address that is not that of the fault.
	notHere = regexp.MustCompile(`(?:不是|对面|隔壁|别的|外头|从|黑到|跑到|not|isn't|said)[^ ,。]{0,4}$`)
	lit     = regexp.MustCompile(`^[^ ,。]{0,6}?(?:都有|有电|没有.楼|有[东西南北]|半在|错|亮|没停|开关|电表|晚|月|日|点|分)`)
	halves  = regexp.MustCompile(`^[东西南北]头(?:有|没|都|亮|黑)`)
	// noAddress says that there is none.
	noAddress = regexp.MustCompile(`^没(?:有)?门牌|^没(?:有)?楼号|^没(?:有)?号|^no (?:house )?numbers?(?: here)?$`)
	// noBuilding are the words of a building's screen that are no part of it.
	noBuilding = regexp.MustCompile(`^(?:知不道几号|不知道几号|no (?:house )?numbers?(?: here)?|没门牌|没有门牌|没号)[ ,]*|(?:到了|来了|来的时候)?(?:打|电话|手机|联系|ring|call|phone|tel|拨)?(?:我|\bme\b)?(?: at| on|是|:)? ?$`)
)

// buildingSlot fills where in the village or estate it is, as it was said.
func buildingSlot(w *wording, screen string, read *Reading, slots Slots) {
	blank := w.blanked()
	if screen == "outage/building" && read.Danger.Kind == "" && (read.Intent == Answer || noAddress.MatchString(blank)) {
		said := addressOf(w, blank)
		switch {
		case said != "":
			slots.put("building", said)
		case noAddress.MatchString(blank):
			slots.put("building", "none")
		}
		return
	}
	says := read.Intent == Correct || read.Intent == SecondFault || read.Intent == Outage || read.Danger.Kind != ""
	if !strings.HasPrefix(screen, "outage/") && screen != "first" && (screen != "open-job" || !says && !rights.MatchString(blank)) {
		return
	}
	at := address(blank)
	if at == nil {
		return
	}
	slots.put("building", w.as(at[0], at[1]))
}

// addressOf gives the words of the building's own screen, without the phone number and
// what leads to it.
func addressOf(w *wording, blank string) string {
	var parts []string
	for _, c := range clauses(blank) {
		from, to := c[0], c[1]
		for {
			at := noBuilding.FindStringIndex(blank[from:to])
			if at == nil || at[0] == at[1] {
				break
			}
			if at[0] == 0 {
				from += at[1]
			} else {
				to = from + at[0]
			}
		}
		if said := w.as(from, to); said != "" && !cannotSay.MatchString(blank[from:to]) {
			parts = append(parts, said)
		}
	}
	return strings.Join(parts, " ")
}

// rights are words that put an address right.
var rights = regexp.MustCompile(`应该是|不是|写错|填错|说错|念错|i meant|should be|it's building|it is building`)

// cannotSay is a clause that gives no address.
var cannotSay = regexp.MustCompile(`^ ?(?:说不清|不知道|不好说|不清楚|到了再|我出来接|hard to say|find me|i don't know|don't know|not sure|no idea|we'll see|just come|i'll wave)`)

// address finds the first address of a text that is that of the fault.
func address(blank string) []int {
	ways := []*regexp.Regexp{numberedEN, sidedEN}
	switch {
	case hasHan(blank):
		ways = []*regexp.Regexp{numbered, numberedEN, sided, site}
	case !strings.ContainsAny(blank, "0123456789"):
		ways = ways[1:]
	}
	for _, re := range ways {
		for _, at := range re.FindAllStringIndex(blank, -1) {
			if re == site {
				inside := re.FindStringSubmatchIndex(blank[at[0]:at[1]])
				at = []int{at[0] + inside[2], at[0] + inside[3]}
			}
			bare := re == sided && halves.MatchString(blank[at[0]:])
			if !bare && !notHere.MatchString(blank[:at[0]]) && !lit.MatchString(blank[at[1]:]) && whole(blank, at) {
				return at
			}
		}
	}
	return nil
}

// oneOf is a number that only counts: 一户, 这一排.
var oneOf = regexp.MustCompile(`^[一两几](?:户|排|层|组|队|趟|楼|室)$`)

// whole says whether a stretch is no part of a longer number.
func whole(s string, at []int) bool {
	if oneOf.MatchString(s[at[0]:at[1]]) {
		return false
	}
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	return (!digit(at[0]) || !digit(at[0]-1)) && (!digit(at[1]-1) || !digit(at[1]))
}
