package job

import (
	"slices"
	"time"
)

// sameTime is how far apart two given times may be and still be one: a button
// pressed twice.
const sameTime = time.Minute

// Depart says that the crew is on the way, and when it means to be there; a
// zero eta is not known. On the way already, it is a new time.
func (j *Job) Depart(a Actor, eta, at time.Time) Refusal {
	same := func(t time.Time) bool { return eta.Sub(t).Abs() < sameTime && !j.asked() }
	own := j.Holder(a.ID)
	switch {
	case !j.Drives() || j.Claims() == 0 || j.State == Arrived || j.State == Restored:
		return NotNow
	case j.State == OnTheWay && (own == nil || own.State == OnTheWay) && same(j.ETA):
		return Already
	}
	first, was, asked := j.State != OnTheWay, j.ETA, j.asked()
	j.Wait = Wait{}
	j.said(a, OnTheWay, eta, at)
	switch {
	case first:
		j.Clocks.Depart = at
		j.record(a, DidDepart, "", at)
	case !asked && j.ETA.Sub(was).Abs() < sameTime:
		j.record(a, DidFollow, "", at)
	case !was.IsZero() && (j.ETA.IsZero() || j.ETA.After(was)):
		j.record(a, DidETA, "late", at)
	default:
		j.record(a, DidETA, "", at)
	}
	return ""
}

// asked says whether the desk has spoken up since the crew last did.
func (j *Job) asked() bool {
	return len(j.History) > 0 && j.History[len(j.History)-1].What == DidRemind
}

// Late says why the crew is later than it said.
func (j *Job) Late(a Actor, why string, at time.Time) Refusal {
	if j.State != OnTheWay {
		return NotNow
	}
	j.record(a, DidLate, why, at)
	return ""
}

// Stay says that a holder who has not set out is still going.
func (j *Job) Stay(a Actor, at time.Time) Refusal {
	if j.State != Open && j.State != Claimed {
		return Already
	}
	j.record(a, DidStay, "", at)
	return ""
}

// Arrive says that the crew is at the door.
func (j *Job) Arrive(a Actor, at time.Time) Refusal {
	switch {
	case !j.Drives() || j.Claims() == 0:
		return NotNow
	case j.State == Restored:
		return Already
	case j.State == Arrived && (j.Holder(a.ID) == nil || j.Holder(a.ID).State == Arrived):
		return Already
	case j.State == Arrived:
		j.said(a, Arrived, j.ETA, at)
		j.record(a, DidFollow, "", at)
		return ""
	}
	j.Wait = Wait{}
	j.said(a, Arrived, j.ETA, at)
	j.Clocks.Arrive = at
	j.record(a, DidArrive, "", at)
	return ""
}

// Rest makes the job wait for something; whoever only guards it cannot. Until is
// when the desk asks again.
func (j *Job) Rest(a Actor, w Wait, at time.Time) Refusal {
	switch claim := j.Holder(a.ID); {
	case j.State == Restored || j.Claims() == 0:
		return NotNow
	case claim != nil && claim.Guard: // the danger does not wait
		return Guarding
	}
	j.Wait = w
	j.record(a, DidWait, w.Why, at)
	return ""
}

// Resume ends a wait.
func (j *Job) Resume(a Actor, at time.Time) Refusal {
	if j.Wait == (Wait{}) {
		return Already
	}
	j.Wait = Wait{}
	j.record(a, DidResume, "", at)
	return ""
}

// Summon notes that help was asked for: "squad", "station" or "hall", each once.
func (j *Job) Summon(a Actor, whom string, at time.Time) Refusal {
	switch {
	case j.State == Restored:
		return NotNow
	case slices.Contains(j.Called, whom):
		return Already
	}
	j.Called = append(j.Called, whom)
	j.record(a, DidCall, whom, at)
	return ""
}

// GridSide are the causes on the company's side of the meter, where only
// qualified people work (PRODUCT V6).
var GridSide = []string{"service", "low_line", "high_line", "transformer"}

// Restore says that the crew has brought the power back, and why it was away.
// The resident has the last word. A guard may not say it of dangerous or
// grid-side work, unless the squad was called to do it.
func (j *Job) Restore(a Actor, cause string, at time.Time) Refusal {
	if j.State == Restored {
		return Already
	}
	claim := j.Holder(a.ID)
	if claim != nil && claim.Guard && !slices.Contains(j.Called, "squad") {
		return Guarding
	}
	j.State, j.Wait, j.ETA = Restored, Wait{}, time.Time{}
	j.Cause = cause
	j.Clocks.Restore = at
	for i := range j.Reports {
		j.Reports[i].Answer = ""
	}
	j.record(a, DidRestore, cause, at)
	return ""
}

// Describe keeps what the crew did.
func (j *Job) Describe(a Actor, n Note) {
	j.Done = append(j.Done, n)
	j.record(a, DidDescribe, "", n.At)
}

// Own keeps whose the faulty part is. The crew says it, never the desk (DOMAIN
// §2.5).
func (j *Job) Own(a Actor, whose string, at time.Time) {
	j.Property = whose
	j.record(a, DidProperty, whose, at)
}

// Lapse closes the job when nobody has said whether there is light.
func (j *Job) Lapse(at time.Time) Refusal {
	if j.State != Restored {
		return NotNow
	}
	j.State = Closed
	j.Clocks.Close = at
	j.record(ByDesk, DidLapse, "", at)
	return ""
}
