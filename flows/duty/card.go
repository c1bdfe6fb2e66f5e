package duty

import (
	"strings"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// Causes are the codes of DOMAIN §2.4, the three small matters first: they are
// 80 % of a duty log.
var Causes = []string{
	"switch", "card", "fuse", "meter", "service", "low_line", "high_line", "transformer",
	"internal", "planned", "external", "not_power", "false", "unclear",
}

// Reasons are why a volunteer gives a job back.
var Reasons = []string{"busy", "far", "skill"}

// firstCauses is how many causes stand on the card before "more": with it and
// "back" a card has at most five rows of which four are work.
const firstCauses = 3

// card draws the group's card whole from the job (PRODUCT V1). It names the
// community and nothing closer, and never a resident.
func card(t *flows.Turn, j *flows.Job) flows.Say {
	l := t.Desk.County.Lang
	class := flows.CardClass
	if j.Danger != "" {
		class = flows.Danger
	}
	return flows.Say{
		Chat: t.Desk.County.Chats.Duty, Slot: "job/" + j.No, Text: words.Say(l, "card.title", words.Args{"No": j.No}) + "\n" + cardText(t, j, l),
		Buttons: buttons(j, "", l, true), Class: class,
	}
}

// cardText is what the card says below its title: the part that the group and
// the pair both see.
func cardText(t *flows.Turn, j *flows.Job, l words.Lang) string {
	say := func(key string, args words.Args) string { return words.Say(l, "card."+key, args) }
	var lines []string
	if j.Danger != "" {
		lines = append(lines, say("danger", words.Args{"Kind": words.HTML(words.Say(l, "danger."+j.Danger, nil))}))
	} else if j.Level == flows.Urgent {
		lines = append(lines, say("urgent", nil))
	}
	for _, need := range j.Needs {
		lines = append(lines, say("need."+need, nil))
	}
	place := t.Desk.County.PlaceName(j.Place, l)
	if place == "" {
		lines = append(lines, say("place_unknown", nil))
	} else {
		lines = append(lines, say("place", words.Args{"Place": place}))
	}
	lines = append(lines, say("symptom", words.Args{"Symptom": words.HTML(words.Say(l, "symptom."+j.Symptom, nil))}))
	if len(j.Tried) > 0 {
		tried := make([]string, len(j.Tried))
		for i, key := range j.Tried {
			tried[i] = words.Say(l, "tried."+key, nil)
		}
		lines = append(lines, say("tried", words.Args{"Tried": words.HTML(strings.Join(tried, words.Say(l, "list", nil)))}))
	}
	lines = append(lines, say("reported", words.Args{
		"At": t.Desk.Moment(l, j.Clocks.Reported, t.E.At), "N": reporting(j),
	}))
	return strings.Join(append(lines, stateLine(j, l)), "\n")
}

// reporting counts the reports that stand.
func reporting(j *flows.Job) int {
	n := 0
	for _, r := range j.Reports {
		if !r.Withdrawn {
			n++
		}
	}
	return n
}

// stateLine says how far the job is and who holds it: the name a volunteer
// shows in the group.
func stateLine(j *flows.Job, l words.Lang) string {
	key := string(j.State)
	if j.State == flows.Open && j.Claims() == 1 {
		key = "half"
	}
	return words.Say(l, "card.state."+key, words.Args{
		"Crew": names(j, l), "Cause": words.HTML(words.Say(l, "cause."+orUnclear(j.Cause), nil)),
	})
}

func orUnclear(cause string) string {
	if cause == "" {
		return "unclear"
	}
	return cause
}

// buttons are the card's buttons: of the state, or of a choice that was opened
// (cause, more, drop). At most four do work (PRODUCT V1).
func buttons(j *flows.Job, menu string, l words.Lang, group bool) [][]flows.Inline {
	button := func(action, arg, key string) flows.Inline {
		data := flows.Button{Job: j.No, Action: action, Epoch: j.Epoch, Arg: arg}.Data()
		return flows.Inline{Text: words.Plain(l, key, nil), Data: data}
	}
	choice := func(action string, codes []string, key string) []flows.Inline {
		var all []flows.Inline
		for _, code := range codes {
			all = append(all, button(action, code, key+code))
		}
		return all
	}
	back := button("card", "", "button.back")
	switch menu {
	case "cause":
		return rows(append(choice("cause", Causes[:firstCauses], "cause."), button("more", "", "button.more"), back))
	case "more":
		return rows(append(choice("cause", Causes[firstCauses:], "cause."), back))
	case "drop":
		return rows(append(choice("reason", Reasons, "reason."), back))
	}
	if !j.Live() || j.State == flows.Restored {
		return nil
	}
	var all []flows.Inline
	if group && j.Claims() < len(j.Pair) {
		all = append(all, button("claim", "", "button.claim"))
	}
	if j.Claims() > 0 {
		switch j.State {
		case flows.Open, flows.Claimed:
			all = append(all, button("depart", "", "button.depart"))
		case flows.OnTheWay:
			all = append(all, button("arrive", "", "button.arrive"))
		}
		all = append(all, button("done", "", "button.done"), button("drop", "", "button.drop"))
	}
	return rows(all)
}

// rows puts two buttons side by side.
func rows(all []flows.Inline) [][]flows.Inline {
	var out [][]flows.Inline
	for len(all) > 2 {
		out, all = append(out, all[:2]), all[2:]
	}
	if len(all) > 0 {
		out = append(out, all)
	}
	return out
}
