package outage

import (
	"strings"

	"powerdesk/flows/talk"
)

// heldSteps end a fault that was solved at home, and ask a while later whether
// it held (PRODUCT R6).
func heldSteps() []talk.Step {
	return []talk.Step{
		{ID: "solved", Ends: true, Enter: func(t *talk.Turn) { t.SelfSolved(solvedHow(t)) }},
		{ID: "held", Over: true, Answers: []talk.Answer{
			{ID: "yes", Then: "held_thanks", Do: logHeld("held"), Means: "light_back no"},
			{ID: "no", Then: "danger", Do: logHeld("came_back"), Means: "back_then_out still_dark yes back_partly"},
		}},
		{ID: "held_thanks", Ends: true},
	}
}

// askWhetherItHeld puts an idle talk at the question. Whoever is talking to the
// desk is not interrupted: they are telling it already.
func askWhetherItHeld(t *talk.Turn) {
	if t.Resting() {
		t.S.At = t.E.At
		t.Clear()
		t.Go("outage/held")
	}
}

func logHeld(what string) func(*talk.Turn) {
	return func(t *talk.Turn) { t.Do(talk.Log{At: t.E.At, Who: "resident", What: what}) }
}

// solvedHow names the steps that brought the light back.
func solvedHow(t *talk.Turn) string {
	var how []string
	for _, step := range selfHelp {
		if t.Answer(step) != "" {
			how = append(how, step)
		}
	}
	return strings.Join(how, " ")
}
