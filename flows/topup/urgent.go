package topup

import (
	"powerdesk/flows/county"
	"powerdesk/flows/talk"
	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// The urgent top-up (PRODUCT R8): the hall is closed and the home is dark, or
// will be before it opens. What the clerk on duty needs is asked for, and only
// what is not known yet; never money, bank data or a password.

// urgentSteps are the questions, and the receipt.
func urgentSteps() []talk.Step {
	steps := []talk.Step{
		{ID: "now", Known: cutKnown, Answers: []talk.Answer{
			{ID: "cut", Means: "now=cut", Then: "risk"},
			{ID: "nearly", Means: "now=nearly", Then: "risk"},
			{ID: "lasts", Means: "now=lasts", Then: "later"},
		}},
		{ID: "risk", Known: riskKnown, Answers: []talk.Answer{
			{ID: "medical", Means: "risk=medical household=medical", Then: "place", Do: medicalTold},
			{ID: "goods", Means: "risk=goods", Then: "place"},
			{ID: "none", Means: "no risk=none", Then: "place"},
		}},
	}
	steps = append(steps, urgentPlace()...)
	return append(steps,
		talk.Step{ID: "before", Self: true, Known: before, Answers: []talk.Answer{
			{ID: "joined", Then: "joined"},
			{ID: "limit", Then: "limit"},
			{ID: "enough", Then: "contact/enough"},
			{ID: "new", Then: "phone"},
		}},
		talk.PhoneStep("account"),
		talk.Step{ID: "account", Picture: "find", Names: true, Free: true, Hear: hearAccount, Leads: []string{"account", "display"}, Answers: []talk.Answer{
			{ID: "unsure", Then: "display"},
		}},
		talk.Step{
			ID: "display", Picture: "display", Free: true, Known: displayKnown, Hear: hearShown, Leads: []string{"wanted"},
			Answers: append(whichever("wanted", "buy", "off", "blank", "unsure"), talk.Answer{ID: "said", Then: "wanted", When: never}),
		},
		talk.Step{ID: "wanted", Free: true, Offer: sums, Chosen: sumChosen, Hear: hearSum, Leads: []string{"wanted", "tonight"}, Answers: []talk.Answer{
			{ID: "unsure", Then: "tonight"},
		}},
		talk.Step{ID: "tonight", Lookup: talk.TopUpsTonight, Answers: whichever("request", "found", "none")},
		talk.Step{
			ID: "request", Self: true, Enter: request, Known: func(*talk.Turn) string { return "sent" },
			Answers: []talk.Answer{{ID: "sent", Then: "asked"}},
		},
		talk.Step{ID: "asked", Ends: true, Args: requestArgs},
		talk.Step{ID: "joined", Ends: true, Args: requestArgs},
		talk.Step{ID: "limit", Args: requestArgs, Answers: []talk.Answer{
			{ID: "people", Then: "come"},
			{ID: "morning", Then: "later"},
		}},
	)
}

// urgentPlace are the questions for the place: the building is asked for, since
// each meter has one home.
func urgentPlace() []talk.Step {
	steps := talk.PlaceSteps("before", "")
	for i := range steps {
		switch s := &steps[i]; s.ID {
		case "place":
			s.Words = "topup.place"
			known := s.Known
			s.Known = func(t *talk.Turn) string {
				if t.Answer("outage/onsite") != "" && t.S.Place != (county.Place{}) {
					return "said"
				}
				return known(t)
			}
			s.Answers = append(s.Answers, talk.Answer{ID: "said", Then: "before", When: never})
		case "community": // a position sent here may lie outside, too
			s.Leads = append(s.Leads, "outside")
		}
	}
	return steps
}

func never(*talk.Turn) bool { return false }

// offered says whether the hall's clerk may be asked: the hall is closed, and it
// has a group.
func offered(t *talk.Turn) bool {
	c := t.Desk.County
	return c.Chats.Hall != 0 && !c.Open(c.Hall, t.E.At)
}

// cutKnown: who comes from "no power" sits in the dark, and so does who has said
// so on the way, or whose meter has cut the power.
func cutKnown(t *talk.Turn) string {
	if !fromHere(t) || t.Answer("shows") == "cut" || t.Answer("warned") == "dark" {
		return "cut"
	}
	return ""
}

// riskKnown: who has a device to breathe by has said so, or is remembered.
func riskKnown(t *talk.Turn) string {
	if household(t) == "medical" {
		return "medical"
	}
	return ""
}

func medicalTold(t *talk.Turn) { t.Tell("topup.risk.medical_told", nil) }

// hearAccount takes the number of the account or the meter, as written or in a
// picture. Whether it is one the clerk sees.
func hearAccount(t *talk.Turn) string {
	if t.E.Kind == talk.Text && t.Redacted() {
		return "account"
	}
	return hearWritten(t, "account_no", "display")
}

// hearWritten keeps what somebody writes, and leads on; a picture is kept by the router.
func hearWritten(t *talk.Turn, as, then string) string {
	switch t.E.Kind {
	case talk.Text:
		t.Keep(as, t.E.Text)
	case talk.Attach:
	default:
		return ""
	}
	return then
}

func displayKnown(t *talk.Turn) string {
	if meterSays(t) != "" {
		return "said"
	}
	return ""
}

func hearShown(t *talk.Turn) string { return hearWritten(t, "outage/shown", "wanted") }

// sums offers the amounts of the desk file.
func sums(t *talk.Turn) []talk.Choice {
	var all []talk.Choice
	for _, n := range t.Desk.County.Urgent.Amounts {
		label := words.Plain(t.S.Lang, "yuan", words.Args{"N": n})
		yuan, _ := text.Yuan(label)
		all = append(all, talk.Choice{ID: yuan, Label: label})
	}
	return all
}

func sumChosen(t *talk.Turn, yuan string) string {
	t.Keep("sum", yuan)
	return "tonight"
}

func hearSum(t *talk.Turn) string {
	if t.E.Kind != talk.Text {
		return ""
	}
	yuan, ok := text.Yuan(t.E.Text)
	if !ok {
		t.Tell("topup.wanted.unread", nil)
		return "wanted"
	}
	return sumChosen(t, yuan)
}
