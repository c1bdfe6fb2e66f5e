package duty

import (
	"slices"
	"strconv"
	"strings"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// topUpCard draws the clerks' card whole from the job (PRODUCT C1). As the crew's,
// it names the community and nothing closer, and never a resident; nor a sum.
func topUpCard(t *talk.Turn, j *job.Job) talk.Say {
	l := t.Desk.County.Lang
	text := words.Say(l, "hall.title", words.Args{"No": j.No}) + "\n" + topUpText(t, j, l)
	if j.Live() && j.State != job.Restored && j.TopUp.Waits() && j.TopUp.Clerk.User == 0 {
		text += "\n" + onCall(t, l)
	}
	return talk.Say{
		Chat: t.Desk.County.Chats.Hall, Slot: topUpSlot(j), Class: talk.CardClass, Text: text, Buttons: buttons(t, j, nil, true, "", l),
	}
}

// onCall names the clerks on duty, so that their phones ring.
func onCall(t *talk.Turn, l words.Lang) string {
	on := t.Desk.County.ClerksOnDuty(t.Team, t.E.At)
	if len(on) == 0 {
		return words.Say(l, "hall.nobody", nil)
	}
	return words.Say(l, "hall.duty", words.Args{"Duty": mentions(on, l)})
}

// topUpSlot names the message that shows the clerks' card now.
func topUpSlot(j *job.Job) string { return "topup/" + j.No + "/" + strconv.Itoa(j.TopUp.Posted) }

// topUpText is what the clerks' card says below its title.
func topUpText(t *talk.Turn, j *job.Job, l words.Lang) string {
	say := func(key string, args words.Args) string { return words.Say(l, key, args) }
	var lines []string
	if j.Danger != "" {
		lines = append(lines, say("card.danger", words.Args{"Kind": dangers(j, l)}))
	}
	for _, need := range j.Needs {
		lines = append(lines, say("card.need."+need, nil))
	}
	place := t.Desk.County.PlaceName(j.Place, l)
	if place == "" {
		place = say("group.somewhere", nil)
	}
	lines = append(lines, say("card.place", words.Args{"Place": place}))
	if j.TopUp.Kind != "" {
		lines = append(lines, say("hall.kind."+j.TopUp.Kind, nil))
	}
	if j.Claims() > 0 {
		lines = append(lines, say("hall.crew", words.Args{"Crew": j.Crew(l)}))
	}
	if limit := t.Desk.County.Urgent.Limit; j.TopUp.Nth > limit {
		lines = append(lines, say("hall.again", words.Args{"N": j.TopUp.Nth, "Limit": limit}))
	}
	return strings.Join(append(lines, topUpLines(t, j, l)...), "\n")
}

// topUpSteps are the entries that tell how a request for credit went.
var topUpSteps = []string{
	job.DidAskTopUp, job.DidTake, job.DidPay, job.DidWrite, job.DidRefuse, job.DidDrop, job.DidRaise, job.DidConfirm, job.DidWithdraw,
}

// topUpLines tell the whole history of the hall's part, a line a step, so that
// who comes later asks nothing twice.
func topUpLines(t *talk.Turn, j *job.Job, l words.Lang) []string {
	if j.TopUp.State == "" {
		return nil
	}
	var lines []string
	for _, e := range j.History {
		if !slices.Contains(topUpSteps, e.What) || e.Arg == job.Gone {
			continue
		}
		key := "hall.step." + e.What
		switch e.What {
		case job.DidRaise:
			key = "hall.raised." + e.Arg
		case job.DidWrite:
			key = "hall.wrote." + e.Arg
		}
		lines = append(lines, words.Say(l, key, words.Args{
			"At": t.Desk.County.TimeInWords(l, e.At, t.E.At), "Name": e.Name, "Why": reason(e, l),
		}))
	}
	return lines
}

// reason is why a clerk cannot, in the reader's words.
func reason(e job.Entry, l words.Lang) words.HTML {
	if e.What != job.DidRefuse {
		return ""
	}
	return words.HTML(words.Say(l, "refusal."+e.Arg, nil))
}

// topUpDetails are what only the clerk and the crew may read of it.
func topUpDetails(j *job.Job, l words.Lang) []string {
	var lines []string
	for _, part := range []struct{ key, value string }{
		{"account", j.TopUp.Account}, {"wanted", j.TopUp.Wanted}, {"topped", j.TopUp.Paid},
	} {
		if part.value != "" {
			lines = append(lines, words.Say(l, "details."+part.key, words.Args{"Value": part.value}))
		}
	}
	return lines
}

// redrawTopUp shows the clerks' card when it says something new.
func redrawTopUp(t *talk.Turn, before, after *job.Job) {
	switch {
	case after.TopUp.Posted == 0 || t.Desk.County.Chats.Hall == 0:
	case before == nil || before.TopUp.Posted == 0:
		t.Do(topUpCard(t, after))
	default:
		redraw(t, after.No, topUpCard(t, before), topUpCard(t, after), talk.EditClass, "card.moved")
	}
}
