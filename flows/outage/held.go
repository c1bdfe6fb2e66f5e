package outage

import (
	"strconv"
	"strings"

	"powerdesk/flows"
)

// heldSteps end a fault that was solved at home, and ask a while later whether
// it held (PRODUCT R6).
func heldSteps() []flows.Step {
	return []flows.Step{
		{ID: "solved", Ends: true, Enter: solved},
		{ID: "held", Answers: []flows.Answer{
			{ID: "yes", Then: "held_thanks", Do: func(t *flows.Turn) { logSolved(t, "held") }},
			{ID: "no", Then: "danger", Do: func(t *flows.Turn) { logSolved(t, "came_back") }},
		}},
		{ID: "held_thanks", Ends: true},
	}
}

// solved counts the fault in the duty log and sets the question for later.
func solved(t *flows.Turn) {
	logSolved(t, "self_solved")
	t.Do(flows.Remind{
		Name: "outage/" + strconv.FormatInt(t.S.Chat, 10), At: t.E.At.Add(t.Desk.County.Timers.Solved), Chat: t.S.Chat,
	})
}

// askWhetherItHeld puts an idle talk at the question. Whoever is talking to the
// desk is not interrupted: they are telling it already.
func askWhetherItHeld(t *flows.Turn) {
	if t.Idle() {
		t.Go("outage/held")
	}
}

func logSolved(t *flows.Turn, what string) {
	t.Do(flows.Log{At: t.E.At, Who: "resident", What: what, Note: solvedHow(t)})
}

// solvedHow names the step that brought the light back.
func solvedHow(t *flows.Turn) string {
	var how []string
	for _, step := range []string{"insert", "remote", "push", "branches", "part"} {
		if t.Answer(step) != "" {
			how = append(how, step)
		}
	}
	return strings.Join(how, " ")
}
