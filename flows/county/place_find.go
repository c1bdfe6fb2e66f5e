package county

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"powerdesk/flows/text"
)

// Find gives the places of the county that a text may mean, best first; nil
// when it names none. One place means that the text leaves no doubt. Several
// mean that the person has to choose: two villages share the name, or the town
// that is named is not the one where the estate lies.
//
// Names are understood in any writing that Fold makes equal, by alias, without
// their last word (镇, 村, 小区, Town …), inside a sentence, and with one slip of
// the finger where that cannot turn one village into another. What is written
// besides the names becomes the Detail when it looks like part of an address.
func (c *County) Find(written string) []Place {
	w := read(written)
	if len(w.folded) == 0 {
		return nil
	}
	w.openAfter(c.Name.ZH)
	w.openAfter(c.Name.EN)

	towns, communities := c.placeNames()
	named := w.matches(towns)
	for _, m := range named {
		w.open(m.to)
	}
	return w.places(named, w.matches(communities))
}

// placeNames lists every way to write a town or a community.
func (c *County) placeNames() (towns, communities []placeName) {
	for _, t := range c.Towns {
		for _, name := range append([]string{t.Name.ZH, t.Name.EN}, t.Aliases...) {
			towns = append(towns, nameOf(t.ID, "", name, townKinds))
		}
		for _, m := range t.Communities {
			for _, name := range append([]string{m.Name.ZH, m.Name.EN}, m.Aliases...) {
				communities = append(communities, nameOf(t.ID, m.ID, name, communityKinds))
			}
		}
	}
	return towns, communities
}

// typed is how long a text may be, in runes, in which typos are looked for: in a story
// every word would be tried, and some word is always close to some name.
const typed = 40

// matches gives every place where one of the names stands in the text, and only
// when there is none, those where it stands with a typo.
func (w *writing) matches(names []placeName) []match {
	all := w.test(names, w.exact)
	if all == nil && len(w.folded) <= typed {
		all = w.test(names, w.typo)
	}
	return all
}

func (w *writing) test(names []placeName, stands func(*placeName, int) (match, bool)) (all []match) {
	for i := range names {
		if len(names[i].base) == 0 {
			continue
		}
		for at := range w.folded {
			if names[i].community != "" && !w.lead[at] {
				continue
			}
			if m, ok := stands(&names[i], at); ok {
				all = append(all, m)
			}
		}
	}
	return all
}

// candidate is a place with the matches that speak for it, in the order of the
// text.
type candidate struct {
	place Place
	by    []match
}

func (c candidate) weight() (sum int) {
	for _, m := range c.by {
		sum += m.weight
	}
	return sum
}

func (c candidate) overlaps(m match) bool {
	return slices.ContainsFunc(c.by, func(o match) bool { return o.overlaps(m) })
}

// places weighs the matches: the place that explains most of the text wins, a
// tie is left to the person, and so is a town that contradicts the winner.
func (w *writing) places(towns, villages []match) []Place {
	var all []candidate
	for _, v := range villages {
		all = append(all, candidate{Place{Town: v.town, Community: v.community}, withTown(v, towns)})
	}
	for _, t := range towns {
		all = append(all, candidate{Place{Town: t.town}, []match{t}})
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.weight(), a.weight()) })

	var found []Place
	for _, c := range all {
		best := all[0]
		stray := c.place.Community == "" && c.place.Town != best.place.Town && !best.overlaps(c.by[0])
		if c.weight() < best.weight() && !stray {
			continue
		}
		place := c.place
		place.Detail = w.besides(c.by)
		same := func(p Place) bool { return p.Town == place.Town && p.Community == place.Community }
		if !slices.ContainsFunc(found, same) {
			found = append(found, place)
		}
	}
	return found
}

// withTown adds to a community's match the longest match of its own town.
func withTown(v match, towns []match) []match {
	var own match
	for _, t := range towns {
		if t.town == v.town && !t.overlaps(v) && t.weight > own.weight {
			own = t
		}
	}
	if own.weight == 0 {
		return []match{v}
	}
	by := []match{own, v}
	slices.SortFunc(by, func(a, b match) int { return cmp.Compare(a.from, b.from) })
	return by
}

// besides gives what is written between and after the names, as far as it looks
// like part of an address, and what is written before them when it has a
// number: an English address begins with the house.
func (w *writing) besides(by []match) string {
	var parts []string
	if head := tidy(w.text[:w.start[by[0].from]]); strings.ContainsFunc(head, unicode.IsDigit) {
		parts = append(parts, head)
	}
	for i, m := range by {
		until := len(w.text)
		if i+1 < len(by) {
			until = w.start[by[i+1].from]
		}
		if part := tidy(w.text[w.end[m.to-1]:until]); addressed(part) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}

func tidy(part string) string {
	return strings.TrimFunc(part, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",.;:!-—/|、。\uff0c\uff1b\uff1a\uff01", r)
	})
}

// addressWords tell "3号楼" and "behind the school" from "没电了": without one
// of them, or a number, the building still has to be asked for.
var addressWords = []string{
	"楼", "栋", "幢", "单元", "号", "室", "排", "巷", "胡同", "街", "马路", "院", "队", "旁", "对面", "附近",
	"门口", "路口", "村口", "大门", "东头", "西头", "南头", "北头", "村东", "村西", "村南", "村北",
	"building", "block", "unit", "room", "floor", "door", "gate", "house", "street", "road", "lane",
	"behind", "beside", "near", "next", "opposite",
}

func addressed(part string) bool {
	if strings.ContainsFunc(part, unicode.IsDigit) {
		return true
	}
	folded := text.Fold(part)
	return slices.ContainsFunc(addressWords, func(word string) bool { return strings.Contains(folded, word) })
}

// Names says whether a text names a place in so many letters, and not only nearly.
func (c *County) Names(p Place, written string) bool {
	town, _ := c.Town(p.Town)
	names := append([]string{town.Name.ZH, town.Name.EN}, town.Aliases...)
	if m, ok := c.Community(p.Town, p.Community); ok {
		names = append([]string{m.Name.ZH, m.Name.EN}, m.Aliases...)
	}
	folded := text.Fold(written)
	return slices.ContainsFunc(names, func(name string) bool {
		for _, kind := range []string{"村", "小区", "镇", "乡", " Village", " Estate", " Town"} {
			name = strings.TrimSuffix(name, kind)
		}
		return name != "" && strings.Contains(folded, text.Fold(name))
	})
}
