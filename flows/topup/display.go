package topup

import (
	"powerdesk/flows/talk"
	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// displaySteps ask what the meter shows (DOMAIN §3.3): typed, pictured, or chosen,
// words here and numbers there. What is not known goes to people as it was shown.
func displaySteps() []talk.Step {
	return []talk.Step{
		{ID: "code", Picture: "code", Free: true, Hear: hearDisplay, Leads: displayed, Answers: []talk.Answer{
			{ID: "words", Then: "shown"},
			{ID: "number", Then: "number"},
			{ID: "blank", Then: "come"},
			{ID: "unsure", Then: "come"},
		}},
		{ID: "shown", Picture: "shown", Free: true, Hear: hearDisplay, Leads: displayed, Answers: []talk.Answer{
			shown("failed", "turn"), shown("buy", "kind"), shown("overdraft", "buy"), shown("hoard", "hoard"), shown("load", "overload"),
			{ID: "unsure", Then: "come"},
		}},
		{ID: "number", Picture: "code", Free: true, Hear: hearDisplay, Leads: displayed, Answers: append(
			whichever("codes", "from01", "from10", "from21", "from51"), talk.Answer{ID: "unsure", Then: "come"},
		)},
		{ID: "codes", Picture: "code", Free: true, Hear: hearDisplay, Leads: displayed, Offer: codes, Chosen: func(t *talk.Turn, code string) string {
			return answer(t, "Err-"+code)
		}, Answers: []talk.Answer{{ID: "unsure", Then: "come"}}},
	}
}

// shown is the answer that the meter shows these words.
func shown(id, then string) talk.Answer {
	return talk.Answer{ID: id, Then: then, Do: func(t *talk.Turn) {
		t.Keep("outage/shown", words.Plain(words.ZH, "topup.shown."+id, nil))
		if id == "overdraft" {
			t.Tell("topup.advice.overdraft", nil)
		}
	}}
}

// ranges are the numbers that the answers of the step "number" stand for.
var ranges = map[string][2]string{"from01": {"01", "09"}, "from10": {"10", "19"}, "from21": {"20", "29"}, "from51": {"51", "59"}}

// codes offers every number of the range that was chosen; of all, when none was.
func codes(t *talk.Turn) []talk.Choice {
	within, ok := ranges[t.Answer("number")]
	var all []talk.Choice
	for _, code := range text.MeterCodes() {
		if !ok || within[0] <= code && code <= within[1] {
			all = append(all, talk.Choice{ID: code, Label: code})
		}
	}
	return all
}

// displayed is every step that something a meter shows may lead to.
var displayed = []string{"kind", "turn", "early", "foreign", "hoard", "battery", "overload", "hall", "buy", "come"}

// adviceSteps are the steps that say what to do about what the meter shows. All
// other advice is told, and people come.
var adviceSteps = map[string]string{
	text.AdviceBuy: "kind", "overdraft": "buy", "early": "early", "turn": "turn", "foreign": "foreign", "hoard": "hoard", "battery": "battery",
	"overload": "overload", "rewrite": "hall", "count": "hall", "first": "hall",
}

// hearDisplay takes what the meter shows, in words or as a picture. Where it was
// asked for, what is not known goes to people as well.
func hearDisplay(t *talk.Turn) string {
	switch t.E.Kind {
	case talk.Attach:
		return "come"
	case talk.Text:
	default:
		return ""
	}
	asked := t.S.Step != "trouble" && t.S.Step != "shows"
	if !asked && text.MeterAdvice(t.E.Text) == "" {
		return ""
	}
	return answer(t, t.E.Text)
}

// answer leads to what is to be done about what the meter shows, and keeps it for
// whoever comes.
func answer(t *talk.Turn, display string) string {
	advice := text.MeterAdvice(display)
	t.Keep("outage/shown", display)
	step, ok := adviceSteps[advice]
	switch {
	case step == "hall":
		t.Keep("advice", advice)
	case step == "buy":
		t.Tell("topup.advice."+advice, nil)
	case !ok && advice != "":
		t.Tell("topup.advice."+advice, nil)
		return "come"
	case !ok:
		t.Tell("topup.code.passed_on", nil)
		return "come"
	}
	return step
}
