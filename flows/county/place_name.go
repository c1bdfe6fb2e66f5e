package county

import (
	"slices"

	"powerdesk/flows/text"
)

// kind is a kind of place by the last words of its names.
type kind struct {
	ends  [][]rune // longest first
	alike bool     // its names are apt to differ by one character, as those of villages do
}

func newKind(alike bool, ends ...string) *kind {
	k := &kind{alike: alike}
	for _, end := range ends {
		k.ends = append(k.ends, []rune(end))
	}
	return k
}

// The kinds. A name may be written without its last word, but not with that of
// another kind: 何庄村 is not 何庄乡.
var (
	countyKind  = newKind(true, "县", "市", "区", "旗", "district", "county", "xian", "city")
	townKind    = newKind(true, "街道", "镇", "乡", "township", "xiang", "zhen", "town")
	villageKind = newKind(true, "村民委员会", "村委会", "村", "village", "cun")
	estateKind  = newKind(false, "住宅小区", "居委会", "小区", "社区",
		"residentialestate", "zhuzhaixiaoqu", "community", "xiaoqu", "estate", "shequ")
)

// The kinds whose last words a name of each level may have.
var (
	countyKinds    = []*kind{countyKind}
	townKinds      = []*kind{townKind}
	communityKinds = []*kind{villageKind, estateKind}
)

// on gives the length of the last word that the text begins with; 0 = none.
func (k *kind) on(folded []rune) int {
	for _, end := range k.ends {
		if begins(folded, end) {
			return len(end)
		}
	}
	return 0
}

func begins(folded, with []rune) bool {
	return len(folded) >= len(with) && slices.Equal(folded[:len(with)], with)
}

// placeName is one way to write a place.
type placeName struct {
	town, community string  // ids
	base            []rune  // folded, without its last word
	kinds           []*kind // whose last words it may be written with
}

// shortest is the least that may be left of a name without its last word.
const shortest = 2

// nameOf takes a name apart. A name without a last word of its own may have one
// of any of the kinds.
func nameOf(town, community, name string, kinds []*kind) placeName {
	folded := foldRunes(name)
	for i, k := range kinds {
		for _, end := range k.ends {
			if rest := len(folded) - len(end); rest >= shortest && slices.Equal(folded[rest:], end) {
				return placeName{town, community, folded[:rest], kinds[i : i+1]}
			}
		}
	}
	return placeName{town, community, folded, kinds}
}

func foldRunes(s string) []rune {
	folded := make([]rune, 0, len(s))
	for _, r := range s {
		text.FoldRune(r, func(f rune) { folded = append(folded, f) })
	}
	return folded
}
