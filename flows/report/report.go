// Package report is "my reports": how far each job is, words added, a report
// taken back, and the questions that a job asks its residents (is the power
// back? were you satisfied?). flows/desk lists it. It never closes a job for
// anybody but a resident who said so.
package report

import (
	"powerdesk/flows"
	"powerdesk/flows/words"
)

// Flow is /status, the menu's "my reports" and the standing questions (PRODUCT
// R11, R13).
func Flow() *flows.Flow {
	return &flows.Flow{
		Name: "report", Version: 1, Command: "status", Start: "reports", Standing: standing, Overhear: offDuty,
		Steps: append(lookSteps(), backSteps()...),
	}
}

func lookSteps() []flows.Step {
	return []flows.Step{
		{
			ID: "reports", Known: only, Offer: list,
			Chosen: func(t *flows.Turn, id string) string { t.S.Job = id; return "one" },
			Leads:  []string{"one"},
			Answers: []flows.Answer{
				{ID: "none", Then: "none", When: never},
				{ID: "one", Then: "one", When: never},
			},
		},
		{ID: "none", Ends: true},
		{
			ID: "one", Self: true, Known: func(t *flows.Turn) string {
				if j := t.Job(); j != nil && t.Waits(j) && j.TopUp.State == flows.TopUpWritten && j.Danger == "" {
					return "light"
				}
				if j := t.Job(); j != nil && j.State == flows.Restored && mine(t).Answer == "" {
					return question(j)
				}
				return "job"
			},
			Answers: []flows.Answer{{ID: "job", Then: "job"}, {ID: "back", Then: "back"}, {ID: "called", Then: "called"}, {ID: "light", Then: "topup/light"}},
		},
		{ID: "job", Over: true, Args: status, Answers: []flows.Answer{
			{ID: "dark", Then: "again", When: both(closed, fault), Do: stillDark},
			{ID: "silent", Then: "again", When: both(closed, call), Do: stillDark},
			{ID: "people", Then: "topup/raised", When: both(live, atHall), Do: raise},
			{ID: "add", Then: "add", When: live},
			{ID: "back", Then: "withdrew", When: both(live, dark), Do: withdraw},
			{ID: "well", Then: "withdrew", When: both(live, danger), Do: withdraw},
			{ID: "settled", Then: "withdrew", When: both(live, call), Do: withdraw},
		}},
		{ID: "add", Free: true, Hear: hearMore, Leads: []string{"added"}},
		{ID: "added", Ends: true, Args: jobArgs},
		{ID: "withdrew", Ends: true, Args: jobArgs},
		{ID: "again", Ends: true, Args: jobArgs},
	}
}

// offDuty shows the open job of who writes that nobody need come, or that
// somebody should where the hall has it alone: one tap more, because a slip must
// not send the crew home.
func offDuty(t *flows.Turn) (step, job string) {
	j := t.Waiting()
	wanted := j != nil && j.Hall && !j.Call() && (t.Says("nav.come") || t.Says("report.job.people"))
	if j == nil || !wanted && !t.Says("report.job.back") && !t.Says("report.job.well") && !t.Says("report.job.settled") {
		return "", ""
	}
	return "one", j.No
}

func never(*flows.Turn) bool { return false }

func both(a, b func(*flows.Turn) bool) func(*flows.Turn) bool {
	return func(t *flows.Turn) bool { return a(t) && b(t) }
}

func live(t *flows.Turn) bool { return t.Job() != nil && t.Waits(t.Job()) }

func closed(t *flows.Turn) bool {
	j := t.Job()
	return j != nil && !mine(t).Withdrawn && (j.State == flows.Closed || j.State == flows.Restored)
}

func call(t *flows.Turn) bool   { return t.Job() != nil && t.Job().Call() }
func fault(t *flows.Turn) bool  { return t.Job() != nil && !t.Job().Call() }
func danger(t *flows.Turn) bool { return fault(t) && t.Job().Danger != "" }
func dark(t *flows.Turn) bool   { return fault(t) && t.Job().Danger == "" }

func mine(t *flows.Turn) flows.Report {
	if j := t.Job(); j != nil && j.ReportOf(t.S.Chat) != nil {
		return *j.ReportOf(t.S.Chat)
	}
	return flows.Report{}
}

// shown is how many jobs are offered at once: who has more sees the newest.
const shown = 5

// visible lists what somebody may want to see: what they wait for, and what was
// finished within the time in which it can be opened again.
func visible(t *flows.Turn) []*flows.Job {
	var all []*flows.Job
	for _, j := range t.Mine() {
		if t.Waits(j) || j.State == flows.Closed && t.E.At.Sub(j.Clocks.Close) <= flows.ReopenFor {
			all = append(all, j)
		}
	}
	return all[max(0, len(all)-shown):]
}

// only skips the choice when there is nothing to choose.
func only(t *flows.Turn) string {
	switch all := visible(t); len(all) {
	case 0:
		return "none"
	case 1:
		t.S.Job = all[0].No
		return "one"
	}
	return ""
}

func list(t *flows.Turn) []flows.Choice {
	var all []flows.Choice
	for _, j := range visible(t) {
		label := j.No + " " + words.Plain(t.S.Lang, "symptom."+j.Symptom, nil)
		all = append(all, flows.Choice{ID: j.No, Label: label, Also: []string{j.No}})
	}
	return all
}

// hearMore adds words or a picture; the router has kept the picture already.
func hearMore(t *flows.Turn) string {
	j := t.Job()
	switch {
	case j == nil || !t.Waits(j):
		return ""
	case t.E.Kind == flows.Text:
		t.KeepWords(t.E.Text)
	case t.E.Kind != flows.Attach:
		return ""
	}
	t.HandOver(j)
	return "added"
}

// atHall says whether the hall has the job alone: people can be wanted besides.
func atHall(t *flows.Turn) bool { return fault(t) && t.Job().Hall }

func raise(t *flows.Turn) {
	if j := t.Job(); j != nil {
		j.Raise(flows.Actor{ID: t.S.Chat}, flows.RaisedAsked, t.E.At)
	}
}

// withdraw takes the report back: the light came back by itself. The crew is
// told by the job's change.
func withdraw(t *flows.Turn) {
	if j := t.Job(); j != nil {
		j.Withdraw(t.S.Chat, t.E.At)
	}
}

// status answers the three questions of anybody who waits: do you know, why,
// until when (PRODUCT R11).
func status(t *flows.Turn) words.Args {
	j := t.Job()
	if j == nil {
		return words.Args{"Title": "", "State": "", "Reported": ""}
	}
	return words.Args{
		"Title":    words.HTML(t.Word(j.OfCall("report.title"), words.Args{"No": j.No})),
		"Reported": t.Desk.County.Moment(t.S.Lang, j.Clocks.Reported, t.E.At), "State": t.Progress(j),
	}
}
