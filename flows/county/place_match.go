package county

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"powerdesk/flows/text"
)

// writing is a text folded for comparison, with the way back to the words it
// was written with. The slices go by index in folded; edge and lead have one
// entry more, for the end.
type writing struct {
	text   string
	folded []rune
	start  []int  // where in text the rune begins
	end    []int  // where in text it ends
	edge   []bool // one word ends before the rune and another begins
	lead   []bool // a place name may begin with the rune
}

// longest is how much of a text is searched, in runes: an address is shorter,
// and a resident's whole story must not cost a thousand times as much.
const longest = 256

// leads are the characters after which a place name begins in a sentence without
// spaces: "我家在…", "吴桥县…", "3号楼…". After any other one, what looks like a
// name is the end of another: 王庄村 in 大王庄村, 于集 in 由于集中检修.
const leads = "在住是到去回来从于属们我俺家县市省区镇乡村的了修电有和号楼元室"

func read(written string) *writing {
	w := &writing{text: written}
	var last rune
	edge := true
	for i, r := range written {
		if len(w.folded) >= longest {
			break
		}
		kept := false
		text.FoldRune(r, func(f rune) {
			edge = edge || script(f) != script(last)
			w.folded = append(w.folded, f)
			w.start = append(w.start, i)
			w.end = append(w.end, i+utf8.RuneLen(r))
			w.edge = append(w.edge, edge)
			w.lead = append(w.lead, edge || strings.ContainsRune(leads, last))
			kept, edge, last = true, false, f
		})
		edge = edge || !kept
	}
	w.edge, w.lead = append(w.edge, true), append(w.lead, false)
	return w
}

// script tells apart what no word mixes.
func script(r rune) byte {
	switch {
	case unicode.IsDigit(r):
		return '0'
	case unicode.Is(unicode.Han, r):
		return 'h'
	}
	return 'a'
}

// openAfter lets names begin after the county's own name, and at its last word: a
// county seat may be called 县城.
func (w *writing) openAfter(name string) {
	n := nameOf("", "", name, countyKinds)
	for _, m := range w.test([]placeName{n}, w.exact) {
		w.lead[m.from+len(n.base)] = true
		w.open(m.to)
	}
}

// open lets a word begin at an index, though nothing divides it from the one
// before.
func (w *writing) open(at int) { w.lead[at], w.edge[at] = true, true }

// match is a name found in a text, from one index of the folded text to
// another. Its weight is how many letters it explains, less for a typo.
type match struct {
	town, community string
	from, to        int
	weight          int
}

func (m match) overlaps(o match) bool { return m.from < o.to && o.from < m.to }

// exact finds the name at an index.
func (w *writing) exact(n *placeName, at int) (match, bool) {
	if w.folded[at] != n.base[0] || !begins(w.folded[at:], n.base) {
		return match{}, false
	}
	to, ended := w.ending(n, at+len(n.base))
	full := ended && n.community == "" && script(n.base[0]) == 'h' // 沧州吴桥桑园镇 is unmistakable
	if to < 0 || !w.lead[at] && !full {
		return match{}, false
	}
	return match{n.town, n.community, at, to, to - at}, true
}

// typoCost makes a typo explain less than the same letters written right.
const typoCost = 2

// typo finds the name at an index, written with one typo. A short name must
// have its last word with it: two characters alone are too easily another word.
func (w *writing) typo(n *placeName, at int) (match, bool) {
	short := 4
	han := script(n.base[0]) == 'h'
	if han {
		short = 3
	}
	if !w.lead[at] || !han && len(n.base) < short {
		return match{}, false
	}
	for size := max(shortest, len(n.base)-1); size <= min(len(n.base)+1, len(w.folded)-at); size++ {
		if !text.IsTypo(n.base, w.folded[at:at+size], n.kinds[0].alike) {
			continue
		}
		to, ended := w.ending(n, at+size)
		if to < 0 || !ended && (len(n.base) < short || !w.edge[to]) {
			continue
		}
		return match{n.town, n.community, at, to, to - at - typoCost}, true
	}
	return match{}, false
}

// ending gives where a name ends whose base ends at an index, and whether its
// last word is there. It is negative when the base is part of something else: a
// longer Latin word, or a name of another kind.
func (w *writing) ending(n *placeName, at int) (to int, ended bool) {
	rest := w.folded[at:]
	for _, k := range n.kinds {
		if size := k.on(rest); size > 0 {
			return at + size, true
		}
	}
	latin := script(w.folded[at-1]) == 'a'
	if latin && !w.edge[at] {
		return -1, false
	}
	for _, k := range []*kind{townKind, villageKind, estateKind} {
		if size := k.on(rest); size > 0 && (!latin || w.edge[at+size]) {
			return -1, false
		}
	}
	return at, false
}
