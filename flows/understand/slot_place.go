package understand

import (
	"regexp"
	"strings"

	"powerdesk/flows/county"
	"powerdesk/flows/text"
)

// notThere is a place that is named only to say which one is not meant: 小孙庄 不是大孙庄.
var notThere = regexp.MustCompile(`不是[^是 ,。.;!?]{1,8}|\bnot (?:in |the )?[a-z]+`)

// placeSlots fills town, community and place: the ids of places that leave no doubt,
// else the name as it was said.
func (r Reader) placeSlots(w *wording, slots Slots) {
	written := notThere.ReplaceAllStringFunc(w.blanked(), func(s string) string { return strings.Repeat(" ", len(s)) })
	var found []county.Place
	if r.County != nil {
		found = r.County.Find(written)
	}
	switch {
	case len(found) == 1:
		slots.put("community", found[0].Community)
		if found[0].Community == "" || r.namesTown(written, found[0]) {
			slots.put("town", found[0].Town)
		}
	case len(found) > 1:
		slots.put("place", r.nameOf(w, written, found))
		return
	}
	if slots["community"] == "" {
		slots.put("place", strangeName(w, written))
	}
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
	// strangeZH is what looks like the name of a village or an estate.
	strangeZH = regexp.MustCompile(`[大小前后东西南北]?[\p{Han}]{1,3}?(?:家庄|家村|家屯|家园|花园|新村|新城|小区|庄|屯|寨|营村|村)`)
	// strangeEN follows "I'm in" and the like.
	strangeEN = regexp.MustCompile(`\b(?:i'm in|i am in|we're in|we are in|here in|from|living in|live in) ([a-z]{4,}(?: (?:village|town|estate|city))?)|\b([a-z]{2,}(?:zhuang|cun|tun))\b`)
	// commonName are words that look like names and are none.
	commonName = regexp.MustCompile(`^(?:(?:[全这那整本俺我你咱们他个半一各每哪别同到在住是来回的把隔旁邻农乡进出满两几县上下给帮替让叫跟对从往归属问就都也没有不停又还]|我们|你们|他们|村里|我家|俺家|附近|隔壁|半拉|外头).*|城中村|农村|乡村|庄|村|小区|老旧小区|新农村)$`)
)

// strangeName finds a name that the county does not know.
func strangeName(w *wording, written string) string {
	for _, at := range strangeZH.FindAllStringIndex(written, -1) {
		from, to := at[0], at[1]
		for from < to { // 我在王庄, 我们是小刘庄: words before the name
			lead := leadsTo.FindString(written[from:to])
			if lead == "" {
				break
			}
			from += len(lead)
		}
		name := written[from:to]
		if len([]rune(name)) < 2 || commonName.MatchString(name) || strings.HasPrefix(written[to:], "稼") || strings.HasPrefix(written[to:], "口") {
			continue
		}
		return w.as(from, to)
	}
	for _, m := range strangeEN.FindAllStringSubmatchIndex(written, -1) {
		for g := 2; g < len(m); g += 2 {
			if m[g] >= 0 && !homely[written[m[g]:m[g+1]]] {
				return w.as(m[g], m[g+1])
			}
		}
	}
	return ""
}

var leadsTo = regexp.MustCompile(`^(?:我们是|我们|俺们|我家在|俺家在|我家|俺家|我是|俺是|我在|俺在|家在|地址|他在|她在|我|俺|是|在|住|到|去|回|报|的)`)

// homely are words after "in" that are no place.
var homely = func() map[string]bool {
	all := make(map[string]bool)
	for _, word := range strings.Fields("this that here there home bed town work total darkness dark trouble charge pain need hurry flat house building village hospital school wheelchair kitchen yesterday today morning outside inside upstairs downstairs last since after monday tuesday wednesday thursday friday saturday sunday your their what which") {
		all[word] = true
	}
	return all
}()
