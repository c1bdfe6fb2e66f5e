// Package outage is "no power": danger first, then who is at home, where, and
// what the meter and the switches show (DOMAIN §4), until either the light is
// back or a job is with the duty team. flows/desk lists it. It never tells a
// resident to open a cover or to change a fuse, and never asks for a second
// reset.
package outage

import (
	"powerdesk/flows/county"
	"powerdesk/flows/talk"
	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// Flow is the whole conversation. Steps stand in the order of a report.
func Flow() *talk.Flow {
	f := &talk.Flow{
		Name: "outage", Version: 1, Start: "danger",
		Alarm: alarm, After: complete, Due: askWhetherItHeld, Overhear: safeAgain,
	}
	f.Steps = append(f.Steps, dangerSteps()...)
	f.Steps = append(f.Steps, safetySteps()...)
	f.Steps = append(f.Steps, ownSteps()...)
	f.Steps = append(f.Steps, household())
	f.Steps = append(f.Steps, placeSteps()...)
	f.Steps = append(f.Steps, onsite())
	f.Steps = append(f.Steps, lookupSteps()...)
	f.Steps = append(f.Steps, come())
	f.Steps = append(f.Steps, triageSteps()...)
	f.Steps = append(f.Steps, reportSteps()...)
	f.Steps = append(f.Steps, heldSteps()...)
	return f
}

// household asks once who is at home. The vulnerable are not led through
// switches: people are sent (PRODUCT R4). In danger it is not asked.
func household() talk.Step {
	return talk.Step{
		ID: "household", Come: true, Known: func(t *talk.Turn) string {
			switch {
			case inDanger(t):
				return "danger"
			case !forSomebody(t):
				return t.S.Home.Household
			}
			return ""
		},
		Answers: []talk.Answer{
			{ID: "medical", Then: "place", Do: tell("outage.household.medical_told"), Forks: placed},
			{ID: "helpless", Then: "place", Do: tell("outage.household.helpless_told"), Forks: placed},
			{ID: "none", Then: "place", Forks: placed},
			{ID: "unsure", Then: "place", Forks: placed},
			{ID: "danger", Then: "place", Forks: placed, When: never},
		},
	}
}

// placed leads on to the town when the report is for somebody else, whose
// household had to be asked for again.
var placed = []talk.Fork{{Name: "for somebody else", If: forSomebody, Then: "town"}}

// placeSteps are the questions for the place. The building is not asked for
// when it has been said already.
func placeSteps() []talk.Step {
	return each(talk.PlaceSteps("onsite", "household"), func(s *talk.Step) {
		for i := range s.Answers {
			switch a := &s.Answers[i]; a.ID {
			case "somebody":
				note := a.Do
				a.Do = func(t *talk.Turn) {
					note(t)
					t.Tell("outage.somebody_told", nil)
				}
			case "here":
				a.When = func(t *talk.Turn) bool {
					return t.S.Place.Known() && (elsewhere(t.S.Place, t.S.Home.Place) || forSomebody(t))
				}
			}
		}
		if s.ID == "town" {
			s.Hear = hearWhere
		}
		if s.ID == "building" {
			s.Known = talk.Already("skip", func(t *talk.Turn) bool {
				if t.S.Place.Detail == "" {
					t.S.Place.Detail = t.Heard("building")
				}
				return t.S.Place.Detail != "" || t.Answer("write") != ""
			})
		}
	})
}

// elsewhere says whether two places are not the same village or estate, as far
// as is known of both.
func elsewhere(a, b county.Place) bool {
	return a.Town != b.Town || a.Words != b.Words ||
		a.Community != "" && b.Community != "" && a.Community != b.Community
}

// onsite asks whom to look for when the report is for somebody else, and then
// goes where the talk needs: danger, "please just come" and a place that was
// only corrected skip the look-ups.
func onsite() talk.Step {
	on := []talk.Fork{
		{Name: "danger", If: inDanger, Then: "danger_phone"},
		{Name: "typed for a caller", If: func(t *talk.Turn) bool { return forCaller(t) && phone(t) != "" }, Then: "send"},
		{Name: "please just come", If: (*talk.Turn).Coming, Then: "summary"},
		{Name: "the place was corrected", If: func(t *talk.Turn) bool { return t.Answer("change") == "where" }, Then: "summary"},
	}
	return talk.Step{
		ID: "onsite", Names: true, Free: true, Leads: []string{"planned", "danger_phone", "send", "summary"},
		Known: func(t *talk.Turn) string {
			switch {
			case !forSomebody(t):
				return "me"
			case t.Answer("whom") != "":
				return "same"
			case t.Heard("onsite") != "" && t.Heard("onsite") != "me":
				t.Keep("whom", t.Heard("onsite"))
				return "same"
			}
			return ""
		},
		Hear: func(t *talk.Turn) string {
			switch {
			case t.E.Kind == talk.Text:
				t.Keep("whom", t.E.Text)
				if forCaller(t) && t.S.Phone == "" {
					t.S.Phone = text.Phone(t.E.Text)
				}
			case t.E.Kind == talk.Contact && t.E.Phone != "":
				t.Keep("whom", t.E.Phone)
			default:
				return ""
			}
			return follow(t, on, "planned")
		},
		Answers: []talk.Answer{
			{ID: "me", Means: "onsite=me", Then: "planned", Forks: on},
			{ID: "same", Then: "planned", Forks: on, When: never},
		},
	}
}

func follow(t *talk.Turn, forks []talk.Fork, then string) string {
	for _, f := range forks {
		if f.If(t) {
			return f.Then
		}
	}
	return then
}

// lookupSteps ask the world whether the outage is known already: as planned
// work, or as a fault that others have reported (DOMAIN §4 P1, G2). Who has no
// light while the neighbours have goes on at home.
func lookupSteps() []talk.Step {
	mine := talk.Answer{ID: "mine", Means: "neighbours=me", Then: "meter", Do: func(t *talk.Turn) { t.Keep("neighbours", "me") }, Forks: spare()}
	return []talk.Step{
		{ID: "planned", Lookup: talk.PlannedHere, Answers: []talk.Answer{
			{ID: "hit", Then: "planned_hit"},
			{ID: "none", Then: "known"},
		}},
		{ID: "planned_hit", Come: true, Answers: []talk.Answer{
			{ID: "wait", Means: "planned=wait yes", Then: "planned_wait"},
			{ID: "still", Then: "summary"},
			mine,
		}},
		{ID: "planned_wait", Ends: true},
		{ID: "known", Lookup: talk.KnownHere, Answers: []talk.Answer{
			{ID: "hit", Then: "known_hit", Do: noteKnown, Forks: []talk.Fork{{Name: "people are to come to this home", If: wantsPeople, Then: "neighbours"}}},
			{ID: "none", Then: "neighbours"},
		}},
		{ID: "known_hit", Come: true, Answers: []talk.Answer{
			{ID: "same", Means: "yes", Then: "joined", Do: func(t *talk.Turn) { t.Join(t.Answer("known_no")) }},
			mine,
			{ID: "unsure", Then: "summary"},
		}},
		{ID: "joined", Ends: true, Args: func(t *talk.Turn) words.Args { return words.Args{"No": t.Answer("known_no")} }},
	}
}

// noteKnown says what is known of the outage that was found.
func noteKnown(t *talk.Turn) {
	if len(t.E.Finding.Jobs) == 0 || wantsPeople(t) {
		return
	}
	j := t.E.Finding.Jobs[0]
	t.Keep("known_no", j.No)
	t.Tell("outage.known_hit.found", words.Args{"N": j.Households(), "State": t.Progress(j)})
}

// wantsPeople says whether this home needs people of its own, whatever others have
// reported: who is ill or helpless, and who phones for somebody.
func wantsPeople(t *talk.Turn) bool { return vulnerable(t) || forCaller(t) || forSomebody(t) }

// come is "please just come": people are sent; only the place is still needed.
func come() talk.Step {
	return talk.Step{
		ID: "come", Self: true,
		Known: func(t *talk.Turn) string {
			if t.S.Place != (county.Place{}) && t.Answer("onsite") != "" {
				return "ready"
			}
			return "where"
		},
		Answers: []talk.Answer{{ID: "ready", Then: "summary"}, {ID: "where", Then: "place"}},
	}
}

func tell(key string) func(*talk.Turn) { return func(t *talk.Turn) { t.Tell(key, nil) } }

func never(*talk.Turn) bool { return false }

func inDanger(t *talk.Turn) bool { return t.Job() != nil && t.Job().Danger != "" }

func forSomebody(t *talk.Turn) bool { return t.ForSomebody() }

func vulnerable(t *talk.Turn) bool {
	h := t.Answer("household")
	return h == "medical" || h == "helpless"
}

// careful homes get no self-help: somebody vulnerable lives there, or nobody
// could say whether there is a danger.
func careful(t *talk.Turn) bool { return vulnerable(t) || t.Answer("danger") == "unsure" }

func doubtful(t *talk.Turn) bool { return t.Unsure() >= 2 }

func each(steps []talk.Step, change func(*talk.Step)) []talk.Step {
	for i := range steps {
		change(&steps[i])
	}
	return steps
}
