package understand

import (
	"slices"
	"strings"
	"unicode"

	"powerdesk/flows/text"
)

// find calls do with every choice of one word from each class that stand near
// each other, until it says that it is enough.
func (r *dangerText) find(classes []string, so []text.Stretch, do func([]text.Stretch) bool) bool {
	if len(classes) == 0 {
		return do(so)
	}
	class, right := strings.CutPrefix(classes[0], "+")
	for _, at := range r.hits[class] {
		if r.near(at, so) && (!right || r.apart(so[len(so)-1].To, at.From, 1)) && r.find(classes[1:], append(slices.Clip(so), at), do) {
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
		near = near || r.apart(min(at.To, o.To), max(at.From, o.From), reach)
	}
	return near
}

// apart says whether no sentence ends between two bytes of the text, and no more
// words, or Chinese characters, stand there than so many.
func (r *dangerText) apart(from, to, most int) bool {
	if from > to || to-from > most*10 {
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
	return n <= most
}

// between is the text from the first of the words to the last.
func (r *dangerText) between(at []text.Stretch) string {
	from, to := at[0].From, at[0].To
	for _, one := range at {
		from, to = min(from, one.From), max(to, one.To)
	}
	return r.text[from:to]
}
