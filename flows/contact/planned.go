package contact

import (
	"time"

	"powerdesk/flows/talk"
	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// plannedSteps ask the plan of outages for a place: the one that was said, else it is
// asked for.
func plannedSteps() []talk.Step {
	return []talk.Step{
		{
			ID: "planned_place", Self: true, Enter: noteDay, Known: placeSaid,
			Answers: []talk.Answer{{ID: "said", Then: "planned"}, {ID: "several", Then: "which"}, {ID: "town", Then: "community"}, {ID: "ask", Then: "place"}},
		},
		{ID: "planned", Lookup: talk.PlannedHere, On: plannedDay, Answers: []talk.Answer{
			{ID: "hit", Then: "planned_hit"},
			{ID: "none", Then: "planned_none"},
		}},
		{ID: "planned_hit", Ends: true, Args: plannedArgs},
		{ID: "planned_none", Ends: true, Args: plannedArgs},
	}
}

// placeSaid says how far the place was said: whole, or there are several of that name, or
// only its town, or not at all.
func placeSaid(t *talk.Turn) string {
	switch found := t.Desk.County.Find(text.WithoutDay(t.E.Text)); {
	case len(found) > 1:
		t.Keep("typed", text.WithoutDay(t.E.Text))
		return "several"
	case len(found) == 1:
		t.S.Place = found[0]
	}
	switch {
	case t.S.Place.Community != "":
		return "said"
	case t.S.Place.Town != "":
		return "town"
	}
	return "ask"
}

// noteDay keeps the day that was asked about.
func noteDay(t *talk.Turn) {
	if day, ok := text.NamedDay(t.E.Text, t.Desk.County.Local(t.E.At)); ok {
		t.Keep("day", day.Format(time.DateOnly))
	}
}

// plannedDay is the instant that the plan is asked about: noon of the day that was
// named, now without one.
func plannedDay(t *talk.Turn) time.Time {
	now := t.Desk.County.Local(t.E.At)
	day, err := time.ParseInLocation(time.DateOnly, t.Answer("day"), now.Location())
	if err != nil || day.YearDay() == now.YearDay() {
		return t.E.At
	}
	return day.Add(12 * time.Hour)
}

func plannedArgs(t *talk.Turn) words.Args {
	c := t.Desk.County
	args := words.Args{"Place": c.PlaceName(t.S.Place, t.S.Lang), "At": c.TimeInWords(t.S.Lang, t.E.At, t.E.At), "Day": ""}
	if at := plannedDay(t); t.Answer("day") != "" {
		at = c.Local(at)
		args["Day"] = t.Word("contact.planned_day", words.Args{"Weekday": dayName(t, at.Weekday()), "Month": int(at.Month()), "Date": at.Day()})
	}
	return args
}
