package report

import (
	"time"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// backSteps are the questions that a job asks: only the resident's yes closes
// it, "still dark" reopens it, and satisfaction is asked once (PRODUCT R13).
func backSteps() []flows.Step {
	return []flows.Step{
		{ID: "back", Args: jobArgs, Answers: []flows.Answer{
			{ID: "yes", Then: "rating", Do: confirm},
			{ID: "no", Then: "menu/menu", Do: stillDark},
		}},
		{ID: "rating", Args: jobArgs, Answers: []flows.Answer{
			{ID: "good", Then: "thanks", Do: rate("good")},
			{ID: "fair", Then: "thanks", Do: rate("fair")},
			{ID: "poor", Then: "comment", Do: rate("poor")},
		}},
		{
			ID: "comment", Free: true, Leads: []string{"thanks"},
			Hear: func(t *flows.Turn) string {
				j := t.Job()
				if t.E.Kind != flows.Text || j == nil {
					return ""
				}
				j.Comment(t.S.Chat, t.E.Text, t.E.At)
				return "thanks"
			},
			Answers: []flows.Answer{{ID: "skip", Then: "thanks"}},
		},
		{ID: "thanks", Ends: true, Args: func(t *flows.Turn) words.Args {
			return words.Args{"Hotline": t.Desk.County.Hotline}
		}},
	}
}

func jobArgs(t *flows.Turn) words.Args { return words.Args{"No": t.S.Job} }

func confirm(t *flows.Turn) {
	if j := t.Job(); j != nil {
		j.Confirm(t.S.Chat, t.E.At)
	}
}

// stillDark reopens the job, and says when that comes too late.
func stillDark(t *flows.Turn) {
	j := t.Job()
	if j == nil {
		return
	}
	switch j.StillDark(t.S.Chat, t.E.At) {
	case "":
		t.Tell("report.reopened", words.Args{"No": j.No, "Hotline": t.Desk.County.Hotline})
	case flows.Finished:
		t.Tell("report.too_late", nil)
	}
}

func rate(rating string) func(*flows.Turn) {
	return func(t *flows.Turn) {
		if j := t.Job(); j != nil {
			j.Rate(t.S.Chat, rating, t.E.At)
		}
	}
}

// askedFor is how long the question for a rating stands: longer, and the answer
// would be about something else.
const askedFor = 24 * time.Hour

// standing finds the question that a job has open for this person: back, after
// the crew said so, and then the rating.
func standing(t *flows.Turn) (step, job string) {
	for _, j := range t.Mine() {
		r := j.ReportOf(t.S.Chat)
		switch {
		case r.Withdrawn:
		case j.State == flows.Restored && r.Answer == "":
			return "back", j.No
		case j.State == flows.Closed && r.Answer == "yes" && r.Rating == "" && t.E.At.Sub(j.Clocks.Close) < askedFor:
			return "rating", j.No
		}
	}
	return "", ""
}
