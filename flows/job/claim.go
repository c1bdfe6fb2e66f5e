package job

import (
	"slices"
	"strings"
	"time"

	"powerdesk/flows/words"
)

// Claim is a place at a job that somebody has taken: one of the two of the pair,
// or the clerk's. The zero Claim is a free place.
type Claim struct {
	User  int64      `json:"user,omitempty"`
	Name  string     `json:"name,omitempty"`
	Lang  words.Lang `json:"lang,omitempty"`
	Chat  bool       `json:"chat,omitempty"` // the bot may write to the volunteer in private
	Epoch int        `json:"epoch"`          // Job.Epoch when it was claimed: older buttons are not this claim's
	At    time.Time  `json:"at,omitzero"`
	State State      `json:"state,omitempty"` // how far the holder is: OnTheWay, Arrived; "" = has not set out
	ETA   time.Time  `json:"eta,omitzero"`    // when they mean to be there; zero = they have not said
	Said  time.Time  `json:"said,omitzero"`   // when they last said how far they are
	Shown int        `json:"shown,omitempty"` // how often the details were sent: each time is a message of its own
	Clerk bool       `json:"clerk,omitempty"` // holds the TopUp: no place of the pair
	Guard bool       `json:"guard,omitempty"` // may guard and look, not do the work: the job is Gated and the holder not qualified
}

// Holder gives the place of the pair that the volunteer holds, or nil.
func (j *Job) Holder(user int64) *Claim {
	for i := range j.Pair {
		if j.Pair[i].User == user && user != 0 {
			return &j.Pair[i]
		}
	}
	return nil
}

// Claims counts the places of the pair that are taken.
func (j *Job) Claims() int {
	n := 0
	for _, c := range j.Pair {
		if c.User != 0 {
			n++
		}
	}
	return n
}

// Claim takes a free place of the job for the volunteer: two different people
// go to a fault. Of a Gated job that only guards hold, a qualified volunteer
// takes the place of the one who came last. A claim is refused as Already,
// Taken or Finished.
func (j *Job) Claim(c Claim) Refusal {
	switch {
	case !j.Live() || j.State == Restored:
		return Finished
	case j.Holder(c.User) != nil:
		return Already
	case !j.Short() || c.Guard && j.Claims() >= j.Places():
		return Taken
	}
	free := slices.IndexFunc(j.Pair[:j.Places()], func(p Claim) bool { return p.User == 0 })
	if free < 0 {
		free = j.Places() - 1
		relieved := j.Pair[free]
		j.Pair[free] = Claim{}
		j.record(Actor{ID: relieved.User, Name: relieved.Name}, DidRelease, Relieved, c.At)
	}
	if j.Claims() == 0 {
		j.Wait = Wait{} // nobody's any more
	}
	c.Epoch = j.Epoch
	j.Pair[free] = c
	if j.Clocks.Claim1.IsZero() {
		j.Clocks.Claim1 = c.At
	}
	if j.Claims() == j.Places() && j.Clocks.Claim2.IsZero() {
		j.Clocks.Claim2 = c.At
	}
	j.settle()
	j.Record(Entry{At: c.At, What: DidClaim, User: c.User, Name: c.Name})
	return ""
}

// Relieved is the reason of a release by which a guard made way for somebody
// qualified.
const Relieved = "relieved"

// Left is the reason of a release by which somebody left the group: it counts
// whatever the job's state, because what is opened again goes to the same pair.
const Left = "left"

// May says whether the volunteer may move the job on with a button drawn in
// that epoch.
func (j *Job) May(user int64, epoch int) Refusal {
	claim := j.Holder(user)
	switch {
	case !j.Live():
		return Finished
	case claim == nil:
		return NotYours
	case epoch < claim.Epoch:
		return Outdated
	}
	return ""
}

// Release gives a volunteer's place back. The epoch rises, so that a late press
// of the old claim does nothing once somebody has claimed anew. By is who gives
// it back: the volunteer, a leader, or the desk.
func (j *Job) Release(user int64, by Actor, reason string, at time.Time) Refusal {
	claim := j.Holder(user)
	if claim == nil {
		return NotYours
	}
	over := j.State == Restored || !j.Live()
	if over && reason != Left {
		return Finished
	}
	entry := Entry{At: at, What: DidRelease, User: user, Name: claim.Name, Arg: reason, By: by.leader()}
	*claim = Claim{}
	j.Epoch++
	if !over {
		j.settle()
	}
	if !over && j.Claims() == 0 {
		j.Wait = Wait{}
	}
	j.Record(entry)
	return ""
}

// settle derives how far an open job is, and when somebody will be there, from who
// holds it: it is as far as the one who is furthest. Of two who are as far, the one who
// spoke last is believed: they drive together, and later than was said is worse to hear
// of too late than in vain.
func (j *Job) settle() {
	j.State, j.ETA = Open, time.Time{}
	if j.Claims() > 0 && j.Claims() == j.Places() {
		j.State = Claimed
	}
	var furthest Claim
	for _, c := range j.Pair {
		on := slices.Index(onsite, c.State) - slices.Index(onsite, furthest.State)
		if c.User != 0 && (on > 0 || on == 0 && c.Said.After(furthest.Said)) {
			furthest = c
		}
	}
	if furthest.State != "" {
		j.State, j.ETA = furthest.State, furthest.ETA
	}
}

// onsite is how far a holder can be, in order.
var onsite = []State{"", OnTheWay, Arrived}

// said keeps how far somebody says they are, and when they mean to be there: of
// themselves, or, when a leader says it, of everybody who holds the job.
func (j *Job) said(a Actor, s State, eta, at time.Time) {
	for i := range j.Pair {
		if c := &j.Pair[i]; c.User != 0 && (c.User == a.ID || j.Holder(a.ID) == nil) {
			c.State, c.ETA, c.Said = s, eta, at
		}
	}
	j.settle()
}

// Places is how many volunteers the job needs.
func (j *Job) Places() int { return min(j.Kind.Traits().People, len(j.Pair)) }

// Gated says whether the work is only for people marked qualified: danger, and
// what the squad was called for (PRODUCT V6). Others may guard, calm and look.
func (j *Job) Gated() bool { return j.Danger != "" || slices.Contains(j.Called, "squad") }

// Short says whether the job still lacks people: a place is free, or nobody who
// holds it may do the work.
func (j *Job) Short() bool {
	if !j.Live() || j.State == Restored {
		return false
	}
	return j.Claims() < j.Places() || j.Guarded()
}

// Guarded says whether only guards hold the job: nobody is there who may do the
// work.
func (j *Job) Guarded() bool {
	return j.Claims() > 0 && !slices.ContainsFunc(j.Pair[:], func(c Claim) bool { return c.User != 0 && !c.Guard })
}

// Holders lists who was given the details of a job: the pair, and the clerk.
func (j *Job) Holders() []*Claim {
	var all []*Claim
	for _, c := range []*Claim{&j.Pair[0], &j.Pair[1], &j.TopUp.Clerk} {
		if c.User != 0 {
			all = append(all, c)
		}
	}
	return all
}

// Holds says whether somebody was given the details of the job.
func (j *Job) Holds(user int64) bool {
	return slices.ContainsFunc(j.Holders(), func(c *Claim) bool { return c.User == user })
}

// Crew joins the names of who holds the job: the names volunteers show in the
// group.
func (j *Job) Crew(l words.Lang) string {
	var all []string
	for _, c := range j.Pair {
		if c.User != 0 {
			all = append(all, c.Name)
		}
	}
	return strings.Join(all, words.Plain(l, "and", nil))
}
