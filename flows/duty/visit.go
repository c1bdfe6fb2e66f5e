package duty

import (
	"slices"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// again are in how many days the crew means to come again.
var again = []string{"1", "3", "7"}

// end is the crew's last word on a job that ends by it.
func end(t *talk.Turn, j *job.Job) {
	if !slices.Contains(j.Kind.Traits().Ends, t.E.Press.Arg) {
		toast(t, "old_button", nil, false)
		return
	}
	move((*job.Job).End, "ended")(t, j)
}

// comeAgain lets a job rest until the office opens on the day on which the crew
// means to come again.
func comeAgain(t *talk.Turn, j *job.Job) {
	if len(j.Kind.Traits().Ends) == 0 || !slices.Contains(again, t.E.Press.Arg) {
		toast(t, "old_button", nil, false)
		return
	}
	day := t.E.At.AddDate(0, 0, int(t.E.Press.Arg[0]-'0'))
	y, m, d := day.Date()
	until := officeFrom(t, time.Date(y, m, d, 0, 0, 0, 0, day.Location()))
	move(func(j *job.Job, by job.Actor, _ string, at time.Time) job.Refusal {
		return j.Rest(by, job.Wait{Why: "again", Until: until}, at)
	}, "again")(t, j)
}

// officeFrom is the first moment from at on in which the office is open: nobody is
// rung for a visit at night or on a holiday.
func officeFrom(t *talk.Turn, at time.Time) time.Time {
	c := t.Desk.County
	if c.Open(c.Office, at) {
		return at
	}
	if opens, ok := c.NextOpening(c.Office, at); ok {
		return opens
	}
	return at
}

// visit is the ladder of a visit, in days and office hours: the card comes once more
// when a day of the office has gone by and nobody has taken it; the leader hears of it
// on the day on which it is due, and every day once that is over.
func (l *ladder) visit() {
	reported, due := latest(l.j.Clocks.Reported, l.j.Clocks.Short), l.j.Due
	if l.j.Wait != (job.Wait{}) {
		l.add(rung{name: "visit.again", at: officeFrom(l.t, l.j.Wait.Until)})
		return
	}
	if l.j.Short() {
		l.add(rung{name: "visit.1", at: officeFrom(l.t, reported.Add(24*time.Hour)), unless: []string{"visit.2", "visit.3"}})
		l.add(rung{name: "visit.2", at: officeFrom(l.t, latest(due.Add(-10*time.Hour), reported.Add(time.Hour))), unless: []string{"visit.3"}})
	}
	if resumed := l.j.Last(job.DidResume, "", 0); !resumed.IsZero() { // that day is theirs
		due = latest(due, resumed.Add(10*time.Hour))
	}
	if told := l.j.Last(job.DidRemind, "visit.3", 0); !told.Before(due) {
		due = told.Add(24 * time.Hour)
	}
	l.add(rung{name: "visit.3", at: officeFrom(l.t, due)})
}
