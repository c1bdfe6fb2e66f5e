package talk

import (
	"slices"
	"strings"

	"powerdesk/flows/county"
	"powerdesk/flows/text"
)

func flowOf(name string) string {
	flow, _, _ := strings.Cut(name, "/")
	return flow
}

// command does what the table says of a command. An unknown one says so and repeats the question: a slip of the
// finger loses nothing, and a danger named in it is taken. A stranger's crew command is an unknown one, word for
// word, so nobody learns by trying what there is.
func (d *Desk) command(t *Turn) {
	row, known := t.commanded()
	if known && row.Flow == "" {
		row.Do(t)
		return
	}
	if !known {
		t.E.Text = strings.TrimSpace(t.E.Command + " " + t.E.Text)
	}
	if _, s := t.step(); d.alarm(t, s) { // somebody put a slash before their words, or words behind a command
		return
	}
	if !known {
		t.Tell("router.unknown_command", nil)
		t.ask = true
		return
	}
	f := d.flows[row.Flow]
	if s := f.step(f.Start); f.Aside {
		t.Tell(s.WordsKey(f.Name)+".say", t.args(s))
		t.ask = !t.Idle()
		return
	}
	t.start(f)
}

// longestText is how much of one message is taken, in characters: enough for
// any trouble, and little enough for the crew's screen.
const longestText = 1000

// text routes typed words and reply-keyboard presses.
func (d *Desk) text(t *Turn) {
	f, s := t.step()
	if runes := []rune(t.E.Text); len(runes) > longestText {
		t.E.Text, t.E.Cut = string(runes[:longestText]), true
	}
	if t.E.Cut {
		t.Tell("router.cut", nil)
	}
	if t.E.Text == "" {
		t.Tell("router.empty", nil)
		t.ask = true
		return
	}
	if d.settle(t, f, s) {
		return
	}
	// A text that is a button of this very screen is that button, even when its
	// label names a danger; the step behind it deals with the danger.
	if id := t.pressed(f, s, t.E.Text); id != "" {
		t.take(f, s, id)
		return
	}
	if t.Resting() && t.holds() && d.atWork(t, f, s) {
		return
	}
	if d.alarm(t, s) || d.answerPending(t) || d.overhear(t) || d.navigate(t, f, s) {
		return
	}
	if id := t.numbered(f, s, t.E.Text); id != "" {
		t.take(f, s, id)
		return
	}
	if !d.understood(t, f, s) {
		d.hear(t, f, s)
	}
}

// understood takes what was written by what it means: a place put right, what the step
// knows for certain, a button of the menu, what may be a danger, the answer to the
// question, and whatever else can be done about it.
func (d *Desk) understood(t *Turn, f *Flow, s *Step) bool {
	if d.putRight(t, f, s) || s.exact() && t.heard(f, s) || d.menuButton(t, s) || d.guess(t, s) {
		return true
	}
	if asked := !t.Idle() && s.Hear == nil && t.Subject() == nil; asked && t.reading().Likely < certain && d.suspect(t) {
		return true
	}
	return t.answered(f, s) || d.intend(t, s)
}

// certain is how likely an answer must be for a socket or a wire in it not to be asked
// about.
const certain = 0.9

// atWork passes on what somebody writes who holds a job: it is meant for the home
// they work for, a danger in it as well. The way out, a number and the buttons of
// a job's question are understood all the same.
func (d *Desk) atWork(t *Turn, f *Flow, s *Step) bool {
	for _, key := range []string{"nav.back", "nav.exit", "nav.person"} {
		if labelled(t.E.Text, key) {
			return false
		}
	}
	if t.numbered(f, s, t.E.Text) != "" {
		return false
	}
	return d.answerPending(t) || t.heard(f, s) || d.crew.Heard(t)
}

// take is an answer the person gave to the question on the screen.
func (t *Turn) take(f *Flow, s *Step, id string) {
	t.S.Said = text.Fold(t.E.Text)
	t.remember(f.Name + "/" + s.ID)
	t.choose(f, s, id)
}

// hint takes the place out of a sentence, so that it need not be said again: it
// is offered, never taken for granted.
func (t *Turn) hint() {
	if t.S.Place != (county.Place{}) {
		return
	}
	if found := t.Desk.County.Find(t.E.Text); len(found) == 1 && found[0].Community != "" {
		t.S.Place = found[0]
	}
}

// heard lets the step take words, a picture, a pin or a contact.
func (t *Turn) heard(f *Flow, s *Step) bool {
	if s.Hear == nil {
		return false
	}
	trail, given := slices.Clone(t.S.Trail), slices.Clone(t.S.Given)
	t.remember(f.Name + "/" + s.ID)
	then := s.Hear(t)
	if then == "" {
		t.S.Trail, t.S.Given = trail, given
		return false
	}
	if ref := f.Name + "/" + s.ID; t.S.Answers[ref] == "" {
		t.Keep(ref, "heard")
	}
	t.enter(refOf(f.Name, then), false)
	return true
}

// hear is for words that no button and no intent matched. What the step does
// not take goes with the person's open job; what belongs nowhere is kept, and
// answered with the way out.
func (d *Desk) hear(t *Turn, f *Flow, s *Step) {
	if t.heard(f, s) || t.ask {
		return
	}
	if t.Subject() != nil && t.renewed == "" {
		t.Note()
		return
	}
	if t.renewed == "" && t.Resting() && d.crew.Heard(t) {
		return
	}
	d.lost(t)
}

// lost answers what nobody understood: once with a short word, above which the question
// and its buttons stay in sight; the second time the words go to people, beside the talk
// (PRODUCT R2). What may be a danger is asked about first.
func (d *Desk) lost(t *Turn) {
	t.KeepWords(t.E.Text)
	t.hint()
	if t.renewed == "" && d.suspect(t) {
		return
	}
	t.S.Lost++
	switch {
	case t.renewed != "":
		t.Tell(t.renewed, nil)
		t.ask = true
	case t.S.Lost >= 2 && !t.Resting() && t.passAside("router.lost_passed", max(0, len(t.S.Notes)-2)):
		t.S.Lost = 0
	case t.S.Lost >= 2:
		t.Tell("router.lost_twice", nil)
		t.remember(t.here())
		t.enter(passRef, false)
	default:
		t.Tell("router.lost", nil)
		t.bare = !t.opening
	}
}
