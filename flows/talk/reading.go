package talk

import (
	"cmp"
	"slices"
	"strings"

	"powerdesk/flows/understand"
)

// reading is what the text of this turn says, read once, for the screen it was
// written at.
func (t *Turn) reading() understand.Reading {
	if t.read == nil {
		r := understand.Reader{County: t.Desk.County}.Read(t.screen(), t.E.Text)
		t.read = &r
	}
	return *t.read
}

// Screens of no flow, as understand names them.
const (
	screenFirst = "first"    // nothing is going on
	screenJob   = "open-job" // nothing but a job that the person waits for
)

// screen names the question that stands on the person's screen.
func (t *Turn) screen() string {
	f, s := t.step()
	switch {
	case t.here() == jobRef:
		return screenJob
	case !t.Idle():
		return f.Name + "/" + s.ID
	case t.Waiting() != nil:
		return screenJob
	}
	return screenFirst
}

// jobRef is the screen that shows a job to who waits for it: nothing is asked there.
const jobRef = "report/job"

// MeansToWaiting gives what the words of this turn would firmly mean to somebody who
// waits, "" when that is in doubt.
func (t *Turn) MeansToWaiting() understand.Intent {
	read := understand.Reader{County: t.Desk.County}.Read(screenJob, t.E.Text)
	if !read.Firm() {
		return ""
	}
	return read.Intent
}

// plainly is how likely a reading must be to win over free words and names: a button's
// meaning, and not part of an address or a note.
const plainly = 0.8

// answers is how likely it must be that an answer's meanings were meant.
const answers = 0.5

// answered takes a sentence for the answer to the question on the screen. One that
// would settle something and is in doubt is asked about once more.
func (t *Turn) answered(f *Flow, s *Step) bool {
	if t.Idle() {
		return false
	}
	read := t.reading()
	if s.Over && t.Subject() != nil && t.E.Kind == Text && (read.Slots["phone"] != "" && read.Slots["phone"] != "none" || slices.Contains(forCrew, t.MeansToWaiting())) {
		return false
	}
	a := t.answerMeant(s, read)
	if a == nil || s.Over && !read.Firm() && !a.settles() || (s.Free || s.Names) && (read.Likely < plainly || read.Intent == understand.Answer && read.Answer == "") {
		return false
	}
	if a.settles() && !read.Firm() || a.Means == noDanger && !t.Short() && !read.Danger.Denied {
		t.KeepWords(t.E.Text)
		t.Tell("router.not_sure", nil)
		t.ask = true
		return true
	}
	t.remark(read)
	t.take(f, s, a.ID)
	return true
}

// forCrew is what is meant for the crew of an open job, also where a question stands that
// may be left unanswered.
var forCrew = []understand.Intent{
	understand.AddInfo, understand.Correct, understand.WhenBack, understand.WhoComes, understand.Hurry, understand.Status,
}

// answerMeant finds the answer of a step that a reading means: by what was answered,
// or by what else was said.
func (t *Turn) answerMeant(s *Step, read understand.Reading) *Answer {
	meant := cmp.Or(read.Answer, string(read.Intent))
	for _, a := range s.Answers {
		if a.Ask != PlainKey || a.When != nil && !a.When(t) {
			continue
		}
		might := 0.0
		for _, m := range a.meanings() {
			might += read.Might[m]
		}
		if slices.Contains(a.meanings(), meant) && might >= answers || read.Intent == understand.Answer && t.saidAlready(a, read.Slots) {
			return &a
		}
	}
	return nil
}

// meanings lists what an answer stands for: intents, and slots as "key=value".
func (a Answer) meanings() []string {
	return strings.Fields(cmp.Or(a.Means, usually[a.ID], a.ID))
}

// usually is what answers of these ids stand for where their row says nothing else.
var usually = map[string]string{
	"back": "light_back", "lit": "light_back", "still": "still_dark", "dark": "still_dark outage hurry", "unread": "card_unread", "inserted": "card_unread",
	"unpaid": "paid=no", "slot": "yes", "slotless": "no",
	"medical": "household=medical", "helpless": "household=helpless", "none": "no household=none",
	"trips": "reset=trips still_dark trips", "up": "switch=up", "down": "switch=down",
	"bright": "flicker=bright", "dim": "flicker=dim", "motor": "flicker=motor",
}

// noDanger is what the no to the danger question stands for.
const noDanger = "no danger=none danger_denied"

// settling are the intents that end, withdraw or rate something: in doubt they are
// asked about once more.
var settling = []understand.Intent{
	understand.LightBack, understand.Withdraw, understand.Satisfied, understand.Fair, understand.Unsatisfied,
}

// settles says whether an answer does. So does the no to the danger question.
func (a Answer) settles() bool {
	return a.Means == noDanger || slices.ContainsFunc(a.meanings(), func(m string) bool { return slices.Contains(settling, understand.Intent(m)) })
}

// saidAlready says whether a slot that the answer stands for has been said.
func (t *Turn) saidAlready(a Answer, slots understand.Slots) bool {
	return slices.ContainsFunc(a.meanings(), func(m string) bool {
		key, value, ok := strings.Cut(m, "=")
		return ok && slots[key] == value
	})
}

// Means gives what the words of this turn mean, as far as is known.
func (t *Turn) Means() understand.Intent { return t.reading().Intent }

// Slot gives what the words of this turn say of a slot, "" when nothing is.
func (t *Turn) Slot(slot string) string {
	if t.E.Kind != Text {
		return ""
	}
	return t.reading().Slots[slot]
}

// AnswerByWords takes the words of this turn for the answer to the question that the
// talk has just come to; where they are none it is asked.
func (t *Turn) AnswerByWords() { t.answered(t.step()) }

// Certain says whether the words of this turn have been understood firmly.
func (t *Turn) Certain() bool { return t.reading().Firm() }

// Likely gives how likely that is what they mean.
func (t *Turn) Likely() float64 { return t.reading().Likely }

// Short says whether the words of this turn are few: a courtesy, and no news.
func (t *Turn) Short() bool { return columns(t.E.Text) <= 24 }

// Hears says whether the question on the screen takes words of any kind.
func (t *Turn) Hears() bool {
	_, s := t.step()
	return s.Hear != nil && !s.exact()
}

// remark notes what a sentence says besides: each question that it answers is
// skipped when its turn comes.
func (t *Turn) remark(read understand.Reading) {
	for key, value := range read.Slots {
		if t.S.Heard == nil {
			t.S.Heard = make(understand.Slots)
		}
		t.S.Heard[key] = value
	}
	if phone := read.Slots["phone"]; phone != "" && phone != "none" && t.S.Phone == "" {
		t.S.Phone = phone
	}
	t.hint()
}

// Heard gives what was said of a slot in this talk, "" when nothing was.
func (t *Turn) Heard(slot string) string { return t.S.Heard[slot] }

// known gives the answer of a step that needs not be asked: what the flow knows, or
// what was said before.
func (t *Turn) known(s *Step) string {
	if s.Known != nil {
		if id := s.Known(t); id != "" {
			return id
		}
	}
	for _, a := range s.Answers {
		if a.Ask == PlainKey && (a.When == nil || a.When(t)) && t.saidAlready(a, t.S.Heard) {
			return a.ID
		}
	}
	return ""
}
