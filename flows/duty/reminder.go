package duty

import (
	"fmt"
	"strings"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// reminder names the one reminder of a job: whenever the job changes it is set
// anew to the next rung.
func reminder(j *job.Job) string { return "duty/job/" + j.No }

// schedule sets the reminder of a job, or takes it back when there is nothing to
// remind of.
func schedule(t *talk.Turn, j *job.Job) {
	at := next(t, j)
	if !at.IsZero() {
		// Whole seconds, rounded up: a reminder never comes before its rung.
		at = latest(at, t.E.At).Add(time.Second - time.Nanosecond).Truncate(time.Second)
	}
	t.Do(talk.Remind{Name: reminder(j), At: at, Job: j.No})
}

// mostAtOnce bounds how many rungs of one job are climbed in one go: more than
// all its ladders have.
const mostAtOnce = 10

// Due climbs what is due of the job's ladders, or does one of the desk's own
// rounds.
func (Crew) Due(t *talk.Turn) {
	if !strings.HasPrefix(t.E.Timer.Name, "duty/job/") {
		round(t)
		return
	}
	j := t.Jobs[t.E.Timer.Job]
	if j == nil {
		return
	}
	for range mostAtOnce {
		r, found := due(t, j)
		if !found {
			break
		}
		climb(t, j, r)
	}
	schedule(t, j)
}

// climb does what a rung does to the job itself; who is told follows from the
// entry.
func climb(t *talk.Turn, j *job.Job, r pending) {
	j.Record(job.Entry{At: t.E.At, What: job.DidRemind, User: r.user, Name: job.ByDesk.Name, Arg: r.name})
	if r.does != nil {
		r.does(t, j, r)
	}
}

// cardSlot names the message that shows the card now: posted again, it is a new
// message at the bottom of the group.
func cardSlot(j *job.Job, posted int) string {
	slot := "job/" + j.No
	if j.Room() == job.Clerks { // in the clerks' group: the two are told apart by their slots
		slot = "hall/" + j.No
	}
	if posted > 0 {
		slot += fmt.Sprint("/", posted)
	}
	return slot
}
