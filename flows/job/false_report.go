package job

import "time"

// CauseFalse is the cause of a job whose report the crew found to be false. The
// word is stored, pressed and logged.
const CauseFalse = "false"

// FalseReport gives the report of the job that counts as a false one at an
// instant, or nil (RELIABILITY §5 G). That is no record of its own: it is read
// from the job, so it goes with whatever changes the job. It expires by itself
// when the job has been closed for keep. It goes when somebody says "still dark",
// and once said, that word stands against the crew's for good. The crew or a
// leader takes it back with ClearFalseReport. /forget erases it with the rest,
// although who reports for fun may use that: a false report bars nobody, and what
// does, the block list, stands in the desk file and is not erased.
//
// Only a report that stands alone can be false: who joined an outage was not
// the only one in the dark. Who phoned was never seen by the desk, and the
// volunteer who typed for them only passed on what they heard. Whoever feared a
// danger did right to say so: nobody must weigh whether theirs is enough.
func (j *Job) FalseReport(at time.Time, keep time.Duration) *Report {
	if j.Cause != CauseFalse || j.State != Closed || j.Danger != "" || len(j.Reports) != 1 || j.Joined > 0 || !j.Last(DidStillDark, "", 0).IsZero() {
		return nil
	}
	r := &j.Reports[0]
	if r.Chat == 0 || r.Typed || r.Withdrawn || r.Forget || at.Sub(j.Clocks.Close) >= keep {
		return nil
	}
	return r
}

// ClearFalseReport takes back that the report was false: the cause is not found,
// and the resident is told nothing, as they were told nothing before. It is
// refused as Already or NotNow.
func (j *Job) ClearFalseReport(a Actor, at time.Time) Refusal {
	switch {
	case j.Cause != CauseFalse:
		return Already
	case j.State != Restored && j.State != Closed:
		return NotNow
	}
	j.Cause = "unclear"
	j.record(a, DidClearFalseReport, "", at)
	return ""
}
