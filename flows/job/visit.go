package job

import "time"

// The ends of a visit: the crew's word is the last one, and nobody is asked after it.
const (
	Visited = "visited" // somebody was at home, and it is done
	Nobody  = "nobody"  // nobody was at home
)

// End closes a job of a kind whose end the crew says.
func (j *Job) End(a Actor, how string, at time.Time) Refusal {
	switch claim := j.Holder(a.ID); {
	case j.Claims() == 0:
		return NotNow
	case claim != nil && claim.Guard: // the danger is not over by its word
		return Guarding
	}
	j.State, j.Wait, j.ETA, j.Cause = Closed, Wait{}, time.Time{}, how
	j.Clocks.Close = at
	j.record(a, DidEnd, how, at)
	return ""
}
