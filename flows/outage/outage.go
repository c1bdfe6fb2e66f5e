// Package outage is "no power": danger first, then who is at home, where, and
// what the meter and the switches show (DOMAIN §4), until either the light is
// back or a job is with the duty team. flows/desk lists it. It never tells a
// resident to open a cover or to change a fuse, and never asks for a second
// reset.
package outage

import "powerdesk/flows"

// Flow is the whole conversation. Steps stand in the order of a report.
func Flow() *flows.Flow {
	f := &flows.Flow{
		Name: "outage", Version: 1, Command: "report", Start: "danger",
		Alarm: alarm, After: complete, Due: askWhetherItHeld,
	}
	f.Steps = append(f.Steps, dangerSteps()...)
	f.Steps = append(f.Steps, household())
	f.Steps = append(f.Steps, flows.PlaceSteps("onsite", "household")...)
	f.Steps = append(f.Steps, onsite(), planned(), plannedHit(), known(), knownHit(), come())
	f.Steps = append(f.Steps, triageSteps()...)
	f.Steps = append(f.Steps, reportSteps()...)
	f.Steps = append(f.Steps, heldSteps()...)
	return f
}

// household asks once who is at home. The vulnerable are not led through
// switches: people are sent (PRODUCT R4).
func household() flows.Step {
	return flows.Step{
		ID: "household", Come: true, Known: func(t *flows.Turn) string {
			if t.Answer("for") == "" {
				return t.S.Home.Household
			}
			return ""
		},
		Answers: []flows.Answer{
			{ID: "medical", Then: "place", Do: tell("outage.household.medical_told"), Forks: placed},
			{ID: "helpless", Then: "place", Do: tell("outage.household.helpless_told"), Forks: placed},
			{ID: "none", Then: "place", Forks: placed},
			{ID: "unsure", Then: "place", Forks: placed},
		},
	}
}

// placed leads on to the town when the report is for somebody else, whose
// household had to be asked for again.
var placed = []flows.Fork{{
	Name: "for somebody else", If: func(t *flows.Turn) bool { return t.Answer("for") == "somebody" }, Then: "town",
}}

// onsite asks whom to look for when the report is for somebody else, and then
// goes where the talk needs: danger and "please just come" skip the look-ups.
func onsite() flows.Step {
	on := []flows.Fork{
		{Name: "danger", If: inDanger, Then: "danger_phone"},
		{Name: "please just come", If: wantsPeople, Then: "summary"},
	}
	return flows.Step{
		ID: "onsite", Names: true, Free: true, Leads: []string{"planned", "danger_phone", "summary"},
		Known: func(t *flows.Turn) string {
			if t.Answer("for") == "" {
				return "me"
			}
			return ""
		},
		Hear: func(t *flows.Turn) string {
			switch t.E.Kind {
			case flows.Text:
				t.Keep("onsite", t.E.Text)
			case flows.Contact:
				t.Keep("onsite", t.E.Phone)
			default:
				return ""
			}
			return follow(t, on, "planned")
		},
		Answers: []flows.Answer{{ID: "me", Then: "planned", Forks: on}},
	}
}

func follow(t *flows.Turn, forks []flows.Fork, then string) string {
	for _, f := range forks {
		if f.If(t) {
			return f.Then
		}
	}
	return then
}

func planned() flows.Step {
	return flows.Step{ID: "planned", Lookup: flows.PlannedHere, Answers: []flows.Answer{
		{ID: "hit", Then: "planned_hit"},
		{ID: "none", Then: "known"},
	}}
}

func plannedHit() flows.Step {
	return flows.Step{ID: "planned_hit", Come: true, Answers: []flows.Answer{
		{ID: "wait", Then: "menu/menu"},
		{ID: "still", Then: "summary"},
		{ID: "mine", Then: "neighbours"},
	}}
}

func known() flows.Step {
	return flows.Step{ID: "known", Lookup: flows.KnownHere, Answers: []flows.Answer{
		{ID: "hit", Then: "known_hit"},
		{ID: "none", Then: "neighbours"},
	}}
}

func knownHit() flows.Step {
	return flows.Step{ID: "known_hit", Answers: []flows.Answer{
		{ID: "same", Then: "summary"},
		{ID: "mine", Then: "neighbours"},
	}}
}

// come is "please just come": people are sent; only the place is still needed.
func come() flows.Step {
	return flows.Step{
		ID: "come", Self: true,
		Known: func(t *flows.Turn) string {
			if t.S.Place.Known() && t.Answer("onsite") != "" {
				return "ready"
			}
			return "where"
		},
		Answers: []flows.Answer{{ID: "ready", Then: "summary"}, {ID: "where", Then: "place"}},
	}
}

func tell(key string) func(*flows.Turn) { return func(t *flows.Turn) { t.Tell(key, nil) } }

func inDanger(t *flows.Turn) bool    { return t.Job() != nil && t.Job().Danger != "" }
func wantsPeople(t *flows.Turn) bool { return t.Answer("come") == "yes" }
func vulnerable(t *flows.Turn) bool {
	h := t.Answer("household")
	return h == "medical" || h == "helpless"
}

// careful homes get no self-help: somebody vulnerable lives there, or nobody
// could say whether there is a danger.
func careful(t *flows.Turn) bool { return vulnerable(t) || t.Answer("danger") == "unsure" }

func doubtful(t *flows.Turn) bool { return t.Unsure() >= 2 }
