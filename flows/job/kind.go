package job

import "powerdesk/flows/words"

// Kind says what sort of work a job is. It is given when the job is opened and
// stored with it; what differs between kinds is data (Traits), so that nothing has
// to be guessed from what the job is about.
type Kind string

// The kinds.
const (
	Fault Kind = "fault" // no power, or not as it should be: somebody waits for light
	Call  Kind = "call"  // somebody wants an answer: the crew or the hall's clerk phones
)

// Traits are what follows from a kind.
type Traits struct {
	People      int    // how many volunteers it takes: two at every door (DOMAIN §1 row 16), one to call back
	Drives      bool   // they go to the place
	Outage      bool   // somebody is without light: news of light, "still dark" and dangers are about this job
	EndQuestion string // the step of the report flow that asks the resident whether it is done
	Words       string // the ending of sentences that read differently for it; "" = all read alike
}

var kinds = map[Kind]Traits{
	Fault: {People: 2, Drives: true, Outage: true, EndQuestion: "back"},
	Call:  {People: 1, EndQuestion: "called", Words: "_call"},
}

// Known says whether there is such a kind: a job of another one is a mistake of
// the program that opened it.
func (k Kind) Known() bool { return kinds[k].People > 0 }

// Traits gives what follows from the kind. A kind that is not known is taken for
// a fault: the most people come, and nobody is kept from them.
func (k Kind) Traits() Traits {
	if !k.Known() {
		k = Fault
	}
	return kinds[k]
}

// Drives says whether the crew goes to the place.
func (j *Job) Drives() bool { return j.Kind.Traits().Drives }

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
