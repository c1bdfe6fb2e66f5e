package topup

import (
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// meterSteps are what a meter does by itself and what helps: it warns, cuts once
// before zero, cuts for too large a load, refuses more than it holds.
func meterSteps() []talk.Step {
	return []talk.Step{
		{ID: "warned", Picture: "warned", Args: alarm, Answers: []talk.Answer{
			{ID: "lit", Then: "buy"},
			{ID: "dark", Then: "reserve"},
		}},
		{ID: "reserve", Picture: "reserve", Args: overdraft, Answers: []talk.Answer{
			{ID: "back", Then: "soon"},
			{ID: "still", Then: "bought", Do: func(t *talk.Turn) { t.Keep("kind", "slot") }},
			{ID: "slotless", Then: "remote", Do: func(t *talk.Turn) { t.Keep("kind", "slotless") }},
		}},
		{ID: "overload", Picture: "overload", Answers: []talk.Answer{
			{ID: "back", Then: "lit"},
			{ID: "still", Then: "come"},
			{ID: "unsure", Then: "come"},
		}},
		{ID: "hoard", Picture: "hoard", Answers: []talk.Answer{
			{ID: "fine", Then: "later"},
			{ID: "dark", Then: "come"},
		}},
		{ID: "battery", Picture: "battery", Answers: []talk.Answer{
			{ID: "fine", Then: "later"},
			{ID: "dark", Then: "come"},
		}},
		{ID: "foreign", Picture: "foreign", Answers: []talk.Answer{
			{ID: "wrong", Then: "insert"},
			{ID: "right", Then: "hall", Do: func(t *talk.Turn) { t.Keep("advice", "foreign") }},
			{ID: "unsure", Then: "come"},
		}},
	}
}

// alarm and overdraft fill in what the county says of its meters; what it does
// not say is not claimed.
func alarm(t *talk.Turn) words.Args {
	return ifKnown(t, "Below", "topup.warned.below", t.Desk.County.Meters.Alarm)
}

func overdraft(t *talk.Turn) words.Args {
	return ifKnown(t, "Worth", "topup.reserve.worth", t.Desk.County.Meters.Overdraft)
}

func ifKnown(t *talk.Turn, blank, key string, yuan int) words.Args {
	if yuan == 0 {
		return words.Args{blank: ""}
	}
	return words.Args{blank: words.HTML(t.Word(key, words.Args{"Yuan": yuan}))}
}
