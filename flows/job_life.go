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
func (j *Job) Record(e Entry) { j.History = append(j.History, e) }

// Claim takes a free place of the job for the volunteer: two different people
// go to a fault. A claim is refused as Already, Taken or Finished.
func (j *Job) Claim(c Claim) Refusal {
	switch {
	case !j.Live() || j.State == Restored:
		return Finished
	case j.Holder(c.User) != nil:
		return Already
	case j.Claims() >= j.Places():
		return Taken
	}
	c.Epoch = j.Epoch
	free := slices.IndexFunc(j.Pair[:], func(p Claim) bool { return p.User == 0 })
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

// Release gives the volunteer's place back. The epoch rises, so that a late
// press of the old claim does nothing once somebody has claimed anew.
func (j *Job) Release(user int64, reason string, at time.Time) Refusal {
	claim := j.Holder(user)
	if claim == nil {
		return NotYours
	}
	if j.State == Restored || !j.Live() {
		return Finished
	}
	name := claim.Name
	*claim = Claim{}
	j.Epoch++
	if j.Claims() == 0 || j.State == Claimed {
		j.State = Open
	}
	j.Record(Entry{At: at, What: DidRelease, User: user, Name: name, Arg: reason})
	return ""
}

// Depart says that a holder is on the way.
func (j *Job) Depart(user int64, at time.Time) Refusal {
	switch {
	case j.Call():
		return NotNow
	case j.State != Open && j.State != Claimed:
		return Already
	}
	j.State = OnTheWay
	j.Clocks.Depart = at
	j.recordBy(user, DidDepart, "", at)
	return ""
}

// Arrive says that a holder is at the door.
func (j *Job) Arrive(user int64, at time.Time) Refusal {
	switch {
	case j.Call():
		return NotNow
	case j.State == Arrived, j.State == Restored:
		return Already
	}
	j.State = Arrived
	j.Clocks.Arrive = at
	j.recordBy(user, DidArrive, "", at)
	return ""
}

// Restore says that the crew has brought the power back, and why it was away.
// The resident has the last word.
func (j *Job) Restore(user int64, cause string, at time.Time) Refusal {
	if j.State == Restored {
		return Already
	}
	j.State = Restored
	j.Cause = cause
	j.Clocks.Restore = at
	for i := range j.Reports {
		j.Reports[i].Answer = ""
	}
	j.recordBy(user, DidRestore, cause, at)
	return ""
}

func (j *Job) recordBy(user int64, what, arg string, at time.Time) {
	entry := Entry{At: at, What: what, User: user, Arg: arg}
	if claim := j.Holder(user); claim != nil {
		entry.Name = claim.Name
	}
	j.Record(entry)
}

// Clone copies the job, so that the copy can be changed and compared.
func (j *Job) Clone() *Job {
	c := *j
	c.Needs = slices.Clone(j.Needs)
	c.Tried = slices.Clone(j.Tried)
	c.Reports = slices.Clone(j.Reports)
	c.Notes = slices.Clone(j.Notes)
	c.History = slices.Clone(j.History)
	return &c
}
