package duty

import (
	"slices"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// rungEffect is what one rung of a ladder does when it is climbed. When it is due
// the ladders say (ladder.go, ladder_topup.go); everything else about it stands in
// its row of the table.
type rungEffect struct {
	does   func(t *talk.Turn, j *job.Job, r rung)        // to the job itself; nil = nothing
	again  bool                                          // the crew's card comes once more, and names who is on duty
	asks   func(j *job.Job) (key string, answers []item) // the holders it is about; no answers = they are on the card
	clerk  string                                        // what the hall's clerk is asked
	leader func(t *talk.Turn, j *job.Job) (key string)   // what the leader hears
	news   func(j *job.Job) (key string)                 // what the residents hear
}

// rungTable is every rung of every ladder, by the name under which the job's
// history keeps it. A ladder that names another one is a mistake, which the tests
// find; climbed all the same, it is told to the leader.
var rungTable = map[string]rungEffect{
	"unclaimed.1":     {does: postAgain, again: true},
	"unclaimed.2":     {leader: unclaimedLeader},
	"unclaimed.3":     {leader: stationLeader, news: unclaimedNews},
	"unclaimed.again": {does: postAgain, again: true},

	"idle.1": {asks: askIdle},
	"idle.2": {does: func(t *talk.Turn, j *job.Job, r rung) { j.Release(r.user, job.ByDesk, "idle", t.E.At) }},
	"late.1": {asks: asking("crew.late", etaAnswers), news: lateNews},
	"late.2": {leader: silentLeader, news: saying("news.hotline")},
	"eta.1": {asks: asking("crew.eta", func(j *job.Job) []item {
		return append([]item{one("arrive", "button.arrive")}, etaAnswers(j)...)
	}), news: saying("news.asking")},
	"eta.2":  {leader: silentLeader, news: saying("news.hotline")},
	"work.1": {asks: asking("crew.work", nil), news: saying("news.working")},
	"work.2": {leader: silentLeader, news: saying("news.hotline")},
	"wait.1": {asks: asking("crew.wait", nil)},
	"wait.2": {leader: silentLeader, news: saying("news.hotline")},
	"stuck":  {leader: silentLeader},

	"visit.1":     {does: postAgain, again: true},
	"visit.2":     {leader: hearing("leader.visit")},
	"visit.3":     {leader: hearing("leader.visit_due")},
	"visit.again": {does: func(t *talk.Turn, j *job.Job, _ rung) { j.Resume(job.ByDesk, t.E.At) }, asks: asking("crew.again", nil)},

	"unanswered.1": {news: saying("news.unanswered")},
	"unanswered.2": {does: func(t *talk.Turn, j *job.Job, _ rung) { j.Lapse(t.E.At) }},

	"hall.1":     {does: postTopUpAgain, leader: hearing("leader.hall_silent")},
	"hall.2":     {news: saying("news.topup_silent")},
	"hall.again": {does: postTopUpAgain, leader: hearing("leader.hall_again")},
	"clerk.1":    {clerk: "clerk.silent"},
	"clerk.2":    {does: func(t *talk.Turn, j *job.Job, _ rung) { j.DropTopUp(job.ByDesk, "idle", t.E.At) }, leader: hearing("leader.clerk_silent")},
	"light":      {does: raising(job.RaisedDark)},
	"refused":    {does: raising(job.RaisedRefused)},
	"question":   {does: raising(job.RaisedUnheard), leader: hearing("leader.question")},
	"no_hall":    {does: raising(job.RaisedUnheard)},
}

// effectOf gives the row of a rung.
func effectOf(name string) rungEffect {
	effect, known := rungTable[name]
	if !known {
		return rungEffect{leader: silentLeader}
	}
	return effect
}

func postAgain(_ *talk.Turn, j *job.Job, _ rung) { j.Posted++ }

func postTopUpAgain(t *talk.Turn, j *job.Job, _ rung) {
	if t.E.At.Sub(j.Last(job.DidAskTopUp, "", 0)) > time.Minute { // with nobody on duty it was posted just now
		j.TopUp.Posted++
	}
}

func raising(why string) func(*talk.Turn, *job.Job, rung) {
	return func(t *talk.Turn, j *job.Job, _ rung) { j.Raise(job.ByDesk, why, t.E.At) }
}

func saying(key string) func(*job.Job) string { return func(*job.Job) string { return key } }

func hearing(key string) func(*talk.Turn, *job.Job) string {
	return func(*talk.Turn, *job.Job) string { return key }
}

func silentLeader(*talk.Turn, *job.Job) string { return "leader.silent" }

// unclaimedLeader: a danger is named first.
func unclaimedLeader(t *talk.Turn, j *job.Job) string {
	now := t.E.At.Sub(j.Clocks.Short) < time.Minute && len(onDutyFor(t, j)) == 0
	switch {
	case now && j.Danger != "":
		return "leader.now_danger"
	case now:
		return "leader.unclaimed_now"
	case j.Danger != "":
		return "leader.unclaimed_danger"
	}
	return "leader.unclaimed"
}

func stationLeader(_ *talk.Turn, j *job.Job) string {
	if j.Danger != "" {
		return "leader.station_danger"
	}
	return "leader.station"
}

func unclaimedNews(j *job.Job) string {
	switch {
	case j.Claims() > 0: // somebody comes; that a second one is wanted is not the resident's worry
		return ""
	case j.Danger != "":
		return "news.unclaimed_danger"
	}
	return "news.unclaimed"
}

func lateNews(j *job.Job) string {
	if j.Claims() == 0 {
		return "news.unclaimed"
	}
	return "news.asking"
}

// asking is a question to the crew, and the buttons that answer it.
func asking(key string, answers func(*job.Job) []item) func(*job.Job) (string, []item) {
	return func(j *job.Job) (string, []item) {
		if answers == nil {
			return key, nil
		}
		return key, answers(j)
	}
}

func etaAnswers(j *job.Job) []item { return choices(j, "eta", "") }

func askIdle(j *job.Job) (string, []item) {
	first := etaAnswers(j)
	if !j.Drives() {
		first = []item{one("done", "button.done_call")}
	}
	return "crew.idle", slices.Concat(first, []item{one("stay", "button.stay"), {action: "reason", arg: "busy", key: "button.drop"}})
}
