package talk

import (
	"powerdesk/flows/job"
	"powerdesk/flows/words"
)

// Progress answers the questions of anybody who waits: do you know, who comes,
// how far are they (PRODUCT R11).
func (t *Turn) Progress(j *job.Job) words.HTML {
	key := "report.state." + string(j.State)
	if j.State == job.Open && j.Claims() > 0 {
		key = "report.state.half"
	}
	text := t.Word(j.Phrase(key), words.Args{"Crew": j.Crew(t.S.Lang)})
	if hall := t.topUpProgress(j); j.CreditAlone() && hall != "" {
		text = hall
	} else {
		text += hall
	}
	switch {
	case j.Wait != (job.Wait{}):
		text += t.Word("report.waits", words.Args{
			"Why": words.HTML(t.Word("wait."+j.Wait.Why, nil)), "Until": t.Desk.County.TimeInWords(t.S.Lang, j.Wait.Until, t.E.At),
		})
	case j.State == job.OnTheWay && j.ETA.After(t.E.At):
		text += t.Word("report.eta", words.Args{"ETA": t.Desk.County.TimeInWords(t.S.Lang, j.ETA, t.E.At)})
	}
	return words.HTML(text)
}

// topUpProgress is how far the hall's part of a job is; "" = there is none, or it
// is over.
func (t *Turn) topUpProgress(j *job.Job) string {
	key := string(j.TopUp.State)
	switch {
	case !j.Live() || j.State == job.Restored || key == "" || j.TopUp.State == job.TopUpFailed:
		return ""
	case j.TopUp.State == job.TopUpAsked && j.TopUp.Clerk.User != 0:
		key = "taken"
	}
	return t.Word("report.topup."+key, words.Args{"Clerk": j.TopUp.Clerk.Name})
}

// Outlook is what a person who waits is told besides how far the job is: why it is late,
// that nobody knows yet when, and when they hear more though nobody does anything.
func (t *Turn) Outlook(j *job.Job) words.HTML {
	if !t.Waits(j) || j.State == job.Restored || j.Kind.Traits().Days {
		return ""
	}
	var text string
	if late := j.LateFor(); late != "" {
		text += t.Word("report.late", words.Args{"Why": words.HTML(t.Word("late."+late, nil))})
	}
	if j.Wait == (job.Wait{}) && !j.ETA.After(t.E.At) {
		text += t.Word(j.Phrase("report.when_unknown."+t.awaited(j)), nil)
	}
	if at := t.Desk.crew.NextWord(t, j); !at.IsZero() {
		text += t.Word("report.next_word", words.Args{"At": t.Desk.County.TimeInWords(t.S.Lang, at, t.E.At)})
	}
	return words.HTML(text)
}

// awaited is what has to happen next, for who waits.
func (t *Turn) awaited(j *job.Job) string {
	switch {
	case j.CreditAlone():
		return "topup"
	case j.State == job.Arrived:
		return "mended"
	}
	return "come"
}
