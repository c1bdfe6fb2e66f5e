package duty

import (
	"slices"
	"strconv"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// topUpActions are what a button of the clerks' card may ask for.
var topUpActions = map[string]func(*talk.Turn, *job.Job){
	"take":    take,
	"pay":     openTopUp("pay"),
	"paid":    pay,
	"wrote":   picked(ways, moveTopUp((*job.Job).WriteTopUp, "topup_wrote")),
	"refuse":  openTopUp("refuse"),
	"refused": picked(refusals, moveTopUp((*job.Job).RefuseTopUp, "topup_refused")),
	"ask":     openTopUp("ask"),
	"asks":    picked(asks, askBack),
	"drop":    picked([]string{""}, moveTopUp((*job.Job).DropTopUp, "released")),
	"card":    openTopUp(""),
}

// take gives the request to the clerk.
func take(t *talk.Turn, j *job.Job) {
	why := j.TakeTopUp(job.Claim{User: t.E.From.ID, Name: t.E.From.Name, Lang: t.S.Lang, Chat: t.S.Opened, At: t.E.At})
	if why != "" && why != job.Already {
		refuseTopUp(t, j, why)
		return
	}
	received(t, j, why, "topup.taken", nil)
}

// refuseTopUp says why nothing changed, and which clerk has it.
func refuseTopUp(t *talk.Turn, j *job.Job, why job.Refusal) {
	toast(t, "topup."+string(why), map[string]any{"Name": j.TopUp.Clerk.Name, "No": j.No}, why != job.Already)
}

// clerk says as whom the presser moves a request on: as its clerk, or as a
// leader, which the log will say.
func clerk(t *talk.Turn, j *job.Job) job.Actor {
	who := job.Actor{ID: t.E.From.ID, Name: t.E.From.Name}
	m, _ := t.Desk.County.Member(who.ID)
	who.Over = m.Leader && j.TopUp.Clerk.User != who.ID
	return who
}

// moveTopUp is a step of the clerk that needs nothing but the press.
func moveTopUp(do step, said string) func(*talk.Turn, *job.Job) {
	return func(t *talk.Turn, j *job.Job) {
		why := do(j, clerk(t, j), t.E.Press.Arg, t.E.At)
		if why != "" {
			refuseTopUp(t, j, why)
			return
		}
		toast(t, said, nil, false)
	}
}

// askBack puts a question, and closes the choice it was picked from: nothing else
// on the card changes by it.
func askBack(t *talk.Turn, j *job.Job) {
	known := len(j.History)
	moveTopUp((*job.Job).AskBack, "topup_asked")(t, j)
	if len(j.History) > known {
		turnTopUp(t, j, "")
	}
}

// openTopUp redraws the pressed card with the buttons of a choice. Nothing of the
// job changes.
func openTopUp(menu string) func(*talk.Turn, *job.Job) {
	return func(t *talk.Turn, j *job.Job) {
		switch by := clerk(t, j); {
		case !j.Live() || j.State == job.Restored || !j.TopUp.Waits():
			refuseTopUp(t, j, job.Finished)
			return
		case j.TopUp.Clerk.User != by.ID && !by.Over:
			refuseTopUp(t, j, job.NotYours)
			return
		}
		t.Do(talk.Toast{Callback: t.E.Callback})
		turnTopUp(t, j, menu)
	}
}

// pay notes how much was bought: one of the amounts, or another one that is
// typed in private.
func pay(t *talk.Turn, j *job.Job) {
	arg := t.E.Press.Arg
	yuan, _ := strconv.Atoi(arg)
	switch {
	case slices.Contains(t.Desk.County.Urgent.Amounts, yuan):
		moveTopUp((*job.Job).PayTopUp, "topup_paid")(t, j)
	case arg != "exact":
		toast(t, "old_button", nil, false)
	case j.TopUp.Clerk.User != t.E.From.ID:
		refuseTopUp(t, j, job.NotYours)
	case !t.S.Opened:
		t.Invite(j.No, "work/amount")
	case !t.Resting():
		toast(t, "in_talk", nil, true)
	default:
		toast(t, "topup_see_private", nil, false)
		more(t, j, "work/amount")
	}
}

// hold remembers that somebody has taken a job, so that their private chat
// belongs to it.
func hold(t *talk.Turn, j *job.Job) {
	t.S.Holds = slices.DeleteFunc(t.S.Holds, func(no string) bool {
		held := t.Jobs[no]
		return held == nil || !held.Holds(t.S.Chat) || no == j.No || over(held, t.E.At)
	})
	t.S.Holds = append(t.S.Holds, j.No)
}
