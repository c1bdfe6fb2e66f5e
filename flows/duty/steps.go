package duty

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// As whom a presser moves a job on.

// holder is one of the pair, or a leader who holds it not, which the log will say.
func holder(t *talk.Turn, j *job.Job) (job.Actor, job.Refusal) {
	who := job.Actor{ID: t.E.From.ID, Name: t.E.From.Name}
	why := j.May(who.ID, t.E.Press.Epoch)
	if c := j.Holder(who.ID); c != nil {
		who.Name = c.Name
	}
	if m, _ := t.Desk.County.Member(who.ID); m.Leader && why == job.NotYours {
		if who.Over = true; t.E.Press.Epoch < j.Epoch {
			return who, job.Outdated
		}
		return who, ""
	}
	return who, why
}

// clerk is the clerk of the job's credit, or a leader; what is over the job refuses.
func clerk(t *talk.Turn, j *job.Job) (job.Actor, job.Refusal) {
	who := job.Actor{ID: t.E.From.ID, Name: t.E.From.Name}
	m, _ := t.Desk.County.Member(who.ID)
	who.Over = m.Leader && j.TopUp.Clerk.User != who.ID
	return who, ""
}

// anyone is everybody in the group in which the card stands.
func anyone(t *talk.Turn, _ *job.Job) (job.Actor, job.Refusal) {
	return job.Actor{ID: t.E.From.ID, Name: t.E.From.Name}, ""
}

// former is who holds the job though it is over, or a leader.
func former(t *talk.Turn, j *job.Job) (job.Actor, job.Refusal) {
	by := job.Actor{ID: t.E.From.ID, Name: t.E.From.Name}
	m, _ := t.Desk.County.Member(by.ID)
	switch c := j.Holder(by.ID); {
	case t.E.Press.Epoch < j.Epoch:
		return by, job.Outdated
	case c != nil:
		by.Name = c.Name
	case m.Leader:
		by.Over = true
	default:
		return by, job.NotYours
	}
	return by, ""
}

// What the desk refuses beside the job itself.
const (
	guardFirst job.Refusal = "guard_first" // the presser may only guard, and has not been told so yet
	gridSide   job.Refusal = "grid_side"   // the work was for qualified people, and none was there
)

// claim takes a place of the pair. Who has never opened the private chat holds
// it all the same, and is taken there by the same press. Who may not do the work
// is told so first, and comes to guard when they press again.
func claim(t *talk.Turn, j *job.Job, by job.Actor, _ string) job.Refusal {
	guard := j.Gated() && !t.Desk.County.Qualified(by.ID)
	if reminded := j.No + "/" + j.Danger; guard && j.Short() && j.Holder(by.ID) == nil && t.S.Warned != reminded {
		t.S.Warned = reminded
		return guardFirst
	}
	return j.Claim(job.Claim{User: by.ID, Name: by.Name, Lang: t.S.Lang, Chat: t.S.Opened, Guard: guard, At: t.E.At})
}

// take gives the request for credit to the clerk.
func take(t *talk.Turn, j *job.Job, by job.Actor, _ string) job.Refusal {
	return j.TakeTopUp(job.Claim{User: by.ID, Name: by.Name, Lang: t.S.Lang, Chat: t.S.Opened, At: t.E.At})
}

// depart sets out, or names a new time: in so many minutes, or none that is known.
func depart(t *talk.Turn, j *job.Job, by job.Actor, arg string) job.Refusal {
	var eta time.Time
	if minutes, err := strconv.Atoi(arg); err == nil {
		eta = t.E.At.Add(time.Duration(minutes) * time.Minute)
	}
	return j.Depart(by, eta, t.E.At)
}

// pause makes the job wait: "material.3h".
func pause(t *talk.Turn, j *job.Job, by job.Actor, arg string) job.Refusal {
	why, until, _ := strings.Cut(arg, ".")
	at := t.E.At.Add(t.Desk.County.Ladders.Wait)
	if d, err := time.ParseDuration(until); err == nil {
		at = t.E.At.Add(d)
	} else if opening, ok := t.Desk.County.NextOpening(t.Desk.County.Office, t.E.At); ok && until == "morning" {
		at = opening
	}
	return j.Rest(by, job.Wait{Why: why, Until: at}, t.E.At)
}

// comeAgain lets a job rest until the office opens on the day on which the crew
// means to come again.
func comeAgain(t *talk.Turn, j *job.Job, by job.Actor, days string) job.Refusal {
	if !safe(j) {
		return job.NotNow
	}
	day := t.E.At.AddDate(0, 0, int(days[0]-'0'))
	y, m, d := day.Date()
	until := officeFrom(t.Desk.County, time.Date(y, m, d, 0, 0, 0, 0, day.Location()))
	return j.Rest(by, job.Wait{Why: "again", Until: until}, t.E.At)
}

// askHall asks the hall's clerk for credit; where the hall has no group, the leader
// gets its phone number.
func askHall(t *talk.Turn, j *job.Job, by job.Actor, arg string) job.Refusal {
	if t.Desk.County.Chats.Hall != 0 {
		return j.AskTopUp(by, t.E.At)
	}
	return j.Summon(by, arg, t.E.At)
}

// whichAccount asks who called the clerk what the clerk needs.
func whichAccount(j *job.Job) string {
	if j.TopUp.Waits() {
		return "work/account"
	}
	return ""
}

// restore ends the crew's work: the power is back, and this was why.
func restore(t *talk.Turn, j *job.Job, by job.Actor, cause string) job.Refusal {
	if j.Holder(by.ID) != nil && slices.Contains(job.GridSide, cause) && !mayWorkOnGrid(t, j) && j.State != job.Restored {
		return gridSide
	}
	return j.Restore(by, cause, t.E.At)
}

// whatWasDone asks who mended it.
func whatWasDone(*job.Job) string { return "work/done" }

// called is the cause of a call back that was made.
const called = "called"

// calledBack ends a call back, which has no cause.
func calledBack(t *talk.Turn, j *job.Job, by job.Actor, _ string) job.Refusal {
	return j.Restore(by, called, t.E.At)
}

// release gives the job back with its reason; a leader takes it from everybody
// who holds it.
func release(t *talk.Turn, j *job.Job, by job.Actor, reason string) (why job.Refusal) {
	if !by.Over {
		return j.Release(by.ID, by, reason, t.E.At)
	}
	why = job.Already
	for _, c := range j.Pair {
		if c.User != 0 {
			why = j.Release(c.User, by, "leader", t.E.At)
		}
	}
	return why
}

// mayWorkOnGrid says whether somebody who may work on the company's side of the
// meter was there: a holder who is qualified, or the squad.
func mayWorkOnGrid(t *talk.Turn, j *job.Job) bool {
	return slices.Contains(j.Called, "squad") || slices.ContainsFunc(j.Pair[:], func(c job.Claim) bool {
		return c.User != 0 && t.Desk.County.Qualified(c.User)
	})
}
