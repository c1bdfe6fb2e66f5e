package topup

import (
	"cmp"
	"slices"

	"powerdesk/flows/talk"
	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// displaySteps ask what the meter shows (DOMAIN §3.3): typed, pictured, or chosen,
// words here and numbers there. What is not known goes to people as it was shown.
func displaySteps() []talk.Step {
	return []talk.Step{
		{ID: "code", Picture: "code", Free: true, Hear: hearDisplay, Leads: displayed, Known: talk.Already("said", func(t *talk.Turn) bool { return t.Heard("code") != "" }), Answers: []talk.Answer{
			{ID: "said", Then: "says", When: func(*talk.Turn) bool { return false }},
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
var displayed = []string{"shows", "kind", "turn", "early", "foreign", "hoard", "battery", "overload", "hall", "buy", "come"}

// adviceSteps are the steps that say what to do about what the meter shows. All
// other advice is told, and people come.
var adviceSteps = map[string]string{
	text.AdviceBuy: "kind", "overdraft": "buy", "early": "early", "turn": "turn", "foreign": "foreign", "hoard": "hoard", "battery": "battery",
	"overload": "overload", "rewrite": "hall", "count": "hall", "first": "hall",
}

// askedFor are the screens whose question is what the meter shows: whatever is said
// there is that.
var askedFor = []string{"code", "shown", "number", "codes"}

// hearDisplay takes what the meter shows, in words or as a picture. Where it was
// asked for, what is not known goes to people as well; so does a code that nobody knows,
// on every screen.
func hearDisplay(t *talk.Turn) string {
	switch t.E.Kind {
	case talk.Attach:
		return "come"
	case talk.Text:
	default:
		return ""
	}
	switch asked := slices.Contains(askedFor, t.S.Step); {
	case asked && (text.MeterWords(t.E.Text) != "" || text.MeterLamp(t.E.Text)): // "balance minus 12" has a number and no code
	case code(t) != "":
		display := "Err-" + code(t)
		delete(t.S.Heard, "code")
		return answer(t, display)
	case t.S.Step == "trouble" && text.MeterLamp(t.E.Text):
		return "shows"
	case !asked && text.MeterAdvice(t.E.Text) == "" && !text.MeterLamp(t.E.Text):
		return ""
	}
	return answer(t, t.E.Text)
}

// hearAside takes a code, or words that say more than that the credit is used up, at a
// screen that asks something else about card or meter.
func hearAside(t *talk.Turn) string {
	told := text.MeterTells(t.E.Text) || text.MeterLamp(t.E.Text) || text.MeterWords(t.E.Text) == "overdraft"
	if t.E.Kind != talk.Text || t.Slot("code") == "" && !told {
		return ""
	}
	return hearDisplay(t)
}

// code is the code that the meter shows, as it was said now or at the beginning.
func code(t *talk.Turn) string { return cmp.Or(t.Slot("code"), t.Heard("code")) }

// saysStep takes what was said of the meter at a screen of "no power".
func saysStep() talk.Step {
	return talk.Step{ID: "says", Self: true, Known: hearDisplay, Answers: each(displayed)}
}

// each are answers that lead to the step of their name.
func each(steps []string) (answers []talk.Answer) {
	for _, step := range steps {
		answers = append(answers, talk.Answer{ID: step, Then: step})
	}
	return answers
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
