package talk

import (
	"maps"
	"slices"
	"strings"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/understand"
	"powerdesk/flows/words"
)

// Turn is one event being decided: what was loaded, and what is to be done. It
// lives for one Step and is what a step's functions work with.
type Turn struct {
	Desk *Desk
	S    *Session
	E    Event
	Jobs map[string]*job.Job
	Team *county.Team

	before   map[string]*job.Job // as they were told last
	effects  []Effect
	told     []string // paragraphs that go before the question, in one message
	ask      bool     // show the current step's question
	redacted bool     // the number of a bank card was taken out of what was said
	bare     bool     // the buttons on the screen stay as they are
	silent   bool     // the second picture of an album: kept, and nothing said
	opening  bool     // with this event the person opens the private chat
	leaving  bool     // the person wants the menu and no further question
	renewed  string   // why the talk was begun anew, said only when the person must say it again
	class    Class
	read     *understand.Reading // what the text says, once it was asked for
}

// Told says that this state of a job is told: what is followed begins here.
func (t *Turn) Told(j *job.Job) { t.before[j.No] = j.Clone() }

// Do adds an effect.
func (t *Turn) Do(e Effect) { t.effects = append(t.effects, e) }

// Tell adds a sentence to this turn's one message to the person.
func (t *Turn) Tell(key string, args words.Args) { t.told = append(t.told, t.Word(key, args)) }

// Reply adds a text to this turn's one message, and leaves the talk where it is:
// a question under way is asked again below it.
func (t *Turn) Reply(text string) {
	t.told = append(t.told, text)
	t.ask = !t.Resting()
}

// Ask asks the question of the screen at the end of this turn.
func (t *Turn) Ask() { t.ask = true }

// Hush answers nothing: what was sent belongs to what has been answered.
func (t *Turn) Hush() { t.silent = true }

// Word gives a sentence in the person's language, in Telegram's HTML. Every
// sentence may name the county and the hotline.
func (t *Turn) Word(key string, args words.Args) string {
	c := t.Desk.County
	filled := words.Args{"Hotline": c.Hotline, "County": c.Name.In(t.S.Lang)}
	maps.Copy(filled, args)
	return words.Say(t.S.Lang, key, filled)
}

// Hurry makes this turn's message leave before all others.
func (t *Turn) Hurry() { t.class = Danger }

// Answer gives what was answered in this talk at a step of the current flow, or
// at "flow/step" of another; "" when it was not.
func (t *Turn) Answer(step string) string { return t.S.Answers[refOf(t.S.Flow, step)] }

// Keep stores an answer without leaving the step. What it is stored under need
// not be a step.
func (t *Turn) Keep(step, answer string) {
	if t.S.Answers == nil {
		t.S.Answers = make(map[string]string)
	}
	ref := refOf(t.S.Flow, step)
	t.S.Answers[ref] = answer
	t.S.Given = append(t.S.Given, ref)
}

// Fact notes what has happened and cannot be taken back by going back.
func (t *Turn) Fact(name string) {
	t.Keep(name, "yes")
	t.S.Given = t.S.Given[:len(t.S.Given)-1]
}

// Drop makes the answer of a step open again.
func (t *Turn) Drop(steps ...string) {
	for _, step := range steps {
		delete(t.S.Answers, refOf(t.S.Flow, step))
	}
}

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

// Want notes that the person wants people to come: as the answer of the step at
// which they said so, or at which it became clear.
func (t *Turn) Want() { t.Keep("wish", wish) }

// Coming says whether the person asked for people without further questions.
// It is the answer of the step at which they did, so Back takes it back.
func (t *Turn) Coming() bool {
	return slices.Contains(slices.Collect(maps.Values(t.S.Answers)), wish)
}

// Go enters a step, "flow/step" or a step of the current flow: it is shown, or
// skipped when its answer is known, or asked of the world when it is a lookup.
func (t *Turn) Go(then string) { t.enter(refOf(t.S.Flow, then), false) }

func (t *Turn) enter(ref string, back bool) {
	f, s, ok := t.Desk.find(ref)
	if !ok {
		f, s, _ = t.Desk.find(menuRef)
	}
	if f.Name+"/"+s.ID == menuRef {
		t.Clear()
	}
	t.S.Flow, t.S.Version, t.S.Step = f.Name, f.Version, s.ID
	t.S.Lost = 0
	if s.Enter != nil && !back {
		s.Enter(t)
	}
	if s.Lookup != "" {
		t.ask = false
		at := t.E.At
		if s.On != nil {
			at = s.On(t)
		}
		t.Do(Lookup{Kind: s.Lookup, Place: t.S.Place, At: at})
		return
	}
	if !back {
		if answer := t.known(s); answer != "" {
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
		if a.Then != "" {
			t.enter(refOf(f.Name, a.Then), false)
		}
		return
	}
	if s.Chosen != nil {
		t.enter(refOf(f.Name, s.Chosen(t, id)), false)
	}
}

// remember puts the step that is being answered behind us, for Back.
func (t *Turn) remember(ref string) {
	if ref == menuRef {
		t.S.Trail, t.S.Given = nil, nil
	}
	if n := len(t.S.Trail); n == 0 || t.S.Trail[n-1].Step != ref {
		t.S.Trail = append(t.S.Trail, Visit{Step: ref, Given: len(t.S.Given), Place: t.S.Place})
	}
}

// Begin starts a flow afresh. What was said, sent or shared before it was
// understood is kept for it.
func (t *Turn) Begin(ref string) {
	t.BeginOn(ref, "")
}

// BeginOn starts a flow afresh about a job.
func (t *Turn) BeginOn(ref, no string) {
	t.S.Answers, t.S.Given, t.S.Trail, t.S.Job = nil, nil, nil, no
	t.enter(ref, false)
}

// Clear ends the talk: nothing of it is left, and the menu is next.
func (t *Turn) Clear() {
	t.leave()
	t.S.Media, t.S.Notes, t.S.Heard, t.S.Phone, t.S.Place = nil, nil, nil, "", county.Place{}
}

// leave goes to the menu and keeps what the person has said and sent, for
// whatever they start next.
func (t *Turn) leave() {
	s := t.S
	s.Answers, s.Given, s.Trail, s.Job, s.Lost = nil, nil, nil, "", 0
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

// Resting says whether what had to be done is done: the talk is idle, or at a
// question that may be left unanswered.
func (t *Turn) Resting() bool {
	_, s := t.step()
	return t.Idle() || s.Over
}

// message joins what was told with the question.
func (t *Turn) message(question string) string {
	parts := slices.Clone(t.told)
	if question != "" {
		parts = append(parts, question)
	}
	return strings.Join(parts, "\n\n")
}
