package duty

import (
	"slices"
	"strings"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// waitingAtHall answers /open in the hall's group.
func waitingAtHall(t *talk.Turn) {
	answer(t, waiting(t, atHall(t.E.Finding.Jobs), lang(t)))
}

// atHall are the jobs that wait for a clerk, homes at risk first (PRODUCT C1).
func atHall(jobs []*job.Job) []*job.Job {
	var waits []*job.Job
	for _, j := range jobs {
		if j.TopUp.Waits() || j.Room() == job.Clerks && !j.CreditAlone() {
			waits = append(waits, j)
		}
	}
	atRisk := func(j *job.Job) bool { return len(j.Needs) > 0 || j.Danger != "" }
	return slices.Concat(
		slices.DeleteFunc(slices.Clone(waits), func(j *job.Job) bool { return !atRisk(j) }),
		slices.DeleteFunc(slices.Clone(waits), atRisk),
	)
}

// waiting lists them, each with how far it is.
func waiting(t *talk.Turn, jobs []*job.Job, l words.Lang) string {
	if len(jobs) == 0 {
		return words.Say(l, "hall.open_none", nil)
	}
	lines := []string{words.Say(l, "hall.open", words.Args{"N": len(jobs)})}
	for _, j := range jobs[:min(len(jobs), listed)] {
		line := jobLine(t, j, l)
		if steps := topUpLines(t, j, l); len(steps) > 0 {
			place := words.Escape(t.Desk.County.PlaceName(j.Place, l))
			line = marked(j) + "<b>" + j.No + "</b> " + place + " · " + steps[len(steps)-1]
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// onDuty says who of the hall is on duty.
func onDuty(t *talk.Turn, l words.Lang) string {
	on := t.Desk.County.ClerksOnDuty(t.Team, t.E.At)
	if len(on) == 0 {
		return words.Say(l, "hall.duty_nobody", nil)
	}
	for i := range on {
		on[i].ID = 0 // a list wakes nobody
	}
	return words.Say(l, "hall.duty_now", words.Args{"Duty": mentions(on, l)})
}

// hallPresence notes what a clerk says of their duty: for so many hours, or for
// half a day; who says no, until their next shift of the plan is over.
func hallPresence(t *talk.Turn, on bool) {
	l := t.Desk.County.Lang
	usual := t.E.At.Add(usualShift)
	if end := t.Desk.County.ClerksShiftEnds(t.E.From.ID, t.E.At); !on && end.After(usual) {
		usual = end
	}
	until, ok := spoken(t, usual)
	if !ok {
		return
	}
	name := t.E.From.Name
	if m, known := t.Desk.County.Member(t.E.From.ID); known {
		name = m.Name
	}
	t.Team.Say(county.Presence{
		User: t.E.From.ID, Name: name, Lang: t.S.Lang, On: on, Clerk: true,
		From: t.E.At.Truncate(time.Minute), Until: until.Truncate(time.Minute),
	})
	what, key := "off_duty", "duty.off"
	if on {
		what, key = "on_duty", "duty.on"
	}
	t.Do(talk.Log{At: t.E.At, Who: name, What: what, Note: "hall"})
	answer(t, words.Say(l, key, words.Args{"Name": name, "Until": t.Desk.County.TimeInWords(l, until, t.E.At)})+"\n"+onDuty(t, l))
}
