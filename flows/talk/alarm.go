package talk

import (
	"slices"
	"strings"

	"powerdesk/flows/job"
	"powerdesk/flows/text"
	"powerdesk/flows/understand"
	"powerdesk/flows/words"
)

// alarm takes words that name a danger, on whatever screen they are written and
// whatever else they might be there. An unmistakable one alerts the crew at once;
// one in doubt asks the danger question. After a "no" the talk goes on where it
// was.
//
// Three leave a doubt to the screen: a name that has such a word in it, the
// questions that the crew is asked, since who mends wires writes of them, and a
// talk whose danger is out.
//
// These never come here, on purpose: a button's own words (its step deals with
// the danger); what a holder of a job writes, which goes to the home they work
// for and there makes the job a danger (duty.Heard), or says what was done; the
// second tap on the same words; a message that was changed, but for a danger beyond
// doubt; and the groups, where the crew talks among itself.
func (d *Desk) alarm(t *Turn, s *Step) bool { return d.hearDanger(t, s, understand.Danger(t.E.Text)) }

// guess is for words that name no danger and sound like one: where nothing else is
// waited for, the danger question is asked.
func (d *Desk) guess(t *Turn, s *Step) bool {
	p := t.reading().Danger
	return p.Guessed && !t.E.From.Member && !s.Names && !s.Free && t.Subject() == nil && d.hearDanger(t, s, p)
}

func (d *Desk) hearDanger(t *Turn, s *Step, p understand.Peril) bool {
	if p.Kind == "" {
		return false
	}
	f := d.flows[alarmFlow]
	ref := alarmFlow + "/" + f.Start
	asking := t.here() == ref
	if p.Sure && t.S.Flow == workFlow { // it is where the job is that they are asked about
		if s.Over && t.heard(d.flows[workFlow], s) {
			return true
		}
		if d.crew.Heard(t) {
			t.ask = !t.Resting()
			return true
		}
	}
	switch {
	case !p.Sure && (t.S.Flow == workFlow || s.Names && p.Named):
		return false
	case !p.Sure && !asking && t.alarmed(p.Kind):
		return t.name(f, s, p)
	case t.E.Kind != Attach: // a caption stays with its picture
		t.KeepWords(t.E.Text)
	}
	t.hint()
	if !t.Idle() && (p.Sure || !asking) {
		t.remember(t.here())
	}
	switch {
	case p.Sure:
		f.Alarm(t, p.Kind)
		return true
	case asking:
		t.doubt(f, s, p)
		return true
	case !t.Resting():
		t.Keep(doubtAt, t.here())
		t.Keep(doubtOf, t.E.Text)
	}
	if s.Names || s.Free {
		t.Tell("router.doubt", words.Args{"Text": t.E.Text})
	}
	if j := t.Waiting(); j != nil && j.Danger != "" { // its crew reads it whatever the answer is
		t.HandOver(j)
	}
	t.enter(ref, false)
	return true
}

// suspect asks the danger question about words that nobody understood when they
// name what a danger comes from: 铁栅栏电手, "the tap bites". No list holds all that
// people say of a socket; that it is one is enough to ask, once in a talk. The
// crew is left to its own questions.
func (d *Desk) suspect(t *Turn) bool {
	ref := alarmFlow + "/" + d.flows[alarmFlow].Start
	if t.E.From.Member || t.here() == ref || t.S.Answers[ref] != "" || t.alarmed(job.UnknownDanger) || t.DeniesDanger() || !understand.NamesSource(t.E.Text) {
		return false
	}
	if !t.Idle() {
		t.remember(t.here())
	}
	t.Keep(doubtAt, t.here())
	t.Keep(doubtOf, t.E.Text)
	t.Tell("router.doubt", words.Args{"Text": t.E.Text})
	t.enter(ref, false)
	return true
}

// alarmed says whether a danger of that kind is out already, or, in the talk about
// one, a danger of any kind.
func (t *Turn) alarmed(kind string) bool {
	j := t.Subject()
	if j == nil || j.Danger == "" || j.Mended() {
		return false
	}
	return !t.Resting() && t.S.Flow == alarmFlow || t.Resting() && (kind == j.Danger || kind == job.UnknownDanger)
}

// name takes a word for the kind of a danger that is out without one, and in a resting
// talk for the same danger, told again. What else is said of it is for the screen, and
// goes to the crew.
func (t *Turn) name(f *Flow, s *Step, p understand.Peril) bool {
	switch j := t.Subject(); {
	case p.Feared:
	case s.Tiny: // the safety text is in sight
		j.Worsen(t.S.Chat, t.E.At)
	case t.Resting():
		if t.E.Kind != Attach {
			t.KeepWords(t.E.Text)
		}
		f.Alarm(t, j.Danger)
		return true
	}
	if t.Job() == nil || t.Job().Danger != job.UnknownDanger || p.Kind == job.UnknownDanger || p.Feared || s.Names || s.Free {
		return false
	}
	t.KeepWords(t.E.Text)
	t.remember(t.here())
	f.Alarm(t, p.Kind)
	return true
}

// doubt takes a word in doubt for the answer to the danger question: whoever is
// asked for smoke and writes "smoke" says yes. A fear, and what comes after a
// "no", is asked about once more.
func (t *Turn) doubt(f *Flow, s *Step, p understand.Peril) {
	switch first, _ := understand.FirstClause(understand.Plain(t.E.Text)); {
	case p.Feared, t.pressed(f, s, firstWord(first)) == "no":
		t.Tell("router.doubt", words.Args{"Text": t.E.Text})
		t.ask = true
	case p.Kind == job.UnknownDanger:
		t.take(f, s, "yes")
	default:
		t.remember(t.here())
		f.Alarm(t, p.Kind)
	}
}

// settle goes on where the danger question came between when its answer is no.
// Where names and free words are written, the words are what they were written
// for.
func (d *Desk) settle(t *Turn, f *Flow, s *Step) bool {
	at, said := t.S.Answers[doubtAt], t.S.Answers[doubtOf]
	if at == "" || t.here() != alarmFlow+"/"+f.Start || !t.saysNo(f, s) {
		return false
	}
	for _, a := range s.Answers {
		if a.ID == "no" && a.Do != nil {
			a.Do(t)
		}
	}
	t.S.Said = text.Fold(t.E.Text)
	t.Drop(doubtAt, doubtOf)
	if n := len(t.S.Trail); n > 0 && t.S.Trail[n-1].Step == at {
		t.S.Trail = t.S.Trail[:n-1]
	}
	t.Keep(s.ID, "no")
	t.enter(at, true)
	if f, s := t.step(); s.Names || s.Free {
		if i := slices.Index(t.S.Notes, said); i >= 0 {
			t.S.Notes = slices.Delete(t.S.Notes, i, i+1)
		}
		t.E.Text = said
		t.heard(f, s)
	}
	return true
}

// saysNo says whether the words answer the danger question with no.
func (t *Turn) saysNo(f *Flow, s *Step) bool {
	id := t.pressed(f, s, t.E.Text)
	if id == "" {
		id = t.numbered(f, s, t.E.Text)
	}
	return id == "no" || id == "" && t.DeniesDanger()
}

// DeniesDanger says whether the text of this turn names dangers only to say
// that there are none: "没有冒烟", "no sparks".
func (t *Turn) DeniesDanger() bool {
	p := understand.Danger(t.E.Text)
	return p.Kind == "" && p.Denied
}

// firstWord is the first word of a text, or "".
func firstWord(said string) string {
	for word := range strings.FieldsSeq(said) {
		return word
	}
	return ""
}
