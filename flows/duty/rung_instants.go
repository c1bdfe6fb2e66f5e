package duty

import (
	"slices"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
)

// Whom a rung is about.

func pairOf(j *job.Job) []*job.Claim {
	return slices.DeleteFunc(j.Holders(), func(c *job.Claim) bool { return c.Clerk })
}

func clerkOf(j *job.Job) []*job.Claim { return []*job.Claim{&j.TopUp.Clerk} }

// In which states a job is on a ladder; those of the buttons are among them.

func lacking(j *job.Job) bool   { return j.Short() }
func unclaimed(j *job.Job) bool { return j.Short() && j.Claims() == 0 }
func working(j *job.Job) bool   { return j.State == job.Arrived && goingOn(j) }

// lackingThere: that a second one is wanted where somebody is, or nearly, is the
// leader's matter.
func lackingThere(j *job.Job) bool {
	underWay := j.State == job.OnTheWay || j.State == job.Arrived
	return j.Short() && (!underWay || j.Gated())
}

// timeUnsaid: nobody is there, and nobody has said when somebody will be.
func timeUnsaid(j *job.Job) bool {
	waits := j.State == job.Open || j.State == job.Claimed || j.State == job.OnTheWay
	return waits && j.Drives() && goingOn(j) && j.Symptom != "dim" && j.ETA.IsZero()
}

// unheard: a question that the hall has not answered.
func unheard(j *job.Job) bool {
	return j.Last(job.DidSay, "", 0).Before(latest(j.Clocks.Reported, j.Clocks.Reopen))
}

func noClerk(j *job.Job) bool   { return j.TopUp.Waits() && !taken(j) }
func clerkAtIt(j *job.Job) bool { return j.TopUp.Waits() && taken(j) }

// written: nobody of the crew sees to it.
func written(j *job.Job) bool { return j.TopUp.State == job.TopUpWritten && !j.Attended() }

func refusedAlone(j *job.Job) bool {
	return j.TopUp.State == job.TopUpRefused && j.CreditAlone() && !j.Attended()
}

// What a rung counts from.

func rested(l ladder, _ *job.Claim) time.Time   { return l.j.Wait.Until }
func arrived(l ladder, _ *job.Claim) time.Time  { return l.j.Clocks.Arrive }
func restored(l ladder, _ *job.Claim) time.Time { return l.j.Clocks.Restore }
func reopened(l ladder, _ *job.Claim) time.Time {
	return latest(l.j.Clocks.Reported, l.j.Clocks.Reopen)
}

// hallGone: the desk file names the hall's group no more.
func hallGone(l ladder, _ *job.Claim) (at time.Time) {
	if l.t.Desk.County.Chats.Hall == 0 {
		at = l.j.Clocks.Reported
	}
	return at
}

// short is since when people are lacking. A dim light is logged, and measured by day
// (DOMAIN §4 V2).
func short(l ladder, _ *job.Claim) time.Time {
	base := latest(l.j.Clocks.Short, l.j.Clocks.Reported) // an earlier desk did not note the first
	if l.j.Symptom == "dim" && l.j.Danger == "" {
		return l.t.Desk.County.Daytime(base)
	}
	return base
}

// sinceClaimed: whoever is left alone by their partner is asked anew.
func sinceClaimed(l ladder, c *job.Claim) time.Time {
	return latest(c.At, l.j.Clocks.Reopen, l.j.Last(job.DidRelease, "", 0))
}

// notSpoken: they may just have said that they do not know when they will be there.
func notSpoken(l ladder, _ *job.Claim) time.Time {
	base := latest(l.j.Clocks.Reported, l.j.Clocks.Reopen)
	if !l.said().Before(base.Add(usualPart(l))) {
		return time.Time{}
	}
	return base
}

// meant is when the crew meant to be there; when it has named no time, when it was
// to be heard of again.
func meant(l ladder, _ *job.Claim) time.Time {
	if l.j.ETA.IsZero() {
		return latest(l.said(), l.climbed("late.1", &job.Claim{})).Add(l.waits.Again)
	}
	return l.j.ETA
}

func happened(l ladder, _ *job.Claim) time.Time {
	return latest(l.j.History[len(l.j.History)-1].At, l.j.Wait.Until)
}

func last(what string) func(ladder, *job.Claim) time.Time {
	return func(l ladder, _ *job.Claim) time.Time { return l.j.Last(what, "", 0) }
}

// asked is since when a clerk is looked for, where the hall has a group.
func asked(l ladder, _ *job.Claim) time.Time {
	if l.t.Desk.County.Chats.Hall == 0 {
		return time.Time{}
	}
	return latest(l.j.Last(job.DidAskTopUp, "", 0), l.j.Last(job.DidDrop, "", 0))
}

// answeredClerk is when the clerk's last question was answered. What is said
// otherwise keeps nobody from asking the clerk.
func answeredClerk(l ladder, _ *job.Claim) (at time.Time) {
	asked := false
	for _, e := range l.j.History {
		switch {
		case e.What == job.DidTake:
			at = e.At
		case e.What == job.DidAskBack:
			asked = true
		case e.What == job.DidNote && asked:
			asked, at = false, e.At
		}
	}
	return at
}

// dayOfVisit is when the office opens on the day on which a visit is due, or on the
// last day before that on which it does.
func dayOfVisit(l ladder, _ *job.Claim) time.Time {
	c, day := l.t.Desk.County, l.j.Due
	soonest := latest(l.j.Clocks.Reported, l.j.Clocks.Short).Add(time.Hour)
	for range 14 {
		y, m, d := day.Date()
		opens, ok := c.NextOpening(c.Office, time.Date(y, m, d, 0, 0, 0, 0, day.Location()))
		if ok && opens.Day() == d {
			return latest(opens, soonest)
		}
		day = day.AddDate(0, 0, -1)
	}
	return latest(l.j.Due, soonest)
}

// visitOver is when a visit is overdue: the day on which the crew came again is
// theirs.
func visitOver(l ladder, _ *job.Claim) time.Time {
	if resumed := l.j.Last(job.DidResume, "", 0); !resumed.IsZero() {
		return latest(l.j.Due, resumed.Add(10*time.Hour))
	}
	return l.j.Due
}

// How long after.

const never = -1 // below zero: as far as the desk file says, it does not come

func atOnce(ladder) time.Duration { return 0 }

// justAfter: what else comes at that moment, as the opening of the office, is said first.
func justAfter(ladder) time.Duration { return time.Nanosecond }

func hours(n int) func(ladder) time.Duration {
	return func(ladder) time.Duration { return time.Duration(n) * time.Hour }
}

func plus(a, b func(ladder) time.Duration) func(ladder) time.Duration {
	return func(l ladder) time.Duration {
		if a(l) < 0 {
			return never
		}
		return a(l) + b(l)
	}
}

func first(waits func(ladder) [2]time.Duration) func(ladder) time.Duration {
	return func(l ladder) time.Duration { return waits(l)[0] }
}

func second(waits func(ladder) [2]time.Duration) func(ladder) time.Duration {
	return func(l ladder) time.Duration { return waits(l)[1] }
}

// apart is how far the second wait is behind the first.
func apart(waits func(ladder) [2]time.Duration) func(ladder) time.Duration {
	return func(l ladder) time.Duration { return waits(l)[1] - waits(l)[0] }
}

func etaWaits(l ladder) [2]time.Duration    { return l.waits.ETA }
func workWaits(l ladder) [2]time.Duration   { return l.waits.Work }
func payingWaits(l ladder) [2]time.Duration { return l.waits.Paying }
func clerkWaits(l ladder) [2]time.Duration  { return l.waits.Clerk }
func answerWaits(l ladder) [2]time.Duration { return l.waits.Unanswered }
func pastETA(l ladder) time.Duration        { return l.waits.ETA[1] }
func cardAgain(l ladder) time.Duration      { return l.waits.Again }
func questionWait(l ladder) time.Duration   { return l.waits.Question }

func idleWaits(l ladder) [2]time.Duration {
	if l.j.Danger != "" {
		return l.waits.IdleDanger
	}
	return l.waits.Idle
}

func shortWait(i int) func(ladder) time.Duration {
	return func(l ladder) time.Duration {
		if l.j.Danger != "" {
			return l.waits.Danger[i]
		}
		return l.waits.Unclaimed[i]
	}
}

// leaderWait: with nobody on duty there is nobody to wait for.
func leaderWait(l ladder) time.Duration {
	if len(onDutyAt(l.t, l.j, short(l, nil))) == 0 {
		return 0
	}
	return shortWait(1)(l)
}

// clerkWait: the same of the clerks.
func clerkWait(l ladder) time.Duration {
	if len(l.t.Desk.County.ClerksOnDuty(l.t.Team, asked(l, nil))) == 0 {
		return 0
	}
	return first(clerkWaits)(l)
}

// lightWait: credit that was sent to a meter takes its time.
func lightWait(l ladder) time.Duration {
	if l.j.TopUp.State == job.TopUpWritten && l.j.TopUp.Way == "meter" {
		return l.waits.Light[1]
	}
	return l.waits.Light[0]
}

// usualPart is most of the time in which the crew is usually there.
func usualPart(l ladder) time.Duration {
	minutes, known := l.t.Desk.County.UsualMinutes(l.j.Place)
	if !known {
		return never
	}
	return time.Duration(minutes) * time.Minute * time.Duration(l.waits.Late) / 100
}

// In which hours a rung may come. Nobody is woken for a word about light that is
// back, or rung for a visit at night or on a holiday.

func daytime(c *county.County, at time.Time) time.Time { return c.Daytime(at) }

// officeFrom is the first moment from at on in which the office is open.
func officeFrom(c *county.County, at time.Time) time.Time {
	if c.Open(c.Office, at) {
		return at
	}
	if opens, ok := c.NextOpening(c.Office, at); ok {
		return opens
	}
	return at
}
