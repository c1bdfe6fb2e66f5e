package topup

import (
	"cmp"
	"slices"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// What a request for credit becomes: the one that is open already, one for the
// fault of this home, or a job of its own.

// before says what this home has asked for already. A request that is open is that
// one, and what was just said of a risk counts for it. Of further ones within a
// day the clerk is not asked, unless somebody is at risk: the resident is told so,
// and people can still come. Nor is anybody asked for more jobs than one person
// may open.
func before(t *talk.Turn) string {
	asked := 0
	for _, j := range t.ReportedJobs() {
		switch open := t.Waits(j) && j.State != job.Restored; {
		case elsewhere(t.S.Place, j.Place):
		case open && j.TopUp.State != "" && j.TopUp.State != job.TopUpFailed:
			t.S.Job = j.No
			t.HandOver(j)
			require(t, j)
			return "joined"
		case !j.Last(job.DidAskTopUp, "", 0).Before(t.E.At.Add(-night)):
			asked++
		}
	}
	switch {
	case len(needs(t)) > 0:
		return "new"
	case asked >= t.Desk.County.Urgent.Limit:
		return "limit"
	case t.ReachedDailyLimit():
		return "enough"
	}
	return "new"
}

// require adds who must not wait to a job that was there before. What the hall
// had alone does not wait for one person then.
func require(t *talk.Turn, j *job.Job) {
	known := len(j.Needs)
	for _, n := range needs(t) {
		if !slices.Contains(j.Needs, n) {
			j.Needs = append(j.Needs, n)
		}
	}
	if len(j.Needs) == known {
		return
	}
	if alarms(j) {
		j.Level = job.Urgent
		j.Raise(job.Actor{ID: t.S.Chat}, job.RaisedAsked, t.E.At)
	}
	j.Record(job.Entry{At: t.E.At, What: job.DidComplete, User: t.S.Chat})
}

// night is how long the requests of one household are counted together.
const night = 24 * time.Hour

// request asks the hall: for the fault of this home that the person has reported
// already, or for a new job.
func request(t *talk.Turn) {
	j := fault(t)
	if j == nil {
		j = opened(t)
	}
	t.S.Job = j.No
	t.HandOver(j)
	if r := j.ReportOf(t.S.Chat); r.Phone == "" {
		r.Phone = t.Phone()
	}
	u := &j.TopUp
	u.Account, u.Kind, u.Wanted, u.Nth = t.Answer("account_no"), kind(t), t.Answer("sum"), tonight(t)+1
	u.Lit = t.Answer("now") == "nearly"
	if j.Meter == "" {
		j.Meter = meterSays(t)
	}
	j.AskTopUp(job.Actor{ID: t.S.Chat}, t.E.At)
	require(t, j)
}

// fault gives the newest fault of this home that the person waits for, or nil.
func fault(t *talk.Turn) *job.Job {
	for _, j := range slices.Backward(t.ReportedJobs()) {
		if t.Waits(j) && j.State != job.Restored && j.Outage() && !j.ReportOf(t.S.Chat).Typed && !elsewhere(t.S.Place, j.Place) {
			return j
		}
	}
	return nil
}

// elsewhere says whether two places are two homes, as far as is known of both: a
// meter has one. Rather too often than too seldom: credit for the parents' home
// must not end what waits at one's own.
func elsewhere(a, b county.Place) bool {
	differ := func(a, b string) bool { return a != "" && b != "" && a != b }
	return differ(a.Town, b.Town) || differ(a.Community, b.Community) ||
		differ(text.Fold(a.Words), text.Fold(b.Words)) || differ(door(a.Detail), door(b.Detail))
}

// opened is a job of its own: a clerk's alone, unless somebody is at risk or wants
// people all the same, who come for a fault.
func opened(t *talk.Turn) *job.Job {
	j := &job.Job{
		Kind: job.Credit, Symptom: "card", Level: job.Ordinary, Place: t.S.Place, Needs: needs(t), Tried: tried(t),
		Reports: []job.Report{{Chat: t.S.Chat, Lang: t.S.Lang, Name: t.E.From.Name, Phone: t.Phone(), At: t.E.At}},
	}
	if alarms(j) {
		j.Kind, j.Level = job.Fault, job.Urgent
	} else if t.Coming() {
		j.Kind = job.Fault
	}
	t.HandOver(j)
	return t.Open(j)
}

// alarms says whether the crew is called besides the clerk: a device to breathe
// by and goods that spoil do not wait for one person alone.
func alarms(j *job.Job) bool {
	return slices.Contains(j.Needs, "medical") || slices.Contains(j.Needs, "goods")
}

// needs says who must not wait.
func needs(t *talk.Turn) (all []string) {
	if r := t.Answer("risk"); r == "medical" || r == "goods" {
		all = append(all, r)
	}
	if h := household(t); h == "helpless" {
		all = append(all, h)
	}
	return all
}

// household is who lives here, as it was said or is remembered.
func household(t *talk.Turn) string { return cmp.Or(t.Answer("outage/household"), t.S.Home.Household) }

// tried lists what was done at the meter on the way here.
func tried(t *talk.Turn) (done []string) {
	for _, step := range []string{"insert", "remote", "push"} {
		if t.Answer(step) != "" || t.Answer("outage/"+step) != "" {
			done = append(done, step)
		}
	}
	return done
}

// kind is which meter it is, when it was said.
func kind(t *talk.Turn) string {
	for _, answer := range []string{t.Answer("kind"), t.Answer("outage/card")} {
		if answer == "slot" || answer == "slotless" {
			return answer
		}
	}
	return ""
}

// meterSays is what the meter shows, as it was said.
func meterSays(t *talk.Turn) string {
	if typed := t.Answer("outage/shown"); typed != "" {
		return typed
	}
	for _, step := range []string{"display", "shows"} {
		switch a := t.Answer(step); a {
		case "buy", "off", "blank", "low", "cut":
			return words.Plain(t.Desk.County.Lang, "topup."+step+"."+a, nil)
		}
	}
	return ""
}

// tonight counts the earlier requests of this household, from whichever chat. Of
// one from another chat the clerk hears, and nobody else: an address that is typed
// must not tell who lives there.
func tonight(t *talk.Turn) (n int) {
	for _, j := range t.E.Finding.Jobs {
		if sameHome(t, j) || j.ReportOf(t.S.Chat) != nil && !elsewhere(t.S.Place, j.Place) {
			n++
		}
	}
	return n
}

func sameHome(t *talk.Turn, j *job.Job) bool {
	same := func(a, b string) bool { return a != "" && a == b }
	p := t.S.Place
	return same(text.Fold(t.Answer("account_no")), text.Fold(j.TopUp.Account)) ||
		p.Town == j.Place.Town && p.Community == j.Place.Community && same(door(p.Detail), door(j.Place.Detail))
}

func requestArgs(t *talk.Turn) words.Args {
	c := t.Desk.County
	args := words.Args{"No": t.S.Job, "Minutes": int(c.Ladders.Clerk[0].Minutes()), "Limit": c.Urgent.Limit, "At": t.Desk.County.HallOpens(t.S.Lang, t.E.At), "State": words.HTML(""), "Team": words.HTML("")}
	if j := t.Job(); j != nil {
		args["State"] = t.Progress(j)
		if !j.CreditAlone() {
			args["Team"] = words.HTML(t.Word("topup.asked.team", nil))
		}
	}
	return args
}
