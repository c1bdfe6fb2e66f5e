package flows

import (
	"slices"
	"time"
)

// ReopenFor is how long after closing "still dark" reopens the same job
// (PRODUCT R13).
const ReopenFor = 24 * time.Hour

// Refusal says why a press or an answer changed nothing. Losing a race is a
// Refusal, not an error: it is told kindly and nothing is logged as a fault.
// Its value is the key of the sentence below "toast.".
type Refusal string

// The refusals. The zero Refusal is none.
const (
	Taken    Refusal = "taken"     // two others hold it
	Already  Refusal = "already"   // the same was done before
	Finished Refusal = "finished"  // the job is over
	NotYours Refusal = "not_yours" // only the pair moves a job on
	Outdated Refusal = "outdated"  // a button of an earlier claim
	NotNow   Refusal = "not_now"   // not in this state
	Guarding Refusal = "guarding"  // the work is for qualified people
)

// Live says whether somebody still waits for something.
func (j *Job) Live() bool { return j.State != Closed && j.State != Withdrawn }

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

// ReportOf gives the resident's report, or nil.
func (j *Job) ReportOf(chat int64) *Report {
	for i := range j.Reports {
		if j.Reports[i].Chat == chat && chat != 0 {
			return &j.Reports[i]
		}
	}
	return nil
}

// Record appends to the history. Who calls it has already changed the job.
func (j *Job) Record(e Entry) {
	j.History = append(j.History, e)
	switch {
	case !j.Short():
		j.Clocks.Short = time.Time{}
	case e.What == DidRemind: // the desk's own word begins no wait
	case j.Clocks.Short.IsZero(), e.What == DidRelease, e.What == DidStillDark, e.What == DidComplete && e.Arg == "danger":
		j.Clocks.Short = e.At
	}
}

func (j *Job) record(a Actor, what, arg string, at time.Time) {
	j.Record(Entry{At: at, What: what, User: a.ID, Name: a.Name, Arg: arg, By: a.leader()})
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
		j.Wait, j.ETA = Wait{}, time.Time{} // nobody's any more
	}
	c.Epoch = j.Epoch
	j.Pair[free] = c
	if j.Clocks.Claim1.IsZero() {
		j.Clocks.Claim1 = c.At
	}
	if j.Claims() == j.Places() {
		if j.Clocks.Claim2.IsZero() {
			j.Clocks.Claim2 = c.At
		}
		if j.State == Open {
			j.State = Claimed
		}
	}
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
	if !over && (j.Claims() == 0 || j.State == Claimed) {
		j.State = Open
	}
	if !over && j.Claims() == 0 {
		j.ETA, j.Wait = time.Time{}, Wait{}
	}
	j.Record(entry)
	return ""
}

// Clone copies the job, so that the copy can be changed and compared.
func (j *Job) Clone() *Job {
	c := *j
	c.Needs = slices.Clone(j.Needs)
	c.Tried = slices.Clone(j.Tried)
	c.Reports = slices.Clone(j.Reports)
	c.Called = slices.Clone(j.Called)
	c.Done = slices.Clone(j.Done)
	c.Notes = slices.Clone(j.Notes)
	c.History = slices.Clone(j.History)
	return &c
}
