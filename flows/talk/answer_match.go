package talk

import (
	"slices"
	"sync"

	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// choices lists what can be pressed on a step's screen, in the order of the
// buttons: what the county offers, then its declared answers.
func (t *Turn) choices(f *Flow, s *Step) []Choice {
	var all []Choice
	prefix := s.WordsKey(f.Name)
	if s.Offer != nil {
		all = t.offered(s)
	}
	for _, a := range s.Answers {
		if a.Ask != PlainKey || s.Lookup != "" || a.When != nil && !a.When(t) {
			continue
		}
		key := prefix + "." + a.ID
		c := Choice{ID: a.ID, Also: spoken(key)}
		if len(words.Blanks(t.S.Lang, key)) > 0 {
			c.Label = fit(words.Plain(t.S.Lang, key, t.args(s)))
			c.Also = append(c.Also, t.otherLabels(s, key)...)
		} else {
			c.Label = fit(t.label(key))
		}
		all = append(all, c)
	}
	return all
}

// offered is what the county gives a step to choose from, with the labels of
// every language.
func (t *Turn) offered(s *Step) []Choice {
	all, mine := s.Offer(t), t.S.Lang
	also := make(map[string][]string)
	t.inEveryLanguage(func() {
		offered := all
		if t.S.Lang != mine {
			offered = s.Offer(t)
		}
		for _, c := range offered {
			also[c.ID] = append(also[c.ID], fit(c.Label))
		}
	})
	for i := range all {
		all[i].Label, all[i].Also = fit(all[i].Label), slices.Concat(all[i].Also, also[all[i].ID])
	}
	return all
}

// inEveryLanguage calls do as if the person read each language in turn.
func (t *Turn) inEveryLanguage(do func()) {
	mine := t.S.Lang
	for _, l := range words.Langs {
		t.S.Lang = l
		do()
	}
	t.S.Lang = mine
}

// otherLabels gives a label that names something, such as a place, as it reads
// in every language.
func (t *Turn) otherLabels(s *Step, key string) (all []string) {
	t.inEveryLanguage(func() { all = append(all, fit(words.Plain(t.S.Lang, key, t.args(s)))) })
	return all
}

func (t *Turn) args(s *Step) words.Args {
	if s.Args == nil {
		return nil
	}
	return s.Args(t)
}

// spokenWords remembers what spoken has found: the words files never change, and
// every turn asks for every button of its screens.
var spokenWords sync.Map

// spoken lists what is understood as the button key, in every language: an old
// keyboard keeps its language when the person changes theirs. Whoever appends to
// the list gets a copy.
func spoken(key string) []string {
	if all, found := spokenWords.Load(key); found {
		return all.([]string)
	}
	var all []string
	for _, l := range words.Langs {
		all = append(all, words.Also(l, key)...)
		if words.Has(l, key) && len(words.Blanks(l, key)) == 0 {
			all = append(all, words.Plain(l, key, nil))
		}
	}
	all = slices.Clip(all)
	spokenWords.Store(key, all)
	return all
}

// labelled tells whether the text is the very button key, in any language.
func labelled(said, key string) bool {
	folded := text.Fold(said)
	return folded != "" && slices.ContainsFunc(words.Langs, func(l words.Lang) bool {
		return words.Has(l, key) && text.Fold(words.Plain(l, key, nil)) == folded
	})
}

// also tells whether the text is one of the other words of the key, in any
// language.
func also(said, key string) bool {
	folded := text.Fold(said)
	return folded != "" && slices.ContainsFunc(words.Langs, func(l words.Lang) bool {
		return slices.ContainsFunc(words.Also(l, key), func(a string) bool { return text.Fold(a) == folded })
	})
}

// says tells whether the text is the button key or one of its other words.
func (t *Turn) says(said, key string) bool { return labelled(said, key) || also(said, key) }

// Says tells whether the person's words are the button key or one of its other
// words, in any language.
func (t *Turn) Says(key string) bool { return t.E.Kind == Text && t.says(t.E.Text, key) }

// pressed gives the id of the choice whose label or other words the text is.
// The label on the screen wins over another choice's other words.
func (t *Turn) pressed(f *Flow, s *Step, said string) string {
	folded := text.Fold(said)
	if folded == "" {
		return ""
	}
	choices := t.choices(f, s)
	for _, c := range choices {
		if text.Fold(c.Label) == folded {
			return c.ID
		}
	}
	for _, c := range choices {
		if slices.ContainsFunc(c.Also, func(a string) bool { return text.Fold(a) == folded }) {
			return c.ID
		}
	}
	return ""
}

// numbered gives the id of the choice whose number the text is.
func (t *Turn) numbered(f *Flow, s *Step, said string) string {
	if s.Free {
		return ""
	}
	n, choices := text.Number(said), t.choices(f, s)
	if n < 1 || n > len(choices) {
		return ""
	}
	return choices[n-1].ID
}

// Holds says whether the words of this turn hold one of the other words of a key, in
// any language.
func (t *Turn) Holds(key string) bool {
	return slices.ContainsFunc(spoken(key), func(phrase string) bool { return text.Holds(t.E.Text, phrase) })
}
