package flows

import (
	"slices"
	"time"
)

// FalseReport is the cause of a job whose report the crew found to be false.
const FalseReport = "false"

// Marked gives the report that the job marks as a false one, or nil
// (RELIABILITY §5 G). The mark is no record of its own: it is read from the job,
// so it goes with whatever changes the job. It expires by itself so long after
// the job was closed. It goes when somebody says "still dark", and once said,
// that word stands against the crew's for good. The crew or a leader takes it
// back with Unmark. /forget erases it with the rest, although who reports for
// fun may use that: the mark bars nobody, and what does, the block list, stands
// in the desk file and is not erased.
//
// Only a report that stands alone can be marked: who joined an outage was not
// the only one in the dark. Who phoned was never seen by the desk, and the
// volunteer who typed for them only passed on what they heard. Whoever feared a
// danger did right to say so: nobody must weigh whether theirs is enough.
func (j *Job) Marked(at time.Time, keep time.Duration) *Report {
	if j.Cause != FalseReport || j.State != Closed || j.Danger != "" || len(j.Reports) != 1 || !j.Last(DidStillDark, "", 0).IsZero() {
		return nil
	}
	r := &j.Reports[0]
	if r.Chat == 0 || r.Typed || r.Withdrawn || r.Forget || at.Sub(j.Clocks.Close) >= keep {
		return nil
	}
	return r
}

// Unmark takes back that the report was false: the cause is not found, and the
// resident is told nothing, as they were told nothing before.
func (j *Job) Unmark(a Actor, at time.Time) Refusal {
	switch {
	case j.Cause != FalseReport:
		return Already
	case j.State != Restored && j.State != Closed:
		return NotNow
	}
	j.Cause = "unclear"
	j.record(a, DidUnmark, "", at)
	return ""
}

// Marks lists the numbers of this person's reports that are marked as false now,
// oldest first.
func (t *Turn) Marks() []string {
	var all []string
	for _, j := range t.Mine() {
		if r := j.Marked(t.E.At, t.Desk.County.Keep.FalseReport); r != nil && r.Chat == t.S.Chat {
			all = append(all, j.No)
		}
	}
	return all
}

// openedADay is how many jobs one person may open within a day: more than a
// household's places (PRODUCT R10) and a village electrician's bad night take,
// and few enough for one bored person not to fill the group.
const openedADay = 10

// Enough says whether this person has opened so many jobs within the last day
// that another one is for the hotline. What is added to a job, joins one, opens
// one again or is typed for a caller is not counted. Whoever asks must let a
// danger pass.
func (t *Turn) Enough() bool {
	opened := slices.DeleteFunc(t.Mine(), func(j *Job) bool {
		r := j.Reports[0]
		return r.Chat != t.S.Chat || r.Typed || t.E.At.Sub(j.Clocks.Reported) >= 24*time.Hour
	})
	return len(opened) >= openedADay
}
