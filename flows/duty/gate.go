package duty

import (
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// over says whether a job is over for good. Until then its pair is remembered:
// opened again, it goes to the same two.
func over(j *job.Job, now time.Time) bool {
	return j.State == job.Withdrawn || j.State == job.Closed && now.Sub(j.Clocks.Close) > job.ReopenFor
}

// gate marks who holds a job without being allowed to do its work: it may have
// become dangerous after they took it. It also notes since when somebody
// qualified is lacking.
func gate(t *talk.Turn, j *job.Job) {
	for i := range j.Pair {
		if c := &j.Pair[i]; c.User != 0 {
			c.Guard = j.Gated() && !t.Desk.County.Qualified(c.User)
		}
	}
	switch {
	case !j.Short():
		j.Clocks.Short = time.Time{}
	case j.Clocks.Short.IsZero() && t.E.Kind != talk.Due:
		j.Clocks.Short = t.E.At
	}
}
