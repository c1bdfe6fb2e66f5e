package job

import (
	"slices"
	"time"

	"powerdesk/flows/county"
)

// Unnumbered stands for the number of a job that is not stored yet: one rune of
// the private-use area, which cleaned text cannot hold. The store counts the
// jobs of a day inside the commit and puts the number in its place wherever it
// stands, so numbers have no gaps and nobody waits for one.
const Unnumbered = "\uE000"

// State is how far a job is (DOMAIN §2.6).
type State string

// The states. A job with one claimant is still Open; the pair makes it Claimed.
const (
	Open      State = "open"
	Claimed   State = "claimed"
	OnTheWay  State = "on_the_way"
	Arrived   State = "arrived"
	Restored  State = "restored" // the crew says so; the resident has not answered
	Closed    State = "closed"   // the resident has light, or time ran out
	Withdrawn State = "withdrawn"
)

// Job is one piece of work of some kind, however many residents report it. It is the truth from
// which the group's card, the crew's details and the resident's news are drawn.
type Job struct {
	No       string       `json:"no"` // "1123-07", fit to be read out on the phone
	Rev      int64        `json:"-"`  // counted by the store; 0 = never stored
	Kind     Kind         `json:"kind"`
	State    State        `json:"state"`
	Epoch    int          `json:"epoch"` // raised by every release and reopening
	Place    county.Place `json:"place,omitzero"`
	Danger   string       `json:"danger,omitempty"`  // "", "unknown", "fire", "wire", "shock", "water", "tingle"
	Besides  []string     `json:"besides,omitempty"` // dangers of other kinds that were told before that one
	Level    Level        `json:"level"`
	Needs    []string     `json:"needs,omitempty"`   // "medical", "helpless": who must not wait
	Symptom  string       `json:"symptom,omitempty"` // a key below symptom.* of the words
	Tried    []string     `json:"tried,omitempty"`   // keys below tried.*: what the resident already did
	Meter    string       `json:"meter,omitempty"`   // what the meter shows, as written
	Paid     Payment      `json:"paid,omitzero"`     // what was paid and has not arrived
	Reports  []Report     `json:"reports"`
	Joined   int          `json:"joined,omitempty"` // how many joined it, when they were last counted
	Pair     [2]Claim     `json:"pair"`
	Called   []string     `json:"called,omitempty"` // who was asked for help: "squad", "station", "hall"
	ETA      time.Time    `json:"eta,omitzero"`     // when the crew means to be there
	Due      time.Time    `json:"due,omitzero"`     // by when it is to be done, of a kind that has days for it
	Wait     Wait         `json:"wait,omitzero"`
	Posted   int          `json:"posted,omitempty"`   // how often the card was posted anew: each time is a message of its own
	Cause    string       `json:"cause,omitempty"`    // DOMAIN §2.4
	Property string       `json:"property,omitempty"` // whose the faulty part is: "company", "customer", "unsure" (DOMAIN §2.5)
	Done     []Note       `json:"done,omitempty"`     // what the crew did, in words and pictures
	Notes    []Note       `json:"notes,omitempty"`
	TopUp    TopUp        `json:"topup,omitzero"` // what the hall's clerk does for it
	Clocks   Clocks       `json:"clocks"`
	History  []Entry      `json:"history,omitempty"`
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

// Live says whether somebody still waits for something.
func (j *Job) Live() bool { return j.State != Closed && j.State != Withdrawn }

// Clone copies the job, so that the copy can be changed and compared.
func (j *Job) Clone() *Job {
	c := *j
	c.Besides = slices.Clone(j.Besides)
	c.Needs = slices.Clone(j.Needs)
	c.Tried = slices.Clone(j.Tried)
	c.Reports = slices.Clone(j.Reports)
	c.Called = slices.Clone(j.Called)
	c.Done = slices.Clone(j.Done)
	c.Notes = slices.Clone(j.Notes)
	c.History = slices.Clone(j.History)
	return &c
}
