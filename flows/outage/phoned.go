package outage

import (
	"strings"

	"powerdesk/flows/county"
	"powerdesk/flows/talk"
	"powerdesk/flows/text"
	"powerdesk/flows/understand"
)

// Phoned is /report_for: a volunteer reports for somebody who phoned or came to
// the counter, by the same talk as a resident, or in one line that says place,
// phone and trouble (PRODUCT V8). The crew's side begins it, so that only members
// can.
func Phoned() *talk.Flow {
	return &talk.Flow{Name: "phoned", Version: 1, Start: "line", Steps: []talk.Step{
		{ID: "line", Self: true, Known: readLine, Answers: []talk.Answer{
			{ID: "whole", Then: "outage/send"},
			{ID: "danger", Then: "outage/danger_receipt"},
			{ID: "danger_where", Then: "outage/town"},
			{ID: "part", Then: "outage/danger"},
		}},
	}}
}

// readLine takes out of the line what the talk would ask, and keeps the line
// itself: whatever else it says reaches the crew.
func readLine(t *talk.Turn) string {
	t.S.Place, t.S.Phone, t.S.Notes, t.S.Media = county.Place{}, "", nil, nil
	t.Keep("outage/for", "somebody")
	t.Keep("outage/by", "volunteer")
	t.Want()
	if t.E.Text == "" {
		return "part"
	}
	read := understand.Reader{County: t.Desk.County}.Read("first", t.E.Text)
	if t.S.Phone = read.Slots["phone"]; t.S.Phone == "" || t.S.Phone == "none" {
		t.S.Phone = text.Phone(t.E.Text)
	}
	if who := read.Slots["household"]; who != "" {
		t.Keep("outage/household", who)
	}
	if whom := read.Slots["onsite"]; whom != "" {
		t.Keep("outage/whom", whom)
	}
	if answer := whoElse[read.Slots["neighbours"]]; answer != "" {
		t.Keep("outage/neighbours", answer)
	}
	rest := strings.Replace(t.E.Text, t.S.Phone, "", 1)
	if found := t.Desk.County.Find(rest); len(found) == 1 && found[0].Community != "" {
		t.S.Place = found[0]
	}
	if t.S.Place.Detail == "" { // else all of it stands there
		t.KeepWords(t.E.Text)
	}
	p := read.Danger
	switch {
	case p.Sure:
		t.Keep("outage/danger", "yes")
		endanger(t, p.Kind)
		if t.S.Place.Known() {
			return "danger"
		}
		return "danger_where"
	case t.S.Place.Known() && t.S.Phone != "" && (p.Kind == "" || p.Guessed):
		t.Keep("outage/danger", "no")
		t.Keep("outage/onsite", "heard")
		return "whole"
	}
	return "part"
}

// whoElse are the answers about the neighbours by what a line says of them.
var whoElse = map[string]string{"all": "dark", "me": "me", "part": "part", "flicker": "flicker"}

// forCaller says whether a volunteer types the report for somebody who phoned.
func forCaller(t *talk.Turn) bool { return t.Answer("by") != "" || t.S.Answers["outage/by"] != "" }
