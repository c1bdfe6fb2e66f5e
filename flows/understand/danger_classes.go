package understand

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"powerdesk/flows/job"
	"powerdesk/flows/text"
)

// sources are the classes of what a danger comes from.
var sources = []string{"fitting", "appliance", "line", "pole", "casing", "metal", "current"}

// NamesSource says whether a text names what a danger comes from, and no fault
// that is usual of it: 灯不亮, "the breaker trips".
func NamesSource(said string) bool {
	r := readDanger(Plain(said))
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

// Danger finds the danger in a text, as it is written and as it was meant: dialect, slips
// of the finger and characters that only sound right put right. A denied one is none;
// one that is feared is in doubt.
func Danger(said string) Peril {
	plain := Plain(said)
	written := readDanger(plain)
	p := written.peril()
	meant := withoutSlips(canonical(plain))
	if meant == plain {
		return p
	}
	m := readDanger(meant).peril()
	if hasHan(plain) && !slices.ContainsFunc(exposed, func(class string) bool { return len(written.hits[class]) > 0 }) {
		m.Sure = false // 我这货到 sounds like 着火: who or what burns must be there as it is written
	}
	return graver(p, m)
}

// exposed are the classes of what a danger may come to.
var exposed = slices.Concat(sources, []string{"person", "home", "cry"})

// graver chooses between what a text says as it is written and as it was meant. What
// is denied in the words that were meant is denied.
func graver(written, meant Peril) Peril {
	switch {
	case meant.Kind == "":
		if meant.Denied {
			return meant
		}
		return written
	case written.Sure:
		return written
	case meant.Sure, written.Kind == "", written.Feared && !meant.Feared, written.Named && !meant.Named:
		return meant
	}
	return written
}

// peril is the first danger that is neither denied nor feared, those beyond doubt
// before the others.
func (r *dangerText) peril() (p Peril) {
	if kind := r.outcry(); kind != "" {
		return Peril{Kind: kind, Sure: kind != job.UnknownDanger}
	}
	for _, g := range dangerWords().alarms {
		if r.find(g.classes, nil, func(at []text.Stretch) bool { return r.weigh(g.kind, true, at, &p) }) {
			return p
		}
	}
	if p.Kind != "" && !p.Feared {
		return p
	}
	for _, g := range dangerWords().asks {
		if r.find(g.classes, nil, func(at []text.Stretch) bool { return r.weigh(g.kind, false, at, &p) }) {
			return p
		}
	}
	return p
}

// outcry is the danger of a text that is nothing but a cry: fire of 火！ and "FIRE help",
// no known one of 救命 and "help!!!", "" of one that says anything else.
func (r *dangerText) outcry() string {
	if len(r.text) > clauseLimit {
		return ""
	}
	fire := r.hits["fire_cry"]
	cries := slices.Concat(fire, r.hits["help_cry"])
	if len(cries) == 0 {
		return ""
	}
	cries = append(cries, r.hits["plea"]...)
	for i, c := range r.text {
		if unicode.IsLetter(c) && !slices.ContainsFunc(cries, func(at text.Stretch) bool { return at.From <= i && i < at.To }) {
			return ""
		}
	}
	if len(fire) > 0 && !strings.ContainsAny(r.text, "?？") {
		return "fire"
	}
	return job.UnknownDanger
}

// weigh takes a sign that was found into the peril. It says whether nothing more
// need be looked for.
func (r *dangerText) weigh(kind string, sure bool, at []text.Stretch, p *Peril) bool {
	last := at[0]
	for _, one := range at {
		if r.denies(one, len(at) > 1, sure) {
			r.denied, p.Denied = append(r.denied, at...), true
			return false
		}
		if one.From > last.From {
			last = one
		}
	}
	afraid := r.feared(last, kind) || likened(strings.TrimPrefix(r.text[last.To:], "了")) && !slices.Contains(r.hits["noise"], last)
	named := !sure && len(at) == 1 && r.named(last)
	switch {
	case sure && !afraid:
		*p = Peril{Kind: kind, Sure: true}
		return true
	case p.Kind == "" || p.Named && !named || p.Feared && !afraid:
		*p = Peril{Kind: kind, Feared: afraid, Named: named, Denied: p.Denied}
	}
	return !sure && !named && !afraid
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
func readDanger(plain string) *dangerText {
	r := &dangerText{text: plain, hits: make(map[string][]text.Stretch)}
	last := ' '
	for from, first := range r.text {
		inWord := text.Latin(last) && text.Latin(first)
		last = first
		if inWord { // a word begins where none goes on
			continue
		}
		_, size := utf8.DecodeRuneInString(r.text[from:])
		second, _ := utf8.DecodeRuneInString(r.text[from+size:])
		small := text.SmallWord(second)
		for _, term := range dangerWords().terms[first] {
			if term.second != 0 && term.second != second && !small {
				continue
			}
			if at, ok := term.at(r.text, from); ok && len(r.hits[term.class]) < hitLimit {
				r.hits[term.class] = append(r.hits[term.class], at)
			}
		}
	}
	for class, all := range r.hits {
		if !slices.Contains(harmlessClasses, class) {
			r.hits[class] = slices.DeleteFunc(longest(all), r.innocent)
		}
	}
	for _, g := range dangerWords().means {
		r.find(g.classes, nil, func(at []text.Stretch) bool {
			r.drop(at)
			return false
		})
	}
	return r
}

// longest leaves out the words that are part of a longer one of their class: 线 in 电线.
func longest(all []text.Stretch) []text.Stretch {
	whole := slices.Clone(all)
	return slices.DeleteFunc(all, func(at text.Stretch) bool {
		return slices.ContainsFunc(whole, func(w text.Stretch) bool { return w.From <= at.From && at.To <= w.To && w != at })
	})
}

// harmlessClasses are the classes that name no danger: they say what becomes of one.
var harmlessClasses = []string{"harmless", "usual", "place", "past", "unreal", "plea"}

// drop takes the words of a combination that means no danger, and what else stands
// there, out of the classes: 急得我直冒火, "the bill exploded". They stand next to each
// other, so that nothing is lost: 交了电费 表冒烟了.
func (r *dangerText) drop(at []text.Stretch) {
	between := r.between(at)
	if !r.apart(min(at[0].To, at[1].To), max(at[0].From, at[1].From), nextTo) || strings.ContainsAny(between, ",，") || hasHan(between) && strings.Contains(between, " ") {
		return
	}
	for class, all := range r.hits {
		if !slices.Contains(harmlessClasses, class) {
			r.hits[class] = slices.DeleteFunc(all, func(h text.Stretch) bool {
				return slices.ContainsFunc(at, func(one text.Stretch) bool { return h.From < one.To && one.From < h.To })
			})
		}
	}
}

// nextTo is how many words, or Chinese characters, may stand in a combination that
// means no danger.
const nextTo = 2

// innocent says whether a word is part of something harmless: begins in it, or, if
// it is Latin, ends in it ("was shocked" in "shocked at"). 电线断电了 is a broken line.
func (r *dangerText) innocent(at text.Stretch) bool {
	return slices.ContainsFunc(r.hits["harmless"], func(h text.Stretch) bool {
		begins := h.From <= at.From && at.From < h.To && (h.From < at.From || h.To > at.To)
		ends := r.text[h.From] < utf8.RuneSelf && at.From < h.From && h.From < at.To && at.To < h.To
		return begins || ends
	})
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
	after, end := FirstClause(r.text[at.To:])
	assured := several || strings.HasPrefix(after, "了") || strings.HasPrefix(after, "呢") || strings.HasPrefix(after, "着呢")
	if strings.HasPrefix(r.text[at.From:], "电") && strings.HasSuffix(r.text[:at.From], "没") { // 没电线断了: there is no power, and a line is broken
		return false
	}
	return denied(r.text[:at.From], assured) || deniedAfter(after, end, r.afterQuestion(at))
}

// afterQuestion is the clause behind the mark that ends the clause of a word.
func (r *dangerText) afterQuestion(at text.Stretch) string {
	_, rest, _ := strings.Cut(r.text[at.To:], "?")
	answer, _ := FirstClause(strings.TrimSpace(rest))
	return answer
}
