package topup

import (
	"powerdesk/flows"
	"powerdesk/flows/words"
)

// displaySteps ask what the meter shows (DOMAIN §3.3): typed, pictured, or chosen,
// words here and numbers there. What is not known goes to people as it was shown.
func displaySteps() []flows.Step {
	return []flows.Step{
		{ID: "code", Picture: "code", Free: true, Hear: hearDisplay, Leads: displayed, Answers: []flows.Answer{
			{ID: "words", Then: "shown"},
			{ID: "number", Then: "number"},
			{ID: "blank", Then: "come"},
			{ID: "unsure", Then: "come"},
		}},
		{ID: "shown", Picture: "shown", Free: true, Hear: hearDisplay, Leads: displayed, Answers: []flows.Answer{
			shown("failed", "turn"), shown("buy", "kind"), shown("overdraft", "buy"), shown("hoard", "hoard"), shown("load", "overload"),
			{ID: "unsure", Then: "come"},
		}},
		{ID: "number", Picture: "code", Free: true, Hear: hearDisplay, Leads: displayed, Answers: []flows.Answer{
			{ID: "from01", Then: "codes"},
			{ID: "from10", Then: "codes"},
			{ID: "from21", Then: "codes"},
			{ID: "from51", Then: "codes"},
			{ID: "unsure", Then: "come"},
		}},
		{ID: "codes", Picture: "code", Free: true, Hear: hearDisplay, Leads: displayed, Offer: codes, Chosen: func(t *flows.Turn, code string) string {
			return answer(t, "Err-"+code)
		}, Answers: []flows.Answer{{ID: "unsure", Then: "come"}}},
	}
}

// shown is the answer that the meter shows these words.
func shown(id, then string) flows.Answer {
	return flows.Answer{ID: id, Then: then, Do: func(t *flows.Turn) {
		t.Keep("outage/shown", words.Plain(words.ZH, "topup.shown."+id, nil))
		if id == "overdraft" {
			t.Tell("topup.advice.overdraft", nil)
		}
	}}
}

// ranges are the numbers that the answers of the step "number" stand for.
var ranges = map[string][2]string{"from01": {"01", "09"}, "from10": {"10", "19"}, "from21": {"20", "29"}, "from51": {"51", "59"}}

// codes offers every number of the range that was chosen; of all, when none was.
func codes(t *flows.Turn) []flows.Choice {
	within, ok := ranges[t.Answer("number")]
	var all []flows.Choice
	for _, code := range flows.MeterCodes() {
		if !ok || within[0] <= code && code <= within[1] {
			all = append(all, flows.Choice{ID: code, Label: code})
		}
	}
	return all
}

// displayed is every step that something a meter shows may lead to.
var displayed = []string{"kind", "turn", "early", "foreign", "hoard", "battery", "overload", "hall", "buy", "come"}

// adviceSteps are the steps that say what to do about what the meter shows. All
// other advice is told, and people come.
var adviceSteps = map[string]string{
	flows.AdviceBuy: "kind", "overdraft": "buy", "early": "early", "turn": "turn", "foreign": "foreign", "hoard": "hoard", "battery": "battery",
	"overload": "overload", "rewrite": "hall", "count": "hall", "first": "hall",
}

// hearDisplay takes what the meter shows, in words or as a picture. Where it was
// asked for, what is not known goes to people as well.
func hearDisplay(t *flows.Turn) string {
	switch t.E.Kind {
	case flows.Attach:
		return "come"
	case flows.Text:
	default:
		return ""
	}
	asked := t.S.Step != "trouble" && t.S.Step != "shows"
	if !asked && flows.MeterAdvice(t.E.Text) == "" {
		return ""
	}
	return answer(t, t.E.Text)
}

// answer leads to what is to be done about what the meter shows, and keeps it for
// whoever comes.
func answer(t *flows.Turn, display string) string {
	advice := flows.MeterAdvice(display)
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
