package topup

import (
	"strings"

	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// buySteps lead to the counter: to buy, to have a card written anew, or for
// another one.
func buySteps() []talk.Step {
	return []talk.Step{
		{ID: "buy", Picture: "buy", Args: outlets, Answers: []talk.Answer{
			{ID: "clerk", Means: "still_dark outage hurry", Then: "now", When: offered},
			{ID: "bought", Then: "kind", When: fromHere},
			{ID: "dark", Then: "come", When: func(t *talk.Turn) bool { return !offered(t) }},
			{ID: "fine", Then: "later", When: fromHere},
			{ID: "go", Then: "later", When: func(t *talk.Turn) bool { return !fromHere(t) }},
		}},
		{ID: "hall", Picture: "hall", Args: outlets, Answers: []talk.Answer{
			{ID: "dark", Then: "come"},
			{ID: "fine", Then: "later"},
		}},
		{ID: "lost", Picture: "lost", Args: outlets, Answers: []talk.Answer{
			{ID: "dark", Then: "come"},
			{ID: "fine", Then: "later"},
		}},
	}
}

// fromHere says whether the talk began with the card: who comes from "no power"
// sits in the dark, and either goes to buy or needs people.
func fromHere(t *talk.Turn) bool { return t.Answer("outage/meter") == "" }

// outlets lists where top-ups are sold and which of them is open now. Who has a
// card and has not tried it yet is told of the reserve it may release, and who
// needs not go there is told that.
func outlets(t *talk.Turn) words.Args {
	c := t.Desk.County
	var lines []string
	for _, o := range c.Outlets {
		key := "topup.buy.closed"
		if c.Open(o.Hours, t.E.At) {
			key = "topup.buy.open"
		}
		lines = append(lines, t.Word(key, words.Args{"Name": o.Name.In(t.S.Lang), "Address": o.Address.In(t.S.Lang)}))
	}
	return words.Args{
		"Outlets": words.HTML(strings.Join(lines, "\n")), "Hall": closed(t),
		"Reserve": line(t, "topup.buy.reserve", untried(t)), "Online": line(t, "topup.buy.online", c.Meters.Online),
		"Advice": words.HTML(t.Word("topup.advice."+whyHall(t), nil)),
	}
}

// closed says that the hall is closed, and what who sits in the dark does; that it
// is open stands beside its address.
func closed(t *talk.Turn) words.HTML {
	return line(t, "topup.buy.hall_asleep", offered(t)) +
		line(t, "topup.buy.hall_closed", !offered(t) && !t.Desk.County.Open(t.Desk.County.Hall, t.E.At))
}

// line is a sentence with a line of its own, or nothing.
func line(t *talk.Turn, key string, said bool) words.HTML {
	if !said {
		return ""
	}
	return words.HTML(t.Word(key, nil) + "\n")
}

// untried says whether there may be a card that has not been in the meter, in a
// home without power.
func untried(t *talk.Turn) bool {
	for _, step := range []string{"outage/insert", "insert", "reserve", "first_empty"} {
		if t.Answer(step) != "" {
			return false
		}
	}
	return t.Answer("outage/card") != "slotless" && t.Answer("kind") != "slotless" && t.Answer("warned") != "lit"
}

// whyHall is the advice that sends a card to the hall.
func whyHall(t *talk.Turn) string {
	switch advice := t.Answer("advice"); advice {
	case "rewrite", "count", "first", "foreign":
		return advice
	}
	return "turn"
}
