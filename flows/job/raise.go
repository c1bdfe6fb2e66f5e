package job

import (
	"slices"
	"time"
)

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

// Endanger makes the job a danger of that kind besides those it has; one of a kind
// that is not known leaves what is known. A danger is the crew's, whoever had the job
// alone until now; the clerk goes on with the credit. What was mended is taken up
// again.
func (j *Job) Endanger(a Actor, kind string, at time.Time) {
	if j.Mended() && kind != UnknownDanger { // the danger of before is over
		j.Danger, j.Besides = "", nil
	}
	if j.Danger == "" || kind != UnknownDanger {
		also := []string{kind, "", UnknownDanger}
		j.Besides = slices.DeleteFunc(append([]string{j.Danger}, j.Besides...), func(k string) bool { return slices.Contains(also, k) })
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

// Has says whether the job is out as a danger of that kind already; one of a kind that
// is not known is any.
func (j *Job) Has(kind string) bool {
	return j.Danger == kind || j.Danger != "" && kind == UnknownDanger || slices.Contains(j.Besides, kind)
}

// soon is within which time a danger that is told again rings nobody again: who is
// frightened writes many short lines.
const soon = time.Minute

// Worsen notes that a danger which is out already was told again. It begins no wait:
// nobody's turn comes later because somebody calls twice.
func (j *Job) Worsen(chat int64, at time.Time) {
	for _, told := range []time.Time{j.Clocks.Reported, j.Last(DidComplete, "danger", 0), j.Last(DidWorsen, "", 0)} {
		if at.Sub(told) < soon {
			return
		}
	}
	j.Record(Entry{At: at, What: DidWorsen, User: chat})
}

// Heard gives the last that residents let the crew know of a danger since it is out;
// false when there is nothing.
func (j *Job) Heard() (last Entry, heard bool) {
	if j.Danger == "" {
		return Entry{}, false
	}
	since := j.Last(DidComplete, "danger", 0)
	if since.IsZero() {
		since = j.Clocks.Reported
	}
	for _, e := range j.History {
		if slices.Contains([]string{DidNote, DidWorsen, DidSafe}, e.What) && e.At.After(since) && j.ReportOf(e.User) != nil {
			last, heard = e, true
		}
	}
	return last, heard
}

// handOver gives the crew what the clerks had alone, with nobody on it.
func (j *Job) handOver() {
	j.Kind, j.Pair, j.Wait = j.Kind.Traits().Raised, [2]Claim{}, Wait{}
	j.settle()
	j.Epoch++
}
