package duty

import (
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// rung is one row of the table of all ladders: when it is due, who has answered it
// then, and what it does.
type rung struct {
	name   string // under which the job's history keeps it
	ladder string

	while func(*job.Job) bool                       // in which states of the job it is on its ladder; nil = in all that are not over
	of    func(*job.Job) []*job.Claim               // whom it is about, each on their own; nil = the job
	since func(ladder, *job.Claim) time.Time        // what it counts from; zero = it has not begun
	ack   []string                                  // the entries of the history by which somebody answers it: its wait begins anew
	after func(ladder) time.Duration                // how long after; below zero = never
	every func(ladder) time.Duration                // it comes again so often
	rarer bool                                      // and less often, when it has come often
	clock func(*county.County, time.Time) time.Time // the hours in which it may come; nil = always

	behind string   // the rung that it follows, as far as the two are apart
	unless []string // the rungs that say the same and more: once one of them is climbed, or due, this one is needless
	free   bool     // but only while nobody has the job

	does   func(*talk.Turn, *job.Job, pending)     // to the job itself; nil = nothing
	again  bool                                    // the crew's card comes once more, and names who is on duty
	asks   string                                  // the question to the holders it is about: a key below crew.*; the moves that answer it name it
	clerk  string                                  // what the hall's clerk is asked
	leader func(*talk.Turn, *job.Job) (key string) // what the leader hears
	news   func(*job.Job) (key string)             // what the residents hear
}

// rungs is the table. What is due at the same time comes in its order.
var rungs = []rung{
	{name: "wait.1", ladder: "wait", while: resting, since: rested, after: justAfter, asks: "wait"},
	{name: "wait.2", ladder: "wait", while: resting, since: rested, behind: "wait.1", after: pastETA, leader: silentLeader, news: saying("news.hotline")},

	{name: "no_hall", ladder: "hall", since: hallGone, after: atOnce, does: raising(job.RaisedUnheard)},
	{name: "question", ladder: "question", while: unheard, since: reopened, after: questionWait, does: raising(job.RaisedUnheard), leader: hearing("leader.question")},
	{name: "hall.1", ladder: "topup", while: noClerk, since: asked, after: clerkWait, does: postTopUpAgain, leader: hearing("leader.hall_silent")},
	{name: "hall.2", ladder: "topup", while: noClerk, since: asked, behind: "hall.1", after: second(clerkWaits), news: saying("news.topup_silent")},
	{name: "hall.again", ladder: "topup", while: noClerk, since: asked, after: plus(second(clerkWaits), cardAgain), every: cardAgain, rarer: true, does: postTopUpAgain, leader: hearing("leader.hall_again")},
	{name: "clerk.1", ladder: "topup", while: clerkAtIt, of: clerkOf, since: answeredClerk, ack: []string{job.DidTake, job.DidPay, job.DidAskBack}, after: first(payingWaits), clerk: "clerk.silent"},
	{name: "clerk.2", ladder: "topup", while: clerkAtIt, of: clerkOf, since: answeredClerk, ack: []string{job.DidTake, job.DidPay, job.DidAskBack}, behind: "clerk.1", after: second(payingWaits), does: dropTopUp, leader: hearing("leader.clerk_silent")},
	{name: "light", ladder: "topup", while: written, since: last(job.DidWrite), ack: []string{job.DidLater}, after: lightWait, does: raising(job.RaisedDark)},
	{name: "refused", ladder: "topup", while: refusedAlone, since: last(job.DidRefuse), after: lightWait, does: raising(job.RaisedRefused)},

	{name: "idle.1", ladder: "idle", while: notSetOut, of: pairOf, since: sinceClaimed, ack: []string{job.DidStay, job.DidResume}, after: first(idleWaits), asks: "idle"},
	{name: "idle.2", ladder: "idle", while: notSetOut, of: pairOf, since: sinceClaimed, ack: []string{job.DidStay, job.DidResume}, behind: "idle.1", after: second(idleWaits), does: giveBack},
	{name: "unclaimed.1", ladder: "unclaimed", while: unclaimed, since: short, after: shortWait(0), unless: []string{"unclaimed.again"}, does: postAgain, again: true},
	{name: "unclaimed.2", ladder: "unclaimed", while: lacking, since: short, after: leaderWait, unless: []string{"unclaimed.3"}, leader: unclaimedLeader},
	{name: "unclaimed.3", ladder: "unclaimed", while: lackingThere, since: short, after: shortWait(2), leader: stationLeader, news: unclaimedNews},
	{name: "unclaimed.again", ladder: "unclaimed", while: lackingThere, since: short, after: plus(shortWait(2), cardAgain), every: cardAgain, rarer: true, does: postAgain, again: true},
	{name: "late.1", ladder: "late", while: timeUnsaid, since: notSpoken, after: usualPart, unless: []string{"unclaimed.3"}, free: true, asks: "late", news: lateNews},
	{name: "late.2", ladder: "late", while: both(timeUnsaid, claimed), since: notSpoken, behind: "late.1", after: plus(usualPart, apart(etaWaits)), leader: silentLeader, news: saying("news.hotline")},
	{name: "eta.1", ladder: "eta", while: driving, since: meant, after: first(etaWaits), asks: "eta", news: saying("news.asking")},
	{name: "eta.2", ladder: "eta", while: driving, since: meant, behind: "eta.1", after: second(etaWaits), leader: silentLeader, news: saying("news.hotline")},
	{name: "work.1", ladder: "work", while: working, since: arrived, ack: []string{job.DidResume}, after: first(workWaits), asks: "work", news: saying("news.working")},
	{name: "work.2", ladder: "work", while: working, since: arrived, ack: []string{job.DidResume}, behind: "work.1", after: second(workWaits), leader: silentLeader, news: saying("news.hotline")},
	{name: "stuck", ladder: "stuck", while: claimed, since: happened, after: second(workWaits), leader: silentLeader},

	{name: "unanswered.1", ladder: "unanswered", since: restored, after: first(answerWaits), clock: daytime, unless: []string{"unanswered.2"}, news: saying("news.unanswered")},
	{name: "unanswered.2", ladder: "unanswered", since: restored, after: second(answerWaits), clock: daytime, does: lapse},

	{name: "visit.again", ladder: "visit", while: resting, since: rested, after: atOnce, clock: officeFrom, does: resume, asks: "again"},
	{name: "visit.1", ladder: "visit", while: both(goingOn, lacking), since: short, after: hours(24), clock: officeFrom, unless: []string{"visit.2", "visit.3"}, does: postAgain, again: true},
	{name: "visit.2", ladder: "visit", while: both(goingOn, lacking), since: dayOfVisit, after: atOnce, clock: officeFrom, unless: []string{"visit.3"}, leader: hearing("leader.visit")},
	{name: "visit.3", ladder: "visit", while: goingOn, since: visitOver, after: atOnce, every: hours(24), clock: officeFrom, leader: hearing("leader.visit_due")},
}

// unknownRung is what is done of a rung that the table does not have: it is told to
// the leader.
var unknownRung = rung{leader: silentLeader}

// rungOf gives the row of a rung.
func rungOf(name string) *rung {
	for i := range rungs {
		if rungs[i].name == name {
			return &rungs[i]
		}
	}
	return &unknownRung
}

// needless lists the rungs that make this one needless.
func (r *rung) needless(j *job.Job) []string {
	if r.free && j.Claims() > 0 {
		return nil
	}
	return r.unless
}
