package flows

import (
	"slices"
	"strings"

	"powerdesk/flows/words"
)

// choices lists what can be pressed on a step's screen, in the order of the
// buttons: what the county offers, then its declared answers.
func (t *Turn) choices(f *Flow, s *Step) []Choice {
	var all []Choice
	prefix := s.WordsKey(f.Name)
	if s.Offer != nil {
		all = s.Offer(t)
		for i := range all {
			all[i].Label = fit(all[i].Label)
		}
	}
	for _, a := range s.Answers {
		if a.Ask != PlainKey || s.Lookup != "" || a.When != nil && !a.When(t) {
			continue
		}
		key := prefix + "." + a.ID
		c := Choice{ID: a.ID, Label: fit(words.Plain(t.S.Lang, key, t.args(s))), Also: spoken(key)}
		if len(words.Blanks(t.S.Lang, key)) > 0 {
			c.Also = append(c.Also, t.otherLabels(s, key)...)
		}
		all = append(all, c)
	}
	return all
}

// otherLabels gives a label that names something, such as a place, as it reads
// in the other languages.
func (t *Turn) otherLabels(s *Step, key string) []string {
	var all []string
	mine := t.S.Lang
	for _, l := range words.Langs {
		t.S.Lang = l
		all = append(all, fit(words.Plain(l, key, t.args(s))))
	}
	t.S.Lang = mine
	return all
}

func (t *Turn) args(s *Step) words.Args {
	if s.Args == nil {
		return nil
	}
	return s.Args(t)
}

// spoken lists what is understood as the button key, in every language: an old
// keyboard keeps its language when the person changes theirs.
func spoken(key string) []string {
	var all []string
	for _, l := range words.Langs {
		all = append(all, words.Also(l, key)...)
		if words.Has(l, key) && len(words.Blanks(l, key)) == 0 {
			all = append(all, words.Plain(l, key, nil))
		}
	}
	return all
}

// labelled tells whether the text is the very button key, in any language.
func labelled(text, key string) bool {
	folded := Fold(text)
	return folded != "" && slices.ContainsFunc(words.Langs, func(l words.Lang) bool {
		return words.Has(l, key) && Fold(words.Plain(l, key, nil)) == folded
	})
}

// also tells whether the text is one of the other words of the key, in any
// language.
func also(text, key string) bool {
	folded := Fold(text)
	return folded != "" && slices.ContainsFunc(words.Langs, func(l words.Lang) bool {
		return slices.ContainsFunc(words.Also(l, key), func(a string) bool { return Fold(a) == folded })
	})
}

// says tells whether the text is the button key or one of its other words.
func (t *Turn) says(text, key string) bool { return labelled(text, key) || also(text, key) }

// pressed gives the id of the choice whose label or other words the text is.
// The label on the screen wins over another choice's other words.
func (t *Turn) pressed(f *Flow, s *Step, text string) string {
	folded := Fold(text)
	if folded == "" {
		return ""
	}
	choices := t.choices(f, s)
	for _, c := range choices {
		if Fold(c.Label) == folded {
			return c.ID
		}
	}
	for _, c := range choices {
		if slices.ContainsFunc(c.Also, func(a string) bool { return Fold(a) == folded }) {
			return c.ID
		}
	}
	return ""
}

// numbered gives the id of the choice whose number the text is.
func (t *Turn) numbered(f *Flow, s *Step, text string) string {
	if s.Free {
		return ""
	}
	n, choices := number(text), t.choices(f, s)
	if n < 1 || n > len(choices) {
		return ""
	}
	return choices[n-1].ID
}

// intent gives the step that the text asks for in plain words, and whether it
// is nothing but a menu button. On a screen that takes free words or names only
// the button itself counts: "no power in the evenings" may be part of a note.
func (d *Desk) intent(t *Turn, s *Step) (ref string, exact bool) {
	f, menu, _ := d.find(menuRef)
	longest := 0
	for _, a := range menu.Answers {
		key := menu.WordsKey(f.Name) + "." + a.ID
		if (s.Free || s.Names) && !labelled(t.E.Text, key) {
			continue
		}
		if t.says(t.E.Text, key) {
			return refOf(f.Name, a.Then), true
		}
		for _, phrase := range spoken(key) {
			if len(phrase) > longest && holds(t.E.Text, phrase) {
				ref, longest = refOf(f.Name, a.Then), len(phrase)
			}
		}
	}
	return ref, false
}

// holds says whether the text contains the phrase: Latin words as whole words,
// Chinese ones anywhere.
func holds(text, phrase string) bool {
	return len(occurrences(strings.ToLower(text), strings.ToLower(phrase))) > 0
}
