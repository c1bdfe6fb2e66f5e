package job

import (
	"maps"
	"slices"

	"powerdesk/flows/words"
)

// Kind says what sort of work a job is. It is given when the job is opened and
// stored with it; what differs between kinds is data (Traits), so that nothing has
// to be guessed from what the job is about.
type Kind string

// The kinds.
const (
	Fault    Kind = "fault"    // no power, or not as it should be: somebody waits for light
	Call     Kind = "call"     // somebody wants an answer: one of the crew phones
	Credit   Kind = "topup"    // no credit while the hall is closed: somebody waits for light, and a clerk can do all that is needed
	Visit    Kind = "visit"    // a leader wants a household looked after: two go there, by day, and nobody waits for light
	Question Kind = "question" // about a card or credit: somebody wants an answer, and a clerk phones
)

// Room says whose a kind is: in which group its card stands, and who takes it.
type Room string

// The rooms.
const (
	Crew   Room = "crew"   // the duty group, where the volunteers are
	Clerks Room = "clerks" // the group of the hall's clerks
)

// Traits are what follows from a kind.
type Traits struct {
	Room        Room     // whose it is
	Raised      Kind     // what the clerks' becomes when people must go, under the same number and with its whole history; "" = it is the crew's
	People      int      // how many volunteers it takes: two at every door (DOMAIN §1 row 16), one to call back; none = the clerk of its TopUp does it
	Moves       []string // the families of moves that its card has (flows/duty), in the order of their buttons
	Outage      bool     // somebody is without light: news of light, "still dark" and dangers are about this job
	Ladders     []string // the ladders that it climbs while nobody does anything (flows/duty); those of a fault, when there is a danger
	EndQuestion string   // the step of the report flow that asks the resident whether it is done
	Ends        []string // how the crew's word ends it for good; none = the resident is asked
	Days        bool     // it is a matter of days and office hours: nobody is rung for it at night, and nothing counts its minutes
	Words       string   // the ending of sentences that read differently for it; "" = all read alike
}

var kinds = map[Kind]Traits{
	Fault: {
		Room: Crew, People: 2, Outage: true, EndQuestion: "back",
		Moves:   []string{"claim", "drive", "wait", "help", "mend", "drop"},
		Ladders: []string{"wait", "topup", "unclaimed", "idle", "late", "eta", "work", "stuck", "unanswered"},
	},
	Call: {
		Room: Crew, People: 1, EndQuestion: "called", Words: "_call",
		Moves:   []string{"claim", "wait", "answer", "drop"},
		Ladders: []string{"wait", "unclaimed", "idle", "stuck", "unanswered"},
	},
	Credit: {
		Room: Clerks, Raised: Fault, Outage: true, EndQuestion: "back",
		Moves:   []string{"credit"},
		Ladders: []string{"hall", "topup", "unanswered"},
	},
	Visit: {
		Room: Crew, People: 2, Ends: []string{Visited, Nobody}, Days: true, Words: "_visit",
		Moves:   []string{"claim", "drive", "end", "drop"},
		Ladders: []string{"visit"},
	},
	Question: {
		Room: Clerks, Raised: Call, People: 1, EndQuestion: "called", Words: "_call",
		Moves:   []string{"claim", "wait", "answer", "drop"},
		Ladders: []string{"hall", "question", "wait", "unclaimed", "idle", "stuck", "unanswered"},
	},
}

// Kinds lists all kinds, by name.
func Kinds() []Kind { return slices.Sorted(maps.Keys(kinds)) }

// Known says whether there is such a kind: a job of another one is a mistake of
// the program that opened it.
func (k Kind) Known() bool { return kinds[k].Room != "" }

// Traits gives what follows from the kind. A kind that is not known is taken for
// a fault: the most people come, and nobody is kept from them.
func (k Kind) Traits() Traits {
	if !k.Known() {
		k = Fault
	}
	return kinds[k]
}

// Room says whose the job is.
func (j *Job) Room() Room { return j.Kind.Traits().Room }

// CreditAlone says whether all that is wanted is what a clerk does for its TopUp: its
// card, its moves and its ladder are those of the request.
func (j *Job) CreditAlone() bool { return j.Outage() && j.Room() == Clerks }

// Answers says whether somebody wants an answer by phone.
func (j *Job) Answers() bool { return j.Kind.Traits().EndQuestion == "called" }

// Drives says whether the crew goes to the place.
func (j *Job) Drives() bool { return slices.Contains(j.Kind.Traits().Moves, "drive") }

// Outage says whether somebody is without light for whom this job is open.
func (j *Job) Outage() bool { return j.Kind.Traits().Outage }

// Phrase gives the key of a sentence as it reads for the job's kind, when there is
// such a one: "report.state.open_call".
func (j *Job) Phrase(key string) string {
	if ending := j.Kind.Traits().Words; ending != "" && words.Has(words.ZH, key+ending) {
		return key + ending
	}
	return key
}
