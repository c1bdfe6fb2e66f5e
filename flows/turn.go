package flows

import (
	"slices"
	"strings"

	"powerdesk/flows/words"
)

// Turn is one event being decided: what was loaded, and what is to be done. It
// lives for one Step and is what a step's functions work with.
type Turn struct {
	Desk *Desk
	S    *Session
	E    Event
	Jobs map[string]*Job

	effects []Effect
	told    []string // paragraphs that go before the question, in one message
	ask     bool     // show the current step's question
	silent  bool     // the second picture of an album: kept, and nothing said
	class   Class
	keys    [][]Key // in place of the step's own keyboard
}

// Do adds an effect.
func (t *Turn) Do(e Effect) { t.effects = append(t.effects, e) }

// Tell adds a sentence to this turn's one message to the person.
func (t *Turn) Tell(key string, args words.Args) { t.told = append(t.told, t.Word(key, args)) }

// Word gives a sentence in the person's language, in Telegram's HTML.
func (t *Turn) Word(key string, args words.Args) string { return words.Say(t.S.Lang, key, args) }

// Hurry makes this turn's message leave before all others.
func (t *Turn) Hurry() { t.class = Danger }

// With shows these keys instead of the current step's.
func (t *Turn) With(keys [][]Key) { t.keys = keys }

// Answer gives what was answered at a step of this talk, or "".
func (t *Turn) Answer(step string) string { return t.S.Answers[step] }

// Unsure counts the "don't know" answers of this talk: two of them and people
// are sent (DOMAIN §4).
func (t *Turn) Unsure() int {
	n := 0
	for _, a := range t.S.Answers {
		if a == "unsure" {
			n++
		}
	}
	return n
}

// Keep stores an answer without leaving the step.
func (t *Turn) Keep(step, answer string) {
	if t.S.Answers == nil {
		t.S.Answers = make(map[string]string)
	}
	t.S.Answers[step] = answer
}

// Job gives the job this talk is about, or nil.
func (t *Turn) Job() *Job { return t.Jobs[t.S.Job] }

// Open makes a new job of which this person is the first reporter. Its number
// comes with the commit.
func (t *Turn) Open(j *Job) *Job {
	j.No, j.State = Unnumbered, Open
	j.Clocks.Reported = t.E.At
	j.Record(Entry{At: t.E.At, What: DidOpen, User: t.S.Chat})
	t.Jobs[Unnumbered] = j
	t.S.Job = Unnumbered
	t.S.Follows = append(t.S.Follows, Unnumbered)
	return j
}

// Mine lists the live or just closed jobs this person reported, oldest first.
func (t *Turn) Mine() []*Job {
	var mine []*Job
	for _, no := range t.S.Follows {
		if j := t.Jobs[no]; j != nil && j.ReportOf(t.S.Chat) != nil {
			mine = append(mine, j)
		}
	}
	return mine
}

// Waiting gives the newest live job this person reported, or nil.
func (t *Turn) Waiting() *Job {
	for _, j := range slices.Backward(t.Mine()) {
		if j.Live() && !j.ReportOf(t.S.Chat).Withdrawn {
			return j
		}
	}
	return nil
}

// Go enters a step, "flow/step" or a step of the current flow: it is shown, or
// skipped when its answer is known, or asked of the world when it is a lookup.
func (t *Turn) Go(then string) { t.enter(refOf(t.S.Flow, then), false) }

func (t *Turn) enter(ref string, back bool) {
	f, s, ok := t.Desk.find(ref)
	if !ok {
		f, s, _ = t.Desk.find(menuRef)
	}
	if ref == menuRef {
		t.Clear()
	}
	t.S.Flow, t.S.Version, t.S.Step = f.Name, f.Version, s.ID
	t.S.Lost = 0
	if s.Enter != nil && !back {
		s.Enter(t)
	}
	if s.Lookup != "" {
		t.ask = false
		t.Do(Lookup{Kind: s.Lookup, Place: t.S.Place, At: t.E.At})
		return
	}
	if s.Known != nil && !back {
		if answer := s.Known(t); answer != "" {
			t.choose(f, s, answer)
			return
		}
	}
	t.ask = true
}

// Choose gives the answer of a step as if the person had: the alarm uses it to
// take a danger word for the taps it saves.
func (t *Turn) Choose(ref, answer string) {
	f, s, ok := t.Desk.find(ref)
	if !ok {
		return
	}
	t.S.Flow, t.S.Version, t.S.Step = f.Name, f.Version, s.ID
	t.choose(f, s, answer)
}

// choose takes one of a step's own answers.
func (t *Turn) choose(f *Flow, s *Step, id string) {
	t.Keep(s.ID, id)
	for _, a := range s.Answers {
		if a.ID != id {
			continue
		}
		if a.Do != nil {
			a.Do(t)
		}
		for _, fork := range a.Forks {
			if fork.If(t) {
				t.enter(refOf(f.Name, fork.Then), false)
				return
			}
		}
		t.enter(refOf(f.Name, a.Then), false)
		return
	}
	if s.Chosen != nil {
		t.enter(refOf(f.Name, s.Chosen(t, id)), false)
	}
}

// remember puts the step that was just answered behind us, for Back.
func (t *Turn) remember(ref string) {
	if ref == menuRef {
		t.S.Trail = nil
	}
	if n := len(t.S.Trail); n == 0 || t.S.Trail[n-1] != ref {
		t.S.Trail = append(t.S.Trail, ref)
	}
}

// Begin starts a flow afresh. What was said or sent before it was understood is
// kept for it.
func (t *Turn) Begin(ref string) {
	t.S.Answers, t.S.Trail, t.S.Job, t.S.Phone = nil, nil, "", ""
	t.enter(ref, false)
}

// Clear ends the talk: nothing of it is left, and the menu is next.
func (t *Turn) Clear() {
	s := t.S
	s.Answers, s.Trail, s.Media, s.Notes = nil, nil, nil, nil
	s.Job, s.Phone, s.Place, s.Lost = "", "", Place{}, 0
	f, step, _ := t.Desk.find(menuRef)
	s.Flow, s.Version, s.Step = f.Name, f.Version, step.ID
}

// here is the current step as "flow/step".
func (t *Turn) here() string { return t.S.Flow + "/" + t.S.Step }

// step is the current flow and step; the menu when there is none.
func (t *Turn) step() (*Flow, *Step) {
	f, s, ok := t.Desk.find(t.here())
	if !ok {
		f, s, _ = t.Desk.find(menuRef)
	}
	return f, s
}

// Idle says whether nothing is going on in the talk.
func (t *Turn) Idle() bool { return t.S.Flow == "" || t.here() == menuRef }

// message joins what was told with the question.
func (t *Turn) message(question string) string {
	parts := slices.Clone(t.told)
	if question != "" {
		parts = append(parts, question)
	}
	return strings.Join(parts, "\n\n")
}
