package flows

import (
	"slices"
	"strconv"
	"strings"

	"powerdesk/flows/words"
)

// choices lists what can be pressed on a step's screen, in the order of the
// buttons: its declared answers, then what the county offers.
func (t *Turn) choices(f *Flow, s *Step) []Choice {
	var all []Choice
	prefix := s.WordsKey(f.Name)
	if s.Offer != nil {
		all = s.Offer(t)
	}
	for _, a := range s.Answers {
		if a.Ask != PlainKey || s.Lookup != "" || a.When != nil && !a.When(t) {
			continue
		}
		key := prefix + "." + a.ID
		all = append(all, Choice{ID: a.ID, Label: words.Plain(t.S.Lang, key, t.args(s)), Also: spoken(key)})
	}
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
		if label := words.Plain(l, key, nil); !strings.HasPrefix(label, "[") {
			all = append(all, label)
		}
	}
	return all
}

// says tells whether the text is the button key or one of its other words.
func (t *Turn) says(text, key string) bool {
	folded := Fold(text)
	return folded != "" && slices.ContainsFunc(spoken(key), func(s string) bool { return Fold(s) == folded })
}

// pressed gives the id of the choice whose label or other words the text is.
func (t *Turn) pressed(f *Flow, s *Step, text string) string {
	folded := Fold(text)
	if folded == "" {
		return ""
	}
	for _, c := range t.choices(f, s) {
		if Fold(c.Label) == folded || slices.ContainsFunc(c.Also, func(a string) bool { return Fold(a) == folded }) {
			return c.ID
		}
	}
	return ""
}

// ordinals are the numbers people write for a button besides 1, 2, 3.
var ordinals = strings.Split("一二三四五六七八九十", "")

// numbered gives the id of the choice whose number the text is.
func (t *Turn) numbered(f *Flow, s *Step, text string) string {
	if s.Free {
		return ""
	}
	folded := strings.TrimSuffix(strings.TrimPrefix(Fold(text), "第"), "个")
	n, err := strconv.Atoi(folded)
	if err != nil {
		n = slices.Index(ordinals, folded) + 1
	}
	choices := t.choices(f, s)
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
		if t.says(t.E.Text, key) {
			return refOf(f.Name, a.Then), true
		}
		if s.Free || s.Names {
			continue
		}
		for _, phrase := range spoken(key) {
			if len(phrase) > longest && holds(t.E.Text, phrase) {
				ref, longest = refOf(f.Name, a.Then), len(phrase)
			}
		}
	}
	return ref, false
}

// answerStanding takes the answer to a question that a job has asked while the
// person is in the middle of something else: only its very buttons count, and
// the talk stays where it is.
func (d *Desk) answerStanding(t *Turn) bool {
	f, step, job := d.standing(t)
	if f == nil || t.here() == f.Name+"/"+step {
		return false
	}
	s := f.step(step)
	id := t.pressed(f, s, t.E.Text)
	i := slices.IndexFunc(s.Answers, func(a Answer) bool { return a.ID == id })
	if i < 0 {
		return false
	}
	mine := t.S.Job
	t.S.Job = job
	if s.Answers[i].Do != nil {
		s.Answers[i].Do(t)
	}
	t.S.Job = mine
	t.ask = true
	return true
}
