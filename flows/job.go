package flows

import (
	"slices"
	"time"

	"powerdesk/flows/words"
)

// Unnumbered stands for the number of a job that is not stored yet: one rune of
// the private-use area, which cleaned text cannot hold. The store counts the
// jobs of a day inside the commit and puts the number in its place wherever it
// stands, so numbers have no gaps and nobody waits for one.
const Unnumbered = "\uE000"

// JobState is how far a job is (DOMAIN §2.6).
type JobState string

// The states. A job with one claimant is still Open; the pair makes it Claimed.
const (
	Open      JobState = "open"
	Claimed   JobState = "claimed"
	OnTheWay  JobState = "on_the_way"
	Arrived   JobState = "arrived"
	Restored  JobState = "restored" // the crew says so; the resident has not answered
	Closed    JobState = "closed"   // the resident has light, or time ran out
	Withdrawn JobState = "withdrawn"
)

// Job is one fault, however many residents report it. It is the truth from
// which the group's card, the crew's details and the resident's news are drawn.
type Job struct {
	No       string    `json:"no"` // "1123-07", fit to be read out on the phone
	Rev      int64     `json:"-"`  // counted by the store; 0 = never stored
	State    JobState  `json:"state"`
	Epoch    int       `json:"epoch"` // raised by every release and reopening
	Place    Place     `json:"place,omitzero"`
	Danger   string    `json:"danger,omitempty"` // "", "unknown", "fire", "wire", "shock", "water", "tingle"
	Level    Level     `json:"level"`
	Needs    []string  `json:"needs,omitempty"`   // "medical", "helpless": who must not wait
	Symptom  string    `json:"symptom,omitempty"` // a key below symptom.* of the words; it also tells a fault from a call
	Tried    []string  `json:"tried,omitempty"`   // keys below tried.*: what the resident already did
	Meter    string    `json:"meter,omitempty"`   // what the meter shows, as written
	Paid     Payment   `json:"paid,omitzero"`     // what was paid and has not arrived
	Reports  []Report  `json:"reports"`
	Pair     [2]Claim  `json:"pair"`
	Called   []string  `json:"called,omitempty"` // who was asked for help: "squad", "station", "hall"
	ETA      time.Time `json:"eta,omitzero"`     // when the crew means to be there
	Wait     Wait      `json:"wait,omitzero"`
	Posted   int       `json:"posted,omitempty"`   // how often the card was posted anew: each time is a message of its own
	Cause    string    `json:"cause,omitempty"`    // DOMAIN §2.4
	Property string    `json:"property,omitempty"` // whose the faulty part is: "company", "customer", "unsure" (DOMAIN §2.5)
	Done     []Note    `json:"done,omitempty"`     // what the crew did, in words and pictures
	Notes    []Note    `json:"notes,omitempty"`
	Hall     bool      `json:"hall,omitempty"` // the hall has it alone: its clerk can do all that is needed, nobody drives out
	TopUp    TopUp     `json:"topup,omitzero"` // what the hall's clerk does for it
	Clocks   Clocks    `json:"clocks"`
	History  []Entry   `json:"history,omitempty"`
}

// Call says whether the job is a call back and no fault: nobody drives out, one
// volunteer is enough, and what is asked at the end is not whether there is
// light.
func (j *Job) Call() bool { return slices.Contains(calls, j.Symptom) }

// calls are the symptoms of jobs that are no fault.
var calls = []string{"talk", "connect", "question"}

// Places is how many volunteers the job needs: two at every door (DOMAIN §1
// row 16), one to call back.
func (j *Job) Places() int {
	if j.Call() {
		return 1
	}
	return len(j.Pair)
}

// Gated says whether the work is only for people marked qualified: danger, and
// what the squad was called for (PRODUCT V6). Others may guard, calm and look.
func (j *Job) Gated() bool { return j.Danger != "" || slices.Contains(j.Called, "squad") }

// Short says whether the job still lacks people: a place is free, or nobody who
// holds it may do the work.
func (j *Job) Short() bool {
	if !j.Live() || j.State == Restored || j.Hall && !j.Call() {
		return false
	}
	return j.Claims() < j.Places() || j.Guarded()
}

// Guarded says whether only guards hold the job: nobody is there who may do the
// work.
func (j *Job) Guarded() bool {
	return j.Claims() > 0 && !slices.ContainsFunc(j.Pair[:], func(c Claim) bool { return c.User != 0 && !c.Guard })
}

// Payment is one that has not reached the meter: each a key below topup.channel or
// topup.when of the words, or as written. It holds no amount and no account. The
// zero Payment is none.
type Payment struct {
	By   string `json:"by"`
	When string `json:"when"`
}

// Wait is why a job rests, and until when. The zero Wait is none.
type Wait struct {
	Why   string    `json:"why"` // a key below wait.* of the words
	Until time.Time `json:"until"`
}

// Level is the level of a job under the 95598 rules (DOMAIN §2.4).
type Level string

// The levels. A vulnerable household is Ordinary with priority: Needs says so.
const (
	Ordinary Level = "ordinary"
	Urgent   Level = "urgent"
)

// Report is one resident's report of a job. Everything in it but Lang and the
// times is personal and goes to the pair only.
type Report struct {
	Chat      int64      `json:"chat"`
	Lang      words.Lang `json:"lang"`
	Name      string     `json:"name,omitempty"`
	Phone     string     `json:"phone,omitempty"`
	Onsite    string     `json:"onsite,omitempty"` // who to ask for at the place, when reported for somebody else
	At        time.Time  `json:"at"`
	Withdrawn bool       `json:"withdrawn,omitempty"`
	Answer    string     `json:"answer,omitempty"` // "yes", "no": is the power back?
	Rating    string     `json:"rating,omitempty"` // "good", "fair", "poor"
	Comment   string     `json:"comment,omitempty"`
	Spoken    Attachment `json:"spoken,omitzero"`  // a comment that was spoken or pictured
	Forget    bool       `json:"forget,omitempty"` // erase what is personal once the job is over
	Marks     int        `json:"marks,omitempty"`  // how many earlier reports of this person were marked as false when this one was made
	Typed     bool       `json:"typed,omitempty"`  // by a volunteer, for somebody who phoned or came: Chat is the volunteer's
}

// Claim is one of the two places of the pair. The zero Claim is a free place.
type Claim struct {
	User  int64      `json:"user,omitempty"`
	Name  string     `json:"name,omitempty"`
	Lang  words.Lang `json:"lang,omitempty"`
	Chat  bool       `json:"chat,omitempty"` // the bot may write to the volunteer in private
	Epoch int        `json:"epoch"`          // Job.Epoch when it was claimed: older buttons are not this claim's
	At    time.Time  `json:"at,omitzero"`
	Shown int        `json:"shown,omitempty"` // how often the details were sent: each time is a message of its own
	Hall  bool       `json:"hall,omitempty"`  // the clerk's: no place of the pair, but the hall's part
	Guard bool       `json:"guard,omitempty"` // may guard and look, not do the work: the job is Gated and the holder not qualified
}

// Note is something that stays with the job and reaches the pair.
type Note struct {
	At    time.Time  `json:"at"`
	Chat  int64      `json:"chat,omitempty"` // whose it is, so that it can be erased with the rest of them
	Text  string     `json:"text,omitempty"`
	Media Attachment `json:"media,omitzero"`
}

// Clocks are the instants that DOMAIN §8 measures between. A zero time has not
// happened.
type Clocks struct {
	Reported time.Time `json:"reported"`
	Short    time.Time `json:"short,omitzero"` // since when the job lacks people
	Claim1   time.Time `json:"claim1,omitzero"`
	Claim2   time.Time `json:"claim2,omitzero"`
	Depart   time.Time `json:"depart,omitzero"`
	Arrive   time.Time `json:"arrive,omitzero"`
	Restore  time.Time `json:"restore,omitzero"`
	Confirm  time.Time `json:"confirm,omitzero"`
	Close    time.Time `json:"close,omitzero"`
	Reopen   time.Time `json:"reopen,omitzero"` // "still dark": the waits count from here, the figures from Reported
}

// Entry is one thing that happened to a job. Every change of a job appends
// one; what the group, the pair, the residents and the duty log are told is
// derived from the new entries, so no change can go untold.
type Entry struct {
	At   time.Time `json:"at"`
	What string    `json:"what"`           // "opened", "claimed", …: job_entry.go lists them
	User int64     `json:"user,omitempty"` // the volunteer, or the resident's chat
	Name string    `json:"name,omitempty"` // a volunteer's name; never a resident's
	Arg  string    `json:"arg,omitempty"`  // a cause, a reason, an answer
	By   string    `json:"by,omitempty"`   // the leader who did it and does not hold the job
}

// Actor is who moves a job on: somebody who holds it, a leader, or the desk.
type Actor struct {
	ID   int64
	Name string
	Over bool // a leader who does not hold the job
}

func (a Actor) leader() string {
	if a.Over {
		return a.Name
	}
	return ""
}

// ByDesk is the desk itself.
var ByDesk = Actor{Name: "desk"}
