package duty

import (
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// turn redraws the pressed card, the group's or the presser's own, with the
// buttons of a choice.
func turn(t *talk.Turn, j *job.Job, menu string) {
	if t.E.Press.Clerks && j.Outage() {
		turnTopUp(t, j, menu)
		return
	}
	if c := j.Holder(t.E.From.ID); t.E.Chat.Kind == talk.Private && c != nil && c.Chat {
		show := details(t, j, c)
		show.Buttons = ownButtons(t, j, c, menu)
		t.Do(show)
		return
	}
	show := card(t, j)
	show.Buttons = buttons(j, menu, t.Desk.County.Lang, true)
	show.Class = talk.EditClass
	t.Do(show)
}

// late notes why the crew comes later than it said, and closes the choice it was
// picked from: nothing else on the card changes by it.
func late(t *talk.Turn, j *job.Job) {
	known := len(j.History)
	move((*job.Job).Late, "noted")(t, j)
	if len(j.History) > known {
		turn(t, j, "")
	}
}
