// Package topup leads a resident from a meter without credit to light again
// (DOMAIN §3): by what the meter shows, one picture-simple step a screen.
// flows/desk lists it. It takes no money, no bank data and no password, quotes
// no price, and ends with people whenever the meter says something unknown.
package topup

import (
	"cmp"
	"slices"

	"powerdesk/flows/talk"
)

// Flow is the guide. Every screen of it that is about card or meter shows a
// drawing, so that it can be followed by who cannot read it.
func Flow() *talk.Flow {
	steps := slices.Concat(askSteps(), cardSteps(), meterSteps(), displaySteps(), paidSteps(), buySteps())
	for i := range steps {
		steps[i].Come = true
		if steps[i].Picture != "" && steps[i].Hear == nil {
			steps[i].Hear, steps[i].Leads = hearAside, displayed
		}
	}
	return &talk.Flow{
		Name: "topup", Version: 1, Start: "trouble", Pending: pending,
		Steps: slices.Concat(steps, []talk.Step{saysStep()}, urgentSteps(), lightSteps(), endSteps()),
	}
}

// askSteps find out what the trouble is, which meter it is and what it shows.
func askSteps() []talk.Step {
	return []talk.Step{
		{ID: "trouble", Picture: "meter", Hear: hearDisplay, Leads: displayed, Answers: []talk.Answer{
			{ID: "credit", Means: "no_credit", Then: "shows"},
			{ID: "paid", Means: "paid_still_dark", Then: "paid"},
			{ID: "card", Means: "card_unread lost_card", Then: "card"},
			{ID: "unsure", Then: "shows"},
		}},
		{ID: "shows", Picture: "display", Hear: hearDisplay, Leads: displayed, Answers: []talk.Answer{
			{ID: "low", Means: "meter=yellow meter=low", Then: "warned"},
			{ID: "cut", Means: "no_credit meter=请购电 meter=拉闸 meter=0", Then: "kind"},
			{ID: "load", Means: "meter=过载", Then: "overload"},
			{ID: "unsure", Then: "kind"},
		}},
		{ID: "card", Picture: "card", Answers: []talk.Answer{
			{ID: "unread", Then: "code"},
			{ID: "lost", Means: "lost_card", Then: "lost"},
			{ID: "first", Then: "first"},
			{ID: "unsure", Then: "code"},
		}},
		{ID: "kind", Picture: "kind", Known: kindKnown, Answers: []talk.Answer{
			{ID: "slot", Then: "bought"},
			{ID: "slotless", Then: "remote"},
			{ID: "unsure", Then: "buy"},
		}},
		{ID: "bought", Picture: "bought", Known: boughtKnown, Answers: []talk.Answer{
			{ID: "yes", Then: "find"},
			{ID: "no", Then: "buy"},
			{ID: "inserted", Then: "code"},
		}},
	}
}

// kindKnown spares the question for the slot of who has answered it.
func kindKnown(t *talk.Turn) string {
	return cmp.Or(kind(t), t.Desk.County.MeterAt(t.S.Home.Place))
}

// boughtKnown spares the question whether credit was bought of who comes back
// from buying it.
func boughtKnown(t *talk.Turn) string {
	if t.Answer("buy") == "bought" {
		return "yes"
	}
	return ""
}

// whichever are answers of which each leads to the same step.
func whichever(then string, ids ...string) (answers []talk.Answer) {
	for _, id := range ids {
		answers = append(answers, talk.Answer{ID: id, Then: then})
	}
	return answers
}

// endSteps are light, a walk to the hall, or people: "please just come". Danger
// is asked before people are sent, unless this talk has done so.
func endSteps() []talk.Step {
	return []talk.Step{
		{
			ID: "come", Self: true, Enter: func(t *talk.Turn) { t.Want() },
			Known: func(t *talk.Turn) string {
				if t.Answer("outage/danger") != "" {
					return "asked"
				}
				return "new"
			},
			Answers: []talk.Answer{{ID: "asked", Then: "outage/come"}, {ID: "new", Then: "outage/danger"}},
		},
		{ID: "done", Picture: "keep", Ends: true, Enter: solved},
		{ID: "soon", Picture: "buy", Ends: true, Enter: solved},
		{ID: "lit", Picture: "lit", Ends: true, Enter: solved},
		{ID: "later", Ends: true},
	}
}

func solved(t *talk.Turn) { t.SelfSolved("topup") }
