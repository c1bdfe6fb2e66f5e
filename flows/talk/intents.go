package talk

import (
	"slices"

	"powerdesk/flows/job"
	"powerdesk/flows/understand"
)

// IntentRow is one line of the table of what is done about what people say where no
// question's answer was meant (flows/desk/intents.go). The first row that holds
// counts.
type IntentRow struct {
	Intents []understand.Intent
	When    func(*Turn) bool // nil = always
	Within  bool             // also in the middle of a talk
	Firm    bool             // only when nothing in the words speaks against it; else the question is asked once more

	Step   string      // the talk begins there, as "flow/step"
	Passes bool        // the words go to the crew of the person's open job as well
	Answer string      // and this is answered there at once
	Hear   bool        // or its step hears the words
	Do     func(*Turn) // or this is done and told
}

// holds says whether the row is for this turn.
func (r IntentRow) holds(t *Turn, i understand.Intent) bool {
	if r.Step == t.here() { // there, it is for the question on the screen
		return false
	}
	if r.Step == "" && t.renewed != "" { // a courtesy does not hide that the talk was begun anew
		return false
	}
	return slices.Contains(r.Intents, i) && (r.Within || t.Resting()) && (r.When == nil || r.When(t))
}

// menuButton takes a button of the menu wherever it is pressed: an old keyboard stays on
// the screen. What is being talked about already is asked on.
func (d *Desk) menuButton(t *Turn, s *Step) bool {
	f, menu, _ := d.find(menuRef)
	for _, a := range menu.Answers {
		key := menu.WordsKey(f.Name) + "." + a.ID
		if !labelled(t.E.Text, key) {
			continue
		}
		ref := refOf(f.Name, a.Then)
		if !t.Resting() && flowOf(ref) == t.S.Flow {
			if s.Free || s.Names {
				return false
			}
			t.Tell("router.answer_first", nil)
			t.ask = true
			return true
		}
		t.Begin(ref)
		return true
	}
	return false
}

// intend does what a sentence asks for. In the middle of a talk it must not throw
// away what has been answered: there only what is told beside the talk is done.
// What is likely but not sure is asked about first.
func (d *Desk) intend(t *Turn, s *Step) bool {
	read := t.reading()
	if (s.Names || s.Free) && (read.Likely < plainly || !read.Firm()) {
		return false
	}
	row := d.row(t, read.Intent)
	switch {
	case !read.Firm() && t.Resting() && t.renewed == "" && d.crew.Heard(t): // who is or was at work writes of it
		return true
	case row == nil:
		return !s.Names && !s.Free && d.again(t, read)
	case !read.Firm() && t.Subject() != nil && t.Subject().Danger != "": // of a danger, words in doubt are for the crew
		return false
	case read.Guessed():
		return t.Subject() == nil && d.propose(t, read.Intent)
	case row.Firm && !read.Firm():
		t.KeepWords(t.E.Text)
		t.Tell("router.not_sure", nil)
		t.ask = true
		return true
	}
	d.do(t, *row, read)
	return true
}

// again asks the question on the screen once more of who says, in the middle of a talk,
// what the talk is about.
func (d *Desk) again(t *Turn, read understand.Reading) bool {
	if t.Resting() || read.Guessed() || !slices.ContainsFunc(d.intents, func(row IntentRow) bool {
		return slices.Contains(row.Intents, read.Intent) && flowOf(row.Step) == t.S.Flow
	}) {
		return false
	}
	t.KeepWords(t.E.Text)
	t.remark(read)
	t.Tell("router.answer_first", nil)
	t.enter(t.here(), false)
	return true
}

// row finds what is done about an intent; nil when there is nothing to do.
func (d *Desk) row(t *Turn, i understand.Intent) *IntentRow {
	for _, row := range d.intents {
		if row.holds(t, i) {
			return &row
		}
	}
	return nil
}

func (d *Desk) do(t *Turn, row IntentRow, read understand.Reading) {
	if row.Step == "" {
		row.Do(t)
		return
	}
	if j := t.Subject(); row.Passes && j != nil {
		j.Note(t.S.Chat, job.Note{At: t.E.At, Text: t.E.Text})
	} else {
		t.KeepWords(t.E.Text)
	}
	t.S.Heard = nil
	t.remark(read)
	t.Begin(row.Step)
	if t.here() != row.Step {
		return
	}
	switch f, s := t.step(); {
	case row.Answer != "":
		t.remember(t.here())
		t.choose(f, s, row.Answer)
	case row.Hear:
		t.heard(f, s)
	}
}
