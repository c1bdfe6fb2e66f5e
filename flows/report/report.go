// Package report is "my reports": how far each job is, words added, a report
// taken back, and the questions that a job asks its residents (is the power
// back? were you satisfied?). flows/desk lists it. It never closes a job for
// anybody but a resident who said so.
package report

import (
	"strings"
	"time"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// Flow is /status, the menu's "my reports" and the standing questions (PRODUCT
// R11, R13).
func Flow() *flows.Flow {
	return &flows.Flow{
		Name: "report", Version: 1, Command: "status", Start: "reports", Standing: standing,
		Steps: append(lookSteps(), backSteps()...),
	}
}

func lookSteps() []flows.Step {
	return []flows.Step{
		{
			ID: "reports", Known: func(t *flows.Turn) string {
				switch open := visible(t); len(open) {
				case 0:
					return "none"
				case 1:
					t.S.Job = open[0].No
					return "job"
				}
				return ""
			},
			Offer: func(t *flows.Turn) []flows.Choice {
				var all []flows.Choice
				for _, j := range visible(t) {
					all = append(all, flows.Choice{ID: j.No, Label: j.No + " " + words.Plain(t.S.Lang, "symptom."+j.Symptom, nil)})
				}
				return all
			},
			Chosen:  func(t *flows.Turn, id string) string { t.S.Job = id; return "job" },
			Leads:   []string{"job"},
			Answers: []flows.Answer{{ID: "none", Then: "none", When: never}, {ID: "job", Then: "job", When: never}},
		},
		{ID: "none", Ends: true},
		{ID: "job", Args: status, Answers: []flows.Answer{
			{ID: "dark", Then: "menu/menu", When: closed, Do: stillDark},
			{ID: "add", Then: "add", When: live},
			{ID: "back", Then: "menu/menu", When: live, Do: withdraw},
		}},
		{
			ID: "add", Free: true, Leads: []string{"menu/menu"}, Hear: func(t *flows.Turn) string {
				j := t.Job()
				if t.E.Kind != flows.Text || j == nil {
					return ""
				}
				j.Note(t.S.Chat, flows.Note{At: t.E.At, Text: t.E.Text})
				t.Tell("router.note_kept", words.Args{"No": j.No})
				return "menu/menu"
			},
		},
	}
}

func never(*flows.Turn) bool { return false }

func live(t *flows.Turn) bool { return t.Job() != nil && t.Job().Live() && !mine(t).Withdrawn }

func closed(t *flows.Turn) bool {
	return t.Job() != nil && (t.Job().State == flows.Closed || t.Job().State == flows.Restored)
}

func mine(t *flows.Turn) flows.Report {
	if j := t.Job(); j != nil && j.ReportOf(t.S.Chat) != nil {
		return *j.ReportOf(t.S.Chat)
	}
	return flows.Report{}
}

// shownFor is how long a finished job stays in the list: as long as "still
// dark" reopens it.
const shownFor = 24 * time.Hour

func visible(t *flows.Turn) []*flows.Job {
	var all []*flows.Job
	for _, j := range t.Mine() {
		if j.Live() && !j.ReportOf(t.S.Chat).Withdrawn || j.State == flows.Closed && t.E.At.Sub(j.Clocks.Close) < shownFor {
			all = append(all, j)
		}
	}
	return all
}

// withdraw takes the report back: the light came back by itself. The crew is
// told by the job's change.
func withdraw(t *flows.Turn) {
	if j := t.Job(); j != nil && j.Withdraw(t.S.Chat, t.E.At) == "" {
		t.Tell("report.withdrawn", words.Args{"No": j.No})
	}
}

// status answers the three questions of anybody who waits: do you know, why,
// until when (PRODUCT R11).
func status(t *flows.Turn) words.Args {
	j := t.Job()
	if j == nil {
		return words.Args{"No": "", "State": "", "Reported": "", "Hotline": t.Desk.County.Hotline}
	}
	var crew []string
	for _, c := range j.Pair {
		if c.User != 0 {
			crew = append(crew, c.Name)
		}
	}
	key := "report.state." + string(j.State)
	if j.State == flows.Open && len(crew) == 1 {
		key = "report.state.half"
	}
	and := words.Plain(t.S.Lang, "and", nil)
	return words.Args{
		"No": j.No, "Hotline": t.Desk.County.Hotline, "Reported": t.Desk.Moment(t.S.Lang, j.Clocks.Reported, t.E.At),
		"State": words.HTML(t.Word(key, words.Args{"Crew": strings.Join(crew, and)})),
	}
}
