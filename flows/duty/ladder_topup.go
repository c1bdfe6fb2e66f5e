package duty

import (
	"time"

	"powerdesk/flows/job"
)

// topUp: what a clerk has to do for the job, and what comes of it. While
// no clerk is on duty there is nobody to wait for.
func (l *ladder) topUp() {
	j, u := l.j, l.j.TopUp
	switch {
	case j.Room() == job.Clerks && l.t.Desk.County.Chats.Hall == 0: // the desk file names its group no more
		l.add(rung{name: "no_hall", at: j.Clocks.Reported})
	case j.Kind == job.Question:
		if asked := latest(j.Clocks.Reported, j.Clocks.Reopen); j.Last(job.DidSay, "", 0).Before(asked) {
			l.add(rung{name: "question", at: asked.Add(l.waits.Question)})
		}
	case u.Waits() && u.Clerk.User == 0:
		base, waits := latest(j.Last(job.DidAskTopUp, "", 0), j.Last(job.DidDrop, "", 0)), l.waits.Clerk
		if len(l.t.Desk.County.ClerksOnDuty(l.t.Team, base)) == 0 {
			waits[0] = time.Nanosecond
		}
		l.pair("hall", 0, base, waits)
		l.again("hall.again", base.Add(waits[1]))
	case u.Waits():
		last := latest(j.Last(job.DidTake, "", 0), j.Last(job.DidPay, "", 0), j.Last(job.DidAskBack, "", 0), answered(j))
		l.pair("clerk", u.Clerk.User, last, l.waits.Paying)
	case j.Attended(): // the crew sees to it
	case u.State == job.TopUpWritten && u.Way == "meter":
		l.add(rung{name: "light", at: j.Last(job.DidWrite, "", 0).Add(l.waits.Light[1])})
	case u.State == job.TopUpWritten:
		l.add(rung{name: "light", at: latest(j.Last(job.DidWrite, "", 0), j.Last(job.DidLater, "", 0)).Add(l.waits.Light[0])})
	case u.State == job.TopUpRefused && j.CreditAlone():
		l.add(rung{name: "refused", at: j.Last(job.DidRefuse, "", 0).Add(l.waits.Light[0])})
	}
}

// answered is when the clerk's last question was answered. What is said otherwise
// keeps nobody from asking the clerk.
func answered(j *job.Job) (at time.Time) {
	asked := false
	for _, e := range j.History {
		switch {
		case e.What == job.DidAskBack:
			asked = true
		case e.What == job.DidNote && asked:
			asked, at = false, e.At
		}
	}
	return at
}
