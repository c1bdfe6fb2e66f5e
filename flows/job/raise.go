package job

import "time"

// Why a job of the clerks becomes the crew's, too.
const (
	RaisedDark    = "dark"    // written, and no light
	RaisedRefused = "refused" // the clerk cannot
	RaisedAsked   = "asked"   // the resident wants people all the same
	RaisedUnheard = "unheard" // a question that nobody in the hall has answered
)

// Raise hands a job to the crew that the clerks had alone; the request ends
// unless it may still help. The waits count from here, the figures from the
// report.
func (j *Job) Raise(a Actor, why string, at time.Time) Refusal {
	switch {
	case !j.Live() || j.State == Restored:
		return Finished
	case j.Room() == Crew && (why != RaisedDark || j.TopUp.State != TopUpWritten):
		return Already
	}
	if j.TopUp.State == TopUpWritten || j.TopUp.State == TopUpRefused { // the clerk has done what there was to do
		j.TopUp.State, j.TopUp.Clerk = TopUpFailed, Claim{}
	}
	if j.Room() == Clerks {
		j.Clocks.Reopen, j.Clocks.Short = at, time.Time{}
		j.handOver()
	} else {
		j.Epoch++
	}
	j.record(a, DidRaise, why, at)
	return ""
}

// UnknownDanger is the kind of a danger that was said and not named yet.
const UnknownDanger = "unknown"

// Mended says whether the work is said to be done, and can be taken up again.
func (j *Job) Mended() bool { return j.State == Restored || j.State == Closed }

// Endanger makes the job a danger of that kind; one of a kind that is not known leaves
// what is known. A danger is the crew's, whoever had the job alone until now; the clerk
// goes on with the credit. What was mended is taken up again.
func (j *Job) Endanger(a Actor, kind string, at time.Time) {
	if j.Danger == "" || kind != UnknownDanger {
		j.Danger = kind
	}
	j.Level, j.Wait = Urgent, Wait{} // it does not wait
	if j.Mended() {
		were := j.Pair
		j.open(at)
		for i := range j.Pair {
			if c := &j.Pair[i]; j.Holder(a.ID) != nil { // who says so is where they were
				c.State, c.ETA = were[i].State, were[i].ETA
			}
		}
		j.settle()
	}
	if j.Room() == Clerks {
		j.handOver()
	}
	j.record(a, DidComplete, "danger", at)
}

// handOver gives the crew what the clerks had alone, with nobody on it.
func (j *Job) handOver() {
	j.Kind, j.Pair, j.Wait = j.Kind.Traits().Raised, [2]Claim{}, Wait{}
	j.settle()
	j.Epoch++
}
