package understand

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"powerdesk/flows/county"
	"powerdesk/flows/text"
)

// strange are the screens where a name that the county does not know may be said.
var strange = map[string]bool{
	"first": true, "open-job": true, "outage/danger": true, "outage/own": true, "outage/place": true, "outage/town": true, "outage/community": true, "outage/summary": true,
}

// onlyThere leads to a name: 就柳林村.
var onlyThere = regexp.MustCompile(`(?:^|[ ,。])就(?:是|在)?`)

// notThere is a place that is named only to say which one is not meant: 小孙庄 不是大孙庄.
var notThere = regexp.MustCompile(`不是[^是 ,。.;!?]{1,8}|(?:\bnot|n't) (?:in |at |the )*[a-z]+`)

// alike are ordinary words that are a slip of the finger away from a name.
var alike = regexp.MustCompile(`\b(?:walls?|wall's|walk|walks|wail|dogma|angling|hang in|hanging)\b`)

// placeSlots fills town, community and place: the ids of places that leave no doubt,
// else the name as it was said.
func (r Reader) placeSlots(w *wording, screen string, read *Reading, slots Slots) {
	blank := func(s string) string { return strings.Repeat(" ", len(s)) }
	written := alike.ReplaceAllStringFunc(notThere.ReplaceAllStringFunc(w.blanked(), blank), blank)
	written = onlyThere.ReplaceAllStringFunc(written, blank)
	var found []county.Place
	if r.County != nil {
		found = r.County.Find(written)
	}
	if len(found) > 0 && !r.certain(screen, written, found) {
		found = nil
	}
	switch {
	case len(found) == 1:
		slots.put("community", found[0].Community)
		if found[0].Community == "" || r.namesTown(written, found[0]) {
			slots.put("town", found[0].Town)
		}
	case sameTown(found): // 何庄, the town or its village
		slots.put("town", found[0].Town)
	case len(found) > 1:
		slots.put("place", r.nameOf(w, written, found))
		return
	}
	if slots["community"] == "" && strange[screen] {
		name := ""
		if slots["town"] == "" || !elsewhere.MatchString(written) {
			name = strangeName(w, written)
		}
		if name == "" && len(found) == 0 && screen == "outage/community" && read.Intent == Answer {
			name = wholeName(w)
		}
		if !r.isTown(name) {
			slots.put("place", name)
		}
	}
}

// certain says whether found places are to be believed: a name with a slip of the finger
// only where the sentence is short enough to be a name, for in a longer one some English
// word is always close to some name.
func (r Reader) certain(screen, written string, found []county.Place) bool {
	if hasHan(written) || len(strings.Fields(written)) <= 2 || screen == "outage/town" || screen == "outage/community" {
		return true
	}
	folded := text.Fold(written)
	return slices.ContainsFunc(found, func(p county.Place) bool {
		town, _ := r.County.Town(p.Town)
		village, _ := r.County.Community(p.Town, p.Community)
		names := slices.Concat([]string{strings.Fields(town.Name.EN)[0], strings.Fields(village.Name.EN + " -")[0]}, town.Aliases, village.Aliases)
		return slices.ContainsFunc(names, func(name string) bool {
			return text.Fold(name) != "" && strings.Contains(folded, text.Fold(name))
		})
	})
}

// sameTown says whether several places are all of one town.
func sameTown(found []county.Place) bool {
	return len(found) > 1 && !slices.ContainsFunc(found, func(p county.Place) bool { return p.Town != found[0].Town })
}

// namesTown says whether the town of a community is named besides it.
func (r Reader) namesTown(written string, p county.Place) bool {
	town, _ := r.County.Town(p.Town)
	village, _ := r.County.Community(p.Town, p.Community)
	folded := text.Fold(written)
	for _, name := range []string{village.Name.ZH, strings.TrimSuffix(village.Name.ZH, "村"), strings.TrimSuffix(village.Name.EN, " Village")} {
		folded = strings.Replace(folded, text.Fold(name), "", 1)
	}
	for _, name := range append([]string{strings.TrimRight(town.Name.ZH, "镇乡"), strings.Fields(town.Name.EN)[0]}, town.Aliases...) {
		if strings.Contains(folded, text.Fold(name)) {
			return true
		}
	}
	return false
}

// wholeName takes the words of the screen that asks for the village or estate for its
// name, when they are as short as a name.
func wholeName(w *wording) string {
	parts := clauses(w.blanked())
	if len(parts) == 0 {
		return ""
	}
	said := w.as(parts[0][0], parts[0][1])
	for _, lead := range []string{"it's ", "it is ", "the village is called ", "called ", "都不是", "我是", "俺是", "我们是", "俺们是", "是", "在"} {
		if rest := strings.TrimPrefix(Plain(said), lead); rest != Plain(said) {
			said = string([]rune(said)[utf8.RuneCountInString(lead):])
		}
	}
	if n := utf8.RuneCountInString(said); hasHan(said) && n > 8 || len(strings.Fields(said)) > 4 || n < 2 || noName.MatchString(Plain(said)) || !hasHan(said) && !unicode.IsUpper(firstOf(said)) {
		return ""
	}
	return said
}

// noName tells words that are no name: 没有我们村, "none of these".
var noName = regexp.MustCompile(`没|不|哪|什么|啥|这|那个|我|俺|\b(?:none|not|no|don't|where|which|this|that|my|i|other|dunno)\b`)

// isTown says whether a name is part of a town's: 曹洼.
func (r Reader) isTown(name string) bool {
	return r.County != nil && name != "" && slices.ContainsFunc(r.County.Towns, func(t county.Town) bool {
		return slices.ContainsFunc(append([]string{t.Name.ZH, t.Name.EN}, t.Aliases...), func(known string) bool {
			return strings.Contains(text.Fold(known), text.Fold(name))
		})
	})
}

// nameOf gives the name that several places have, as it was said.
func (r Reader) nameOf(w *wording, written string, found []county.Place) string {
	for _, p := range found {
		m, _ := r.County.Community(p.Town, p.Community)
		for _, name := range []string{m.Name.ZH, strings.TrimSuffix(m.Name.ZH, "村"), m.Name.EN, strings.TrimSuffix(m.Name.EN, " Village")} {
			if at := strings.Index(written, strings.ToLower(name)); at >= 0 && name != "" {
				return w.as(at, at+len(name))
			}
		}
	}
	return ""
}

var (
	// strangeZH is what looks like the name of a village or an estate: a family's name,
	// or any two or three characters where a name may begin.
	strangeZH = regexp.MustCompile(`[大小前后东西南北上下老新]?[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹苏潘葛范彭鲁韦马苗方袁柳鲍史唐费薛雷贺倪汤罗毕郝邬安常于傅齐康伍余顾孟黄穆萧尹姚邵湛汪毛狄米戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍万柯卢莫房丁邓左石崔吉龚程邢裴陆荣翁荀甄封靳段焦巴牧山谷车侯全班仇宁甘武符刘景龙叶白蒲乔双闻党翟谭申窦尚温庄柴瞿阎连习古易廖耿满匡文聂晁敖冷辛简饶曾沙丰关查荆游盖桓肖岳][家各]?(?:庄村|庄|屯|营村|营|寨|洼村|洼|河村|楼村|店村|村|家河)`)
	wordZH    = regexp.MustCompile(`(?:^|[ ,。:!]|我家是|我家在|俺家在|我在|俺在|我是|俺是|我们是|俺们是|家住|住在|家在|住|就是)([\p{Han}]{2,4}?(?:花园|花園|家园|家園|新村|新城|家属院|小区|小區|庄村|村|屯))`)
	// strangeEN follows "I'm in" and the like.
	strangeEN = regexp.MustCompile(`\b(?:i'm in|im in|i am in|we're in|we are in|here in|living in|live in|i'm from|i am from|calling from) ([a-z]{4,}(?: (?:village|town|estate|city))?)|\b([a-z]{2,}(?:zhuang|cun|tun))\b`)
	// elsewhere are counties and cities around, which another company supplies.
	elsewhere = regexp.MustCompile(`(?:^|[ ,。在是])((?:德州|沧州|衡水|景县|阜城|东光|宁津|陵县|陵城|泊头|南皮|故城|济南|天津|北京|石家庄)市?)(?:这|的|停|没|市|断|人|$|[ ,。])`)
	// commonName are words that look like names and are none.
	commonName = regexp.MustCompile(`^(?:.*[在从的了是有到往就给那这全进出整]..?|(?:[离全这那整本俺我你咱们他个半一各每哪别同到在住是来回的把隔旁邻农乡进出满两几县上下给帮替让叫跟对从往归属问就都也没有不停又还]|我们|你们|他们|村里|我家|俺家|附近|隔壁|半拉|外头).*|城中村|农村|乡村|庄|村|小区|老旧小区|新农村)$`)
)

// strangeName finds a name that the county does not know.
func strangeName(w *wording, written string) string {
	for _, re := range []*regexp.Regexp{strangeZH, wordZH} {
		for _, m := range re.FindAllStringSubmatchIndex(written, -1) {
			from, to := m[len(m)-2], m[len(m)-1]
			for from < to { // 我在王庄, 我们是小刘庄: words before the name
				lead := leadsTo.FindString(written[from:to])
				if lead == "" {
					break
				}
				from += len(lead)
			}
			name := written[from:to]
			if len([]rune(name)) < 2 || commonName.MatchString(name) || followed.MatchString(written[to:]) || re == strangeZH && !begins(written[:from]) {
				continue
			}
			return w.as(from, to)
		}
	}
	if m := elsewhere.FindStringSubmatchIndex(written); m != nil {
		return w.as(m[2], m[3])
	}
	for _, m := range strangeEN.FindAllStringSubmatchIndex(written, -1) {
		for g := 2; g < len(m); g += 2 {
			if m[g] >= 0 && !homely[strings.Fields(written[m[g]:m[g+1]])[0]] && unicode.IsUpper(firstOf(w.as(m[g], m[g+1]))) {
				return w.as(m[g], m[g+1])
			}
		}
	}
	return ""
}

func firstOf(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// begins says whether a name may begin behind a text: after a mark or a word that
// leads to a place.
func begins(before string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || strings.ContainsRune(" ,。:!;在住是到去回来从们我俺家镇乡的县了和报", last)
}

// followed is what stands behind a name that is part of another word.
var followed = regexp.MustCompile(`^(?:稼|里[都的]|委|[北南东西][头边]?[绕走进])`)

var leadsTo = regexp.MustCompile(`^(?:我们是|我们|俺们|我家在|俺家在|我家|俺家|我是|俺是|我在|俺在|家在|地址|他在|她在|我|俺|是|在|住|到|去|回|报|的)`)

// homely are words after "in" that are no place.
var homely = func() map[string]bool {
	all := make(map[string]bool)
	for _, word := range strings.Fields("this that here there home bed town work total darkness dark trouble charge pain need hurry flat house building village hospital school wheelchair kitchen yesterday today morning outside inside upstairs downstairs last since after monday tuesday wednesday thursday friday saturday sunday your their what which") {
		all[word] = true
	}
	return all
}()
