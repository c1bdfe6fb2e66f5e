package understand

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"powerdesk/flows/job"
	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// A sign is one way in which people name a danger: a word of every class, near
// each other in one clause, in any order: a line and that it is down, somebody and
// that electricity hit them. The classes are lists below "danger." in the words
// files, of both languages alike; a word joins a class there and no code.
type sign struct {
	kind    string
	sure    bool // beyond doubt: the crew is alerted at once
	classes []string
}

// signs are looked for in this order, and those beyond doubt before the others:
// the first that is neither denied nor feared is the kind.
var signs = slices.Concat(
	certain("shock", "person struck current"),
	certain("fire", "fire"), certain("wire", "wire"), certain("shock", "shock"), certain("water", "water"), certain("tingle", "tingle"),
	certain("fire", "fitting heat", "fitting noise", "fitting odour", "fitting spark", "appliance burn"),
	certain("shock", "person collapse current", "person electrified", "current bitten"),
	certain("wire", "line down", "pole leaning", "foreign line touch"),
	certain("water", "fitting wet", "lamp wet", "home flood"),
	certain("tingle", "casing sting", "metal live felt"),
	doubtful("fire", "fire_word", "fitting hum", "fitting warm", "appliance hot", "appliance odour"),
	doubtful("wire", "wire_word", "line worn"),
	doubtful("shock", "shock_word", "person collapse", "person hurt current", "person touched line"),
	doubtful("water", "water_word", "fitting rain", "appliance dunked"),
	doubtful("tingle", "metal live", "tingle_word"),
	doubtful(job.UnknownDanger, "cry"),
)

func certain(kind string, ways ...string) []sign  { return signsOf(kind, true, ways) }
func doubtful(kind string, ways ...string) []sign { return signsOf(kind, false, ways) }

func signsOf(kind string, sure bool, ways []string) (all []sign) {
	for _, way := range ways {
		all = append(all, sign{kind, sure, strings.Fields(way)})
	}
	return all
}

// sources are the classes of what a danger comes from.
var sources = []string{"fitting", "appliance", "line", "pole", "casing", "metal", "current"}

// NamesSource says whether a text names what a danger comes from, and no fault
// that is usual of it: 灯不亮, "the breaker trips".
func NamesSource(said string) bool {
	r := readDanger(said)
	return len(r.hits["usual"]) == 0 && slices.ContainsFunc(sources, func(class string) bool { return len(r.hits[class]) > 0 })
}

// Peril is what a text says of danger.
type Peril struct {
	Kind   string // as DOMAIN §4 names them, job.UnknownDanger for a cry, "" = none
	Sure   bool   // beyond doubt
	Feared bool   // asked about or feared, and not reported
	Named  bool   // in doubt only for a word that begins a name: 烟草店, "wire factory"
	Denied bool   // a danger is named to say that there is none

	Guessed bool // in doubt, and for the look of the sentence alone: no word of a danger is in it
}

// Danger finds the danger in a text. A denied one is none; one that is feared is
// in doubt.
func Danger(said string) (p Peril) {
	r := readDanger(said)
	for _, sure := range []bool{true, false} {
		for _, g := range signs {
			if g.sure == sure && r.find(g.classes, nil, func(at []text.Stretch) bool { return r.weigh(g, at, &p) }) {
				return p
			}
		}
		if p.Kind != "" && !p.Feared {
			return p
		}
	}
	return p
}

// weigh takes a sign that was found into the peril. It says whether nothing more
// need be looked for.
func (r *dangerText) weigh(g sign, at []text.Stretch, p *Peril) bool {
	last := at[0]
	for _, one := range at {
		if r.denies(one, len(at) > 1, g.sure) {
			r.denied, p.Denied = append(r.denied, at...), true
			return false
		}
		if one.From > last.From {
			last = one
		}
	}
	afraid := feared(r.text, last, g.kind)
	named := !g.sure && len(at) == 1 && r.named(last)
	loose := g.sure && strings.ContainsAny(r.between(at), ",，")
	switch {
	case g.sure && !afraid && !loose:
		*p = Peril{Kind: g.kind, Sure: true}
		return true
	case p.Kind == "" || p.Named && !named || p.Feared && !afraid:
		*p = Peril{Kind: g.kind, Feared: afraid, Named: named, Denied: p.Denied}
	}
	return !g.sure && !named && !afraid
}

// dangerText is a text in which the words of the classes have been found.
type dangerText struct {
	text   string
	hits   map[string][]text.Stretch
	denied []text.Stretch
}

// hitLimit is how often a word of one class counts: a text of nothing else must
// not cost its square.
const hitLimit = 40

// readDanger finds every word of every class, except in what only looks like one:
// 火 in 火车, 麻 in 麻烦, "fire" in "fire station".
func readDanger(said string) *dangerText {
	r := &dangerText{text: Plain(said), hits: make(map[string][]text.Stretch)}
	for from, first := range r.text {
		for _, term := range dangerTerms()[first] {
			if at, ok := term.at(r.text, from); ok && len(r.hits[term.class]) < hitLimit {
				r.hits[term.class] = append(r.hits[term.class], at)
			}
		}
	}
	for class, all := range r.hits {
		if class != "harmless" && class != "usual" {
			r.hits[class] = slices.DeleteFunc(all, r.innocent)
		}
	}
	return r
}

// innocent says whether a word is part of something harmless: begins in it, or, if
// it is Latin, ends in it ("was shocked" in "shocked at"). 电线断电了 is a broken line.
func (r *dangerText) innocent(at text.Stretch) bool {
	return slices.ContainsFunc(r.hits["harmless"], func(h text.Stretch) bool {
		begins := h.From <= at.From && at.From < h.To && (h.From < at.From || h.To > at.To)
		ends := r.text[h.From] < utf8.RuneSelf && at.From < h.From && h.From < at.To && at.To < h.To
		return begins || ends
	})
}

// find calls do with every choice of one word from each class that stand near
// each other, until it says that it is enough.
func (r *dangerText) find(classes []string, so []text.Stretch, do func([]text.Stretch) bool) bool {
	if len(classes) == 0 {
		return do(so)
	}
	for _, at := range r.hits[classes[0]] {
		if r.near(at, so) && r.find(classes[1:], append(slices.Clip(so), at), do) {
			return true
		}
	}
	return false
}

// reach is how many words, or Chinese characters, may stand between two words
// that belong together.
const reach = 10

// near says whether a word stands near one of the others, and is part of none.
func (r *dangerText) near(at text.Stretch, others []text.Stretch) bool {
	near := len(others) == 0
	for _, o := range others {
		if at.From < o.To && o.From < at.To {
			return false
		}
		near = near || r.within(min(at.To, o.To), max(at.From, o.From))
	}
	return near
}

// within says whether no sentence ends between two bytes of the text, and no more
// words stand there than reach.
func (r *dangerText) within(from, to int) bool {
	if to-from > reach*10 {
		return false
	}
	n, last := 0, ' '
	for _, c := range r.text[from:to] {
		switch {
		case strings.ContainsRune(".!?;\n。", c):
			return false
		case unicode.Is(unicode.Han, c), text.Latin(c) && !text.Latin(last):
			n++
		}
		last = c
	}
	return n <= reach
}

// between is the text from the first of the words to the last.
func (r *dangerText) between(at []text.Stretch) string {
	from, to := at[0].From, at[0].To
	for _, one := range at {
		from, to = min(from, one.From), max(to, one.To)
	}
	return r.text[from:to]
}

// named says whether a word begins a name: a place word follows.
func (r *dangerText) named(at text.Stretch) bool {
	return slices.ContainsFunc(r.hits["place"], func(place text.Stretch) bool {
		gap := r.text[at.To:max(at.To, place.From)]
		return place.From >= at.To && (gap == " " || utf8.RuneCountInString(gap) < 2)
	})
}

// denies says whether a word is denied, by what stands before it or after it, or,
// in doubt alone, as part of what is denied: 火 in 没有火花. A word of several is not
// denied across a blank by what denies another: 没火 插座烫手.
func (r *dangerText) denies(at text.Stretch, several, sure bool) bool {
	part := func(d text.Stretch) bool { return d.From <= at.From && at.To <= d.To }
	if !several && !sure && slices.ContainsFunc(r.denied, part) {
		return true
	}
	after, _ := FirstClause(r.text[at.To:])
	assured := several || strings.HasPrefix(after, "了") || strings.HasPrefix(after, "呢") || strings.HasPrefix(after, "着呢")
	return denied(r.text[:at.From], assured) || deniedAfter(after)
}

// term is a word of a class. A Latin one stands for every word that begins with
// it when it is a stem.
type term struct {
	phrase, class string
	stem          bool
}

// at finds the term at a byte of a text.
func (m term) at(said string, from int) (text.Stretch, bool) {
	return text.StandsAt(said, m.phrase, from, m.stem)
}

// dangerTerms are the words of all classes by the letter they begin with.
var dangerTerms = sync.OnceValue(func() map[rune][]term {
	classes := map[string]bool{"harmless": true, "place": true, "usual": true}
	for _, g := range signs {
		for _, class := range g.classes {
			classes[class] = true
		}
	}
	terms := make(map[rune][]term)
	for _, class := range slices.Sorted(maps.Keys(classes)) {
		for _, l := range words.Langs {
			for _, phrase := range words.Also(l, "danger."+class) {
				phrase, stem := strings.CutSuffix(phrase, "*")
				first, _ := utf8.DecodeRuneInString(phrase)
				terms[first] = append(terms[first], term{phrase, class, stem})
			}
		}
	}
	return terms
})
