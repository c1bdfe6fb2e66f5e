// Package contact is where every dead end leads: the phone numbers that always
// answer, the contact point of the place, and a few words left for the people
// on duty, who call back. New connections and planned outages are asked about
// here as well: both end with a person and a number. flows/desk lists it. It
// promises no answer by a minute.
package contact

import (
	"strings"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// Flow is "talk to a person" (PRODUCT R17) and what leads to it.
func Flow() *flows.Flow {
	f := &flows.Flow{Name: "contact", Version: 1, Start: "person"}
	f.Steps = []flows.Step{
		{ID: "person", Args: numbers, Answers: []flows.Answer{
			{ID: "leave", Then: "phone"},
			{ID: "point", Then: "place"},
			{ID: "fault", Then: "outage/danger"},
		}},
		{
			ID: "phone", Names: true, Free: true, Hear: hearPhone, Leads: []string{"tell"}, Known: func(t *flows.Turn) string {
				if t.S.Phone != "" || t.S.Home.Phone != "" {
					return "known"
				}
				return ""
			},
			Answers: []flows.Answer{
				{ID: "share", Then: "tell", Ask: flows.ContactKey},
				{ID: "here", Then: "tell"},
				{ID: "known", Then: "tell", When: func(*flows.Turn) bool { return false }},
			},
		},
		{
			ID: "tell", Free: true, Leads: []string{"sent"}, Hear: hearWords,
			Answers: []flows.Answer{{ID: "call", Then: "sent", Do: pass}},
		},
		{ID: "sent", Ends: true, Args: sentArgs},
		{ID: "points", Ends: true, Args: points},
		{ID: "connect", Args: numbers, Answers: []flows.Answer{
			{ID: "leave", Then: "phone"},
			{ID: "point", Then: "place"},
		}},
		{ID: "planned_place", Self: true, Known: plannedWhere, Answers: []flows.Answer{
			{ID: "known", Then: "planned", Do: func(t *flows.Turn) { t.S.Place = t.S.Home.Place }},
			{ID: "ask", Then: "place", Do: func(t *flows.Turn) { t.Keep("for_plan", "yes") }},
		}},
		{ID: "planned", Lookup: flows.PlannedHere, Answers: []flows.Answer{
			{ID: "hit", Then: "planned_hit"},
			{ID: "none", Then: "planned_none"},
		}},
		{ID: "planned_hit", Ends: true, Args: placed},
		{ID: "planned_none", Ends: true, Args: placed},
	}
	f.Steps = append(f.Steps, flows.PlaceSteps("placed", "")...)
	f.Steps = append(f.Steps, flows.Step{
		ID: "placed", Self: true, Known: func(t *flows.Turn) string {
			if t.Answer("for_plan") != "" {
				return "plan"
			}
			return "point"
		},
		Answers: []flows.Answer{{ID: "plan", Then: "planned"}, {ID: "point", Then: "points"}},
	})
	return f
}

func plannedWhere(t *flows.Turn) string {
	if t.S.Home.Place.Known() {
		return "known"
	}
	return "ask"
}

func numbers(t *flows.Turn) words.Args {
	c := t.Desk.County
	promise := words.HTML("")
	if c.Promise != "" {
		promise = words.HTML("\n" + t.Word("contact.promise", words.Args{"Phone": c.Promise}))
	}
	hall := words.HTML("")
	if at, ok := c.NextOpening(c.Hall, t.E.At); ok && !c.Open(c.Hall, t.E.At) {
		hall = words.HTML("\n" + t.Word("contact.hall_closed", words.Args{"At": t.Desk.Moment(t.S.Lang, at, t.E.At)}))
	} else if ok {
		hall = words.HTML("\n" + t.Word("contact.hall_open", nil))
	}
	return words.Args{"Hotline": c.Hotline, "Promise": promise, "Hall": hall}
}

func hearPhone(t *flows.Turn) string {
	switch t.E.Kind {
	case flows.Contact:
		if t.E.Foreign || t.E.Phone == "" {
			return ""
		}
		t.S.Phone = t.E.Phone
		return "tell"
	case flows.Text:
		if number := flows.Phone(t.E.Text); number != "" {
			t.S.Phone = number
			return "tell"
		}
		t.S.Notes = append(t.S.Notes, t.E.Text)
		t.Tell("contact.phone.noted", nil)
		return "phone"
	}
	return ""
}

// hearWords takes what is to be passed on: words, or a picture or voice message
// that the router has kept already.
func hearWords(t *flows.Turn) string {
	switch t.E.Kind {
	case flows.Text:
		t.S.Notes = append(t.S.Notes, t.E.Text)
	case flows.Attach:
	default:
		return ""
	}
	pass(t)
	return "sent"
}

// pass makes the words a job for the duty team: somebody must claim them and
// call back, as with any fault. The words themselves reach the pair only.
func pass(t *flows.Turn) {
	phone := t.S.Phone
	if phone == "" {
		phone = t.S.Home.Phone
	}
	j := &flows.Job{
		Symptom: "talk", Level: flows.Ordinary, Place: t.S.Home.Place,
		Reports: []flows.Report{{Chat: t.S.Chat, Lang: t.S.Lang, Name: t.E.From.Name, Phone: phone, At: t.E.At}},
	}
	if t.S.Place.Known() {
		j.Place = t.S.Place
	}
	for _, text := range t.S.Notes {
		j.Notes = append(j.Notes, flows.Note{At: t.E.At, Text: text})
	}
	for _, media := range t.S.Media {
		j.Notes = append(j.Notes, flows.Note{At: t.E.At, Media: media})
	}
	t.S.Notes, t.S.Media = nil, nil
	t.Open(j)
}

func sentArgs(t *flows.Turn) words.Args {
	return words.Args{"No": t.S.Job, "Hotline": t.Desk.County.Hotline}
}

func placed(t *flows.Turn) words.Args {
	c := t.Desk.County
	return words.Args{"Place": c.PlaceName(t.S.Place, t.S.Lang), "Hotline": c.Hotline, "At": t.E.At.In(c.Zone).Format("15:04")}
}

// points lists the contact points of the place: who, phone, open now, duties.
func points(t *flows.Turn) words.Args {
	c := t.Desk.County
	var blocks []string
	for _, p := range c.PointsFor(t.S.Place) {
		key := "contact.points.closed"
		if c.Open(p.Hours, t.E.At) {
			key = "contact.points.open"
		}
		blocks = append(blocks, t.Word("contact.points.entry", words.Args{
			"Name": p.Name.In(t.S.Lang), "Who": p.Who, "Phone": p.Phone, "Now": words.HTML(t.Word(key, nil)),
			"Duties": p.Duties.In(t.S.Lang),
		}))
	}
	if blocks == nil {
		blocks = []string{t.Word("contact.points.none", nil)}
	}
	return words.Args{
		"Place": c.PlaceName(t.S.Place, t.S.Lang), "Points": words.HTML(strings.Join(blocks, "\n\n")), "Hotline": c.Hotline,
	}
}
