package talk

import (
	"slices"
	"time"

	"powerdesk/flows/job"
)

// Job gives the job this talk is about, or nil.
func (t *Turn) Job() *job.Job { return t.Jobs[t.S.Job] }

// Open makes a new job of which this person is the first reporter. Its number
// comes with the commit. Jobs that the store no longer has are followed no
// longer.
func (t *Turn) Open(j *job.Job) *job.Job {
	j.No, j.State = job.Unnumbered, job.Open
	j.Clocks.Reported = t.E.At
	j.Record(job.Entry{At: t.E.At, What: job.DidOpen, User: t.S.Chat})
	t.Jobs[job.Unnumbered] = j
	t.S.Job = job.Unnumbered
	t.S.Follows = slices.DeleteFunc(t.S.Follows, func(no string) bool { return t.Jobs[no] == nil })
	t.S.Follows = append(t.S.Follows, job.Unnumbered)
	return j
}

// ReportedJobs lists the jobs this person reported that the store still has,
// oldest first.
func (t *Turn) ReportedJobs() []*job.Job {
	var all []*job.Job
	for _, no := range t.S.Follows {
		if j := t.Jobs[no]; j != nil && j.ReportOf(t.S.Chat) != nil {
			all = append(all, j)
		}
	}
	return all
}

// Waits says whether this person still waits for something from the job.
func (t *Turn) Waits(j *job.Job) bool {
	r := j.ReportOf(t.S.Chat)
	return r != nil && !r.Withdrawn && j.Live()
}

// Waiting gives the newest job this person still waits for, or nil.
func (t *Turn) Waiting() *job.Job { return t.Newest(t.Waits) }

// Newest gives the newest job this person reported that is meant, or nil.
func (t *Turn) Newest(meant func(*job.Job) bool) *job.Job {
	for _, j := range slices.Backward(t.ReportedJobs()) {
		if meant(j) {
			return j
		}
	}
	return nil
}

// Fault gives the newest fault this person still waits for, or nil: a call back
// is no fault, and one that was typed for a caller is not theirs.
func (t *Turn) Fault() *job.Job {
	return t.Newest(func(j *job.Job) bool { return t.Waits(j) && j.Outage() && !j.ReportOf(t.S.Chat).Typed })
}

// Subject gives the job that free words, pictures and positions belong to: the
// one the talk is about, or, when nothing is going on, the newest that waits.
func (t *Turn) Subject() *job.Job {
	if j := t.Job(); j != nil && t.Waits(j) {
		return j
	}
	if !t.Resting() {
		return nil
	}
	if t.holds() {
		return nil // who is at work writes to the home they work for
	}
	return t.Waiting()
}

// holds says whether this person has a place at a live job.
func (t *Turn) holds() bool {
	return slices.ContainsFunc(t.S.Holds, func(no string) bool {
		j := t.Jobs[no]
		return j != nil && j.Live() && j.Holds(t.S.Chat)
	})
}

// FalseReports lists the numbers of this person's jobs whose report counts as false
// now, oldest first.
func (t *Turn) FalseReports() []string {
	var all []string
	for _, j := range t.ReportedJobs() {
		if r := j.FalseReport(t.E.At, t.Desk.County.Keep.FalseReport); r != nil && r.Chat == t.S.Chat {
			all = append(all, j.No)
		}
	}
	return all
}

// maxOpenedADay is how many jobs one person may open within a day: more than a
// household's places (PRODUCT R10) and a village electrician's bad night take,
// and few enough for one bored person not to fill the group.
const maxOpenedADay = 10

// ReachedDailyLimit says whether this person has opened so many jobs within the
// last day that another one is for the hotline. What is added to a job, joins one, opens
// one again or is typed for a caller is not counted. Whoever asks must let a
// danger pass.
func (t *Turn) ReachedDailyLimit() bool {
	opened := slices.DeleteFunc(t.ReportedJobs(), func(j *job.Job) bool {
		r := j.Reports[0]
		return r.Chat != t.S.Chat || r.Typed || t.E.At.Sub(j.Clocks.Reported) >= 24*time.Hour
	})
	return len(opened) >= maxOpenedADay
}
