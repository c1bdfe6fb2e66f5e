// Package report is "my reports": how far each job is, words added, a report
// taken back, and the questions that a job asks its residents (is the power
// back? were you satisfied?). flows/desk lists it. It never closes a job for
// anybody but a resident who said so.
package report

import (
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// Flow is /status, the menu's "my reports" and the pending questions (PRODUCT
// R11, R13).
func Flow() *talk.Flow {
	return &talk.Flow{
		Name: "report", Version: 1, Start: "reports", Pending: pending, Overhear: wanted,
		Steps: append(lookSteps(), backSteps()...),
	}
}

func lookSteps() []talk.Step {
	return []talk.Step{
		{
			ID: "reports", Known: only, Offer: list,
			Chosen: func(t *talk.Turn, id string) string { t.S.Job = id; return "one" },
			Leads:  []string{"one"},
			Answers: []talk.Answer{
				{ID: "none", Then: "none", When: never},
				{ID: "one", Then: "one", When: never},
			},
		},
		{ID: "none", Ends: true},
		{
			ID: "one", Self: true, Known: func(t *talk.Turn) string {
				if j := t.Job(); j != nil && t.Waits(j) && j.TopUp.State == job.TopUpWritten && j.Danger == "" {
					return "light"
				}
				if j := t.Job(); j != nil && j.State == job.Restored && mine(t).Answer == "" {
					return question(j)
				}
				return "job"
			},
			Answers: []talk.Answer{{ID: "job", Then: "job"}, {ID: "back", Then: "back"}, {ID: "called", Then: "called"}, {ID: "light", Then: "topup/light"}},
		},
		{ID: "job", Over: true, Args: status, Answers: []talk.Answer{
			{ID: "dark", Then: "again", When: both(closed, fault), Do: withJob(stillDark), Means: "still_dark back_then_out back_partly outage"},
			{ID: "silent", Then: "again", When: both(closed, call), Do: withJob(stillDark)},
			{ID: "people", Then: "topup/raised", When: both(live, creditAlone), Do: withJob(raise)},
			{ID: "add", Then: "add", When: live},
			{ID: "back", Then: "withdrew", When: both(live, dark), Do: withJob(withdraw), Means: onlyPressed},
			{ID: "well", Then: "withdrew", When: both(live, danger), Do: withJob(withdraw), Means: onlyPressed},
			{ID: "settled", Then: "withdrew", When: both(live, call), Do: withJob(withdraw), Means: onlyPressed},
		}},
		{ID: "add", Free: true, Hear: hearMore, Leads: []string{"added"}},
		{ID: "added", Ends: true, Args: jobArgs},
		{ID: "withdrew", Ends: true, Args: jobArgs},
		{ID: "again", Ends: true, Args: jobArgs},
	}
}

// onlyPressed is the meaning of a button that no other words press: a slip must not send
// the crew home.
const onlyPressed = "pressed"

// wanted shows the open job of who writes that somebody should come where the hall has
// it alone.
func wanted(t *talk.Turn) (step, no string) {
	j := t.Waiting()
	if j == nil || !j.CreditAlone() || !t.Says("nav.come") && !t.Says("report.job.people") {
		return "", ""
	}
	return "one", j.No
}

func never(*talk.Turn) bool { return false }

func both(a, b func(*talk.Turn) bool) func(*talk.Turn) bool {
	return func(t *talk.Turn) bool { return a(t) && b(t) }
}

func live(t *talk.Turn) bool { return t.Job() != nil && t.Waits(t.Job()) }

func closed(t *talk.Turn) bool {
	j := t.Job()
	return j != nil && !mine(t).Withdrawn && (j.State == job.Closed || j.State == job.Restored)
}

func call(t *talk.Turn) bool   { return t.Job() != nil && t.Job().Answers() }
func fault(t *talk.Turn) bool  { return t.Job() != nil && t.Job().Outage() }
func danger(t *talk.Turn) bool { return fault(t) && t.Job().Danger != "" }
func dark(t *talk.Turn) bool   { return fault(t) && t.Job().Danger == "" }

func mine(t *talk.Turn) job.Report {
	if j := t.Job(); j != nil && j.ReportOf(t.S.Chat) != nil {
		return *j.ReportOf(t.S.Chat)
	}
	return job.Report{}
}

// shown is how many jobs are offered at once: who has more sees the newest.
const shown = 5

// visible lists what somebody may want to see: what they wait for, and what was
// finished within the time in which it can be opened again.
func visible(t *talk.Turn) []*job.Job {
	var all []*job.Job
	for _, j := range t.ReportedJobs() {
		if t.Waits(j) || j.State == job.Closed && t.E.At.Sub(j.Clocks.Close) <= job.ReopenFor {
			all = append(all, j)
		}
	}
	return all[max(0, len(all)-shown):]
}

// only skips the choice when there is nothing to choose.
func only(t *talk.Turn) string {
	switch all := visible(t); len(all) {
	case 0:
		return "none"
	case 1:
		t.S.Job = all[0].No
		return "one"
	}
	return ""
}

func list(t *talk.Turn) []talk.Choice {
	var all []talk.Choice
	for _, j := range visible(t) {
		label := j.No + " " + words.Plain(t.S.Lang, "symptom."+j.Symptom, nil)
		all = append(all, talk.Choice{ID: j.No, Label: label, Also: []string{j.No}})
	}
	return all
}

// hearMore adds words or a picture; the router has kept the picture already.
func hearMore(t *talk.Turn) string {
	j := t.Job()
	switch {
	case j == nil || !t.Waits(j):
		return ""
	case t.E.Kind == talk.Text:
		t.KeepWords(t.E.Text)
	case t.E.Kind != talk.Attach:
		return ""
	}
	t.HandOver(j)
	return "added"
}

// creditAlone says whether a clerk has the job alone: people can be wanted besides.
func creditAlone(t *talk.Turn) bool { return fault(t) && t.Job().CreditAlone() }

func raise(t *talk.Turn, j *job.Job) { j.Raise(job.Actor{ID: t.S.Chat}, job.RaisedAsked, t.E.At) }

// withdraw takes the report back: the light came back by itself. The crew is
// told by the job's change.
func withdraw(t *talk.Turn, j *job.Job) { j.Withdraw(t.S.Chat, t.E.At) }

// status answers the three questions of anybody who waits: do you know, why,
// until when (PRODUCT R11).
func status(t *talk.Turn) words.Args {
	j := t.Job()
	if j == nil {
		return words.Args{"Title": "", "State": "", "Outlook": "", "Reported": ""}
	}
	return words.Args{
		"Title":    words.HTML(t.Word(j.Phrase("report.title"), words.Args{"No": j.No})),
		"Reported": t.Desk.County.TimeInWords(t.S.Lang, j.Clocks.Reported, t.E.At), "State": t.Progress(j), "Outlook": t.Outlook(j),
	}
}
