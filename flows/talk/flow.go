package talk

import (
	"time"

	"powerdesk/flows/words"
)

// Flow is one conversation, declared: steps, the answers each one offers and
// where they lead. The graph is data, so it can be checked, drawn and played.
type Flow struct {
	Name    string
	Version int    // raised when stored answers would be misread; an older talk restarts politely
	Start   string // id of its first step
	Aside   bool   // its first step is only said: the talk goes on where it was
	Detour  bool   // a talk under way goes on where it was once this is over (Turn.Return)
	Steps   []Step

	// Pending tells which question of this flow is open for the person without
	// having been reached by a step: a job waits for their answer. It returns the
	// step and the job, or "".
	Pending func(*Turn) (step, job string)
	// Overhear takes the words of a resting talk that concern a job of this person
	// ("no need to come"): the step they lead to and the job, or "".
	Overhear func(*Turn) (step, job string)
	// Alarm takes a danger word written on any screen. Exactly one flow has it.
	Alarm func(t *Turn, kind string)
	// After runs at the end of every private turn in the flow.
	After func(*Turn)
	// Due is called when a Remind named "<flow>/…" comes due.
	Due func(*Turn)
}

// Step is one screen: a question, its answers, and what else it takes.
type Step struct {
	ID      string
	Words   string   // prefix of its sentences; "" = "<flow>.<id>"
	Picture string   // the drawing that shows what it says, by name; bot/pictures has them
	Answers []Answer // in the order of the buttons
	Lookup  LookupKind
	On      func(*Turn) time.Time // the instant that the lookup is about; nil = now

	// Offer adds answers that the county gives, such as its towns.
	Offer func(*Turn) []Choice
	// Chosen is called with the id of an offered choice and returns the next step.
	Chosen func(t *Turn, id string) string
	// Leads lists every step that Chosen and Hear may return, and the Do of an answer
	// may go to: the graph must be complete without running them.
	Leads []string
	// Hear takes what no answer matched (typed words, a photo, a pin, a contact)
	// and returns the next step; "" = not understood.
	Hear func(*Turn) string
	// Enter runs when the step is entered, before Known.
	Enter func(*Turn)
	// Known gives the answer when it is known already: the screen is skipped.
	Known func(*Turn) string
	// Args fills the blanks of the question.
	Args func(*Turn) words.Args

	Come  bool // offers "please just come": triage screens; the flow has a step of the id "come"
	Names bool // takes names and addresses: only unmistakable danger words leave it
	Free  bool // takes free words: a number is a word, and so is "no power"
	Self  bool // has no buttons of its own; Known always decides: a fork with a name
	Exact bool // its Hear takes only what it knows for certain, and so is asked before the rest
	Ends  bool // the talk is over once this is said; the menu's buttons follow
	Once  bool // asks for something to be done that must not be done twice: Back passes over it
	Over  bool // what had to be done is done; the question may be left unanswered
	Tiny  bool // shows its answers and a person alone: what it says must stay in sight, and the way back and out are understood all the same
	Posed bool // a pending question that reached the person by a job's news, not by a step
}

// Answer is a button of a step.
type Answer struct {
	ID    string
	Then  string      // the next step, "flow/step" in another flow; "" = Do has gone there
	Forks []Fork      // the first that holds wins over Then
	Do    func(*Turn) // runs before the next step is entered
	When  func(*Turn) bool
	Ask   KeyKind

	// Means lists what stands for this answer in words, divided by blanks: intents of
	// flows/understand, and slots as "neighbours=all". "" = what its id usually means.
	Means string
}

// KeyKind says what a button of a reply keyboard sends.
type KeyKind int

// The kinds of key: its own words, the presser's phone, the presser's position.
const (
	PlainKey KeyKind = iota
	ContactKey
	LocationKey
)

// Fork leads elsewhere when its condition holds. Name is what the drawn graph
// says on the arrow.
type Fork struct {
	Name string
	If   func(*Turn) bool
	Then string
}

// Choice is a button that the county gives, with its label in the reader's
// language and what may be typed instead.
type Choice struct {
	ID    string
	Label string
	Also  []string
}

// step finds a step by id; nil when the flow has none.
func (f *Flow) step(id string) *Step {
	for i := range f.Steps {
		if f.Steps[i].ID == id {
			return &f.Steps[i]
		}
	}
	return nil
}

// exact says whether a step that hears takes only what it knows for certain, such as
// the words of a meter, and not just any words.
func (s *Step) exact() bool {
	return s.Hear != nil && (s.Exact || !s.Free && !s.Names && !s.Over)
}

// Already makes the Known of a step: the answer is known while something is so.
func Already(answer string, so func(*Turn) bool) func(*Turn) string {
	return func(t *Turn) string {
		if so(t) {
			return answer
		}
		return ""
	}
}

// WordsKey is the prefix of the step's sentences.
func (s *Step) WordsKey(flow string) string {
	if s.Words != "" {
		return s.Words
	}
	return flow + "." + s.ID
}
