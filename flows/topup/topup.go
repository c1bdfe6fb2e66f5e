// Package topup leads a resident from a meter without credit to light again
// (DOMAIN §3): by what the meter shows, one picture-simple step a screen.
// flows/desk lists it. It takes no money, no bank data and no password, quotes
// no price, and ends with people whenever the meter says something unknown.
package topup

import (
	"slices"
	"strings"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// Flow is the guide.
func Flow() *flows.Flow {
	return &flows.Flow{
		Name: "topup", Version: 1, Command: "topup", Start: "trouble", Standing: standing,
		Steps: slices.Concat(askSteps(), doSteps(), urgentSteps(), lightSteps(), endSteps()),
	}
}

// askSteps find out which meter it is and what it shows.
func askSteps() []flows.Step {
	leads := []string{"code_told", "kind", "come"}
	return []flows.Step{
		{ID: "trouble", Come: true, Hear: hearCode, Leads: leads, Answers: []flows.Answer{
			{ID: "empty", Then: "kind"},
			{ID: "paid", Then: "paid"},
			{ID: "code", Then: "code"},
			{ID: "lost", Then: "lost"},
			{ID: "unsure", Then: "kind"},
		}},
		{ID: "kind", Come: true, Known: kindKnown, Answers: []flows.Answer{
			{ID: "slot", Then: "bought"},
			{ID: "slotless", Then: "remote"},
			{ID: "unsure", Then: "buy"},
		}},
		{ID: "bought", Come: true, Known: boughtKnown, Answers: []flows.Answer{
			{ID: "yes", Then: "insert"},
			{ID: "no", Then: "buy"},
			{ID: "inserted", Then: "code"},
		}},
		{ID: "paid", Come: true, Answers: []flows.Answer{
			{ID: "card", Then: "insert"},
			{ID: "just", Then: "remote"},
			{ID: "long", Then: "not_arrived"},
			{ID: "unsure", Then: "kind"},
		}},
		{ID: "code", Come: true, Free: true, Hear: hearCode, Leads: leads, Answers: []flows.Answer{
			{ID: "blank", Then: "come"},
			{ID: "unsure", Then: "come"},
		}},
	}
}

// kindKnown spares the question for the slot of who has answered it.
func kindKnown(t *flows.Turn) string {
	if kind := t.Answer("kind"); t.Answer("buy") == "bought" && kind != "unsure" {
		return kind
	}
	return t.Desk.County.MeterAt(t.S.Home.Place)
}

// boughtKnown spares the question whether credit was bought of who comes back
// from buying it.
func boughtKnown(t *flows.Turn) string {
	if t.Answer("buy") == "bought" {
		return "yes"
	}
	return ""
}

// doSteps are what a resident does at the meter.
func doSteps() []flows.Step {
	steps := []flows.Step{
		{ID: "insert", Answers: []flows.Answer{
			{ID: "back", Then: "done"},
			{ID: "read", Then: "push", Forks: []flows.Fork{{
				Name: "pushed already", If: func(t *flows.Turn) bool { return t.Answer("outage/pushed") != "" }, Then: "come",
			}}},
			{ID: "unread", Then: "code"},
		}},
		{ID: "push", Once: true, Answers: []flows.Answer{
			{ID: "back", Then: "done"},
			{ID: "still", Then: "come", Do: func(t *flows.Turn) { t.Fact("outage/pushed") }},
			{ID: "unsure", Then: "come"},
		}},
		{ID: "remote", Answers: []flows.Answer{
			{ID: "back", Then: "done"},
			{ID: "still", Then: "not_arrived"},
			{ID: "unpaid", Then: "buy"},
		}},
		{ID: "not_arrived", Free: true, Leads: []string{"come"}, Hear: func(t *flows.Turn) string {
			if t.E.Kind != flows.Text {
				return ""
			}
			t.KeepWords(t.Word("topup.not_arrived.note", words.Args{"Text": words.HTML(t.E.Text)}))
			return "come"
		}, Answers: []flows.Answer{{ID: "back", Then: "done"}, {ID: "unsure", Then: "come"}}},
		{ID: "buy", Args: outlets, Answers: []flows.Answer{
			{ID: "clerk", Then: "now", When: offered},
			{ID: "bought", Then: "kind", When: fromHere},
			{ID: "dark", Then: "come", When: func(t *flows.Turn) bool { return !offered(t) }},
			{ID: "fine", Then: "later", When: fromHere},
			{ID: "go", Then: "later", When: func(t *flows.Turn) bool { return !fromHere(t) }},
		}},
		{ID: "code_told", Args: func(t *flows.Turn) words.Args {
			return words.Args{"Advice": words.HTML(t.Word("topup.advice."+advice(t), nil))}
		}, Answers: []flows.Answer{
			{ID: "back", Then: "done"},
			{ID: "dark", Then: "come"},
			{ID: "hall", Then: "later"},
		}},
		{ID: "lost", Args: outlets, Answers: []flows.Answer{
			{ID: "dark", Then: "come"},
			{ID: "fine", Then: "later"},
		}},
	}
	for i := range steps {
		steps[i].Come = true
	}
	return steps
}

// fromHere says whether the talk began with the card: who comes from "no power"
// sits in the dark, and either goes to buy or needs people.
func fromHere(t *flows.Turn) bool { return t.Answer("outage/meter") == "" }

// advice is the advice for what the meter shows; people look when the code is
// not known.
func advice(t *flows.Turn) string {
	if a := t.Answer("advice"); words.Has(words.ZH, "topup.advice."+a) {
		return a
	}
	return "report"
}

// endSteps are light, a walk to the hall, or people: "please just come". Danger
// is asked before people are sent, unless this talk has done so.
func endSteps() []flows.Step {
	return []flows.Step{
		{
			ID: "come", Self: true, Enter: func(t *flows.Turn) { t.Want() },
			Known: func(t *flows.Turn) string {
				if t.Answer("outage/danger") != "" {
					return "asked"
				}
				return "new"
			},
			Answers: []flows.Answer{{ID: "asked", Then: "outage/come"}, {ID: "new", Then: "outage/danger"}},
		},
		{ID: "done", Ends: true, Enter: func(t *flows.Turn) { t.Solved("topup") }},
		{ID: "later", Ends: true},
	}
}

// hearCode takes what the meter shows. A code of the table is answered; one that
// is not there, or that no resident can mend, goes to people, with the code.
func hearCode(t *flows.Turn) string {
	switch t.E.Kind {
	case flows.Attach:
		return "come"
	case flows.Text:
	default:
		return ""
	}
	advice := flows.MeterAdvice(t.E.Text)
	switch {
	case advice == flows.AdviceBuy:
		return "kind"
	case flows.MeterNeedsPeople(advice):
		t.Keep("outage/shown", t.E.Text)
		t.Tell("topup.advice."+advice, nil)
		return "come"
	case advice != "":
		t.Keep("advice", advice)
		t.Keep("outage/shown", t.E.Text)
		return "code_told"
	case t.S.Step == "code":
		t.Keep("outage/shown", t.E.Text)
		t.Tell("topup.code.passed_on", nil)
		return "come"
	}
	return ""
}

// outlets lists where top-ups are sold and which of them is open now. Who has a
// card and has not tried it yet is told of the reserve it may release.
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
	switch {
	case offered(t):
		hall = t.Word("topup.buy.hall_asleep", nil)
	case !c.Open(c.Hall, t.E.At):
		hall = t.Word("topup.buy.hall_closed", nil)
	}
	reserve := ""
	if t.Answer("outage/insert") == "" && t.Answer("outage/card") != "slotless" && t.Answer("kind") != "slotless" {
		reserve = t.Word("topup.buy.reserve", nil) + "\n"
	}
	return words.Args{"Outlets": words.HTML(strings.Join(lines, "\n")), "Hall": words.HTML(hall), "Reserve": words.HTML(reserve)}
}
