// Package topup leads a resident from a meter without credit to light again
// (DOMAIN §3): by what the meter shows, one picture-simple step a screen.
// flows/desk lists it. It takes no money, no bank data and no password, quotes
// no price, and ends with people whenever the meter says something unknown.
package topup

import (
	"strings"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// Flow is the guide.
func Flow() *flows.Flow {
	return &flows.Flow{
		Name: "topup", Version: 1, Command: "topup", Start: "trouble",
		Steps: append(append(askSteps(), doSteps()...), endSteps()...),
	}
}

// askSteps find out which meter it is and what it shows.
func askSteps() []flows.Step {
	leads := []string{"code_told", "kind", "need"}
	return []flows.Step{
		{ID: "trouble", Hear: hearCode, Leads: leads, Answers: []flows.Answer{
			{ID: "empty", Then: "kind"},
			{ID: "paid", Then: "paid"},
			{ID: "code", Then: "code"},
			{ID: "lost", Then: "lost"},
			{ID: "unsure", Then: "kind"},
		}},
		{ID: "kind", Answers: []flows.Answer{
			{ID: "slot", Then: "bought"},
			{ID: "slotless", Then: "remote"},
			{ID: "unsure", Then: "buy"},
		}},
		{ID: "bought", Answers: []flows.Answer{
			{ID: "yes", Then: "insert"},
			{ID: "no", Then: "buy"},
			{ID: "inserted", Then: "code"},
		}},
		{ID: "paid", Answers: []flows.Answer{
			{ID: "card", Then: "insert"},
			{ID: "just", Then: "remote"},
			{ID: "long", Then: "not_arrived"},
			{ID: "unsure", Then: "kind"},
		}},
		{ID: "code", Free: true, Hear: hearCode, Leads: leads, Answers: []flows.Answer{
			{ID: "blank", Then: "need"},
			{ID: "unsure", Then: "need"},
		}},
	}
}

// doSteps are what a resident does at the meter.
func doSteps() []flows.Step {
	return []flows.Step{
		{ID: "insert", Answers: []flows.Answer{
			{ID: "back", Then: "done"},
			{ID: "read", Then: "push"},
			{ID: "unread", Then: "code"},
		}},
		{ID: "push", Answers: []flows.Answer{
			{ID: "back", Then: "done"},
			{ID: "still", Then: "need"},
			{ID: "unsure", Then: "need"},
		}},
		{ID: "remote", Answers: []flows.Answer{
			{ID: "back", Then: "done"},
			{ID: "still", Then: "not_arrived"},
			{ID: "unpaid", Then: "buy"},
		}},
		{ID: "not_arrived", Free: true, Leads: []string{"need"}, Hear: func(t *flows.Turn) string {
			if t.E.Kind != flows.Text {
				return ""
			}
			t.S.Notes = append(t.S.Notes, t.Word("topup.not_arrived.note", words.Args{"Text": t.E.Text}))
			return "need"
		}, Answers: []flows.Answer{{ID: "back", Then: "done"}, {ID: "unsure", Then: "need"}}},
		{ID: "buy", Args: outlets, Answers: []flows.Answer{
			{ID: "bought", Then: "kind"},
			{ID: "dark", Then: "need"},
			{ID: "fine", Then: "later"},
		}},
		{ID: "code_told", Args: func(t *flows.Turn) words.Args {
			return words.Args{"Advice": words.HTML(t.Word("topup.advice."+t.Answer("advice"), nil))}
		}, Answers: []flows.Answer{
			{ID: "back", Then: "done"},
			{ID: "dark", Then: "need"},
			{ID: "hall", Then: "later"},
		}},
		{ID: "lost", Args: outlets, Answers: []flows.Answer{
			{ID: "dark", Then: "need"},
			{ID: "fine", Then: "later"},
		}},
	}
}

// endSteps are light, a walk to the hall, or people. Danger is asked before
// people are sent, unless this talk has done so.
func endSteps() []flows.Step {
	return []flows.Step{
		{
			ID: "need", Self: true, Enter: func(t *flows.Turn) { t.Keep("come", "yes") },
			Known: func(t *flows.Turn) string {
				if t.Answer("danger") != "" {
					return "asked"
				}
				return "new"
			},
			Answers: []flows.Answer{{ID: "asked", Then: "outage/come"}, {ID: "new", Then: "outage/danger"}},
		},
		{ID: "done", Ends: true, Enter: func(t *flows.Turn) {
			t.Do(flows.Log{At: t.E.At, Who: "resident", What: "self_solved", Note: "topup"})
		}},
		{ID: "later", Ends: true, Args: func(t *flows.Turn) words.Args {
			return words.Args{"Hotline": t.Desk.County.Hotline}
		}},
	}
}

// hearCode takes what the meter shows. A code of the table is answered; an
// unknown one goes to people, with the code.
func hearCode(t *flows.Turn) string {
	switch t.E.Kind {
	case flows.Attach:
		return "need"
	case flows.Text:
	default:
		return ""
	}
	advice := adviceFor(t.E.Text)
	switch {
	case advice == "buy":
		return "kind"
	case advice != "":
		t.Keep("advice", advice)
		t.Keep("display", t.E.Text)
		return "code_told"
	case t.S.Step == "code":
		t.Keep("display", t.E.Text)
		t.Tell("topup.code.passed_on", nil)
		return "need"
	}
	return ""
}

// outlets lists where top-ups are sold and which of them is open now.
func outlets(t *flows.Turn) words.Args {
	c := t.Desk.County
	var lines []string
	for _, o := range c.Outlets {
		key := "topup.buy.closed"
		if c.Open(o.Hours, t.E.At) {
			key = "topup.buy.open"
		}
		lines = append(lines, t.Word(key, words.Args{"Name": o.Name.In(t.S.Lang), "Address": o.Address.In(t.S.Lang)}))
	}
	hall := t.Word("topup.buy.hall_open", nil)
	if !c.Open(c.Hall, t.E.At) {
		hall = t.Word("topup.buy.hall_closed", nil)
	}
	return words.Args{"Outlets": words.HTML(strings.Join(lines, "\n")), "Hall": words.HTML(hall), "Hotline": c.Hotline}
}
