package duty

import (
	"slices"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// claim takes a place of the pair. Who has never opened the private chat holds
// it all the same, and is taken there by the same press. Who may not do the work
// is told so first, and comes to guard when they press again.
func claim(t *talk.Turn, j *job.Job) {
	guard := j.Gated() && !t.Desk.County.Qualified(t.E.From.ID)
	if reminded := j.No + "/" + j.Danger; guard && j.Short() && j.Holder(t.E.From.ID) == nil && t.S.Warned != reminded {
		t.S.Warned = reminded
		toast(t, "guard_first", nil, true)
		return
	}
	why := j.Claim(job.Claim{
		User: t.E.From.ID, Name: t.E.From.Name, Lang: t.S.Lang, Chat: t.S.Opened, Guard: guard, At: t.E.At,
	})
	if why != "" && why != job.Already {
		refuse(t, j, why)
		return
	}
	received(t, j, why, "claimed", words.Args{"N": j.Claims(), "Of": j.Places()})
}

// received answers who has just taken a job, or had it already. Who has never
// opened the private chat is taken there.
func received(t *talk.Turn, j *job.Job, why job.Refusal, said string, args words.Args) {
	if why == "" {
		hold(t, j)
	}
	switch {
	case !t.S.Opened:
		t.Invite(j.No, "")
	case why == job.Already:
		toast(t, "already_yours", nil, false)
	default:
		toast(t, said, args, false)
	}
}

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

// mayWorkOnGrid says whether somebody who may work on the company's side of the
// meter was there: a holder who is qualified, or the squad.
func mayWorkOnGrid(t *talk.Turn, j *job.Job) bool {
	return slices.Contains(j.Called, "squad") || slices.ContainsFunc(j.Pair[:], func(c job.Claim) bool {
		return c.User != 0 && t.Desk.County.Qualified(c.User)
	})
}
