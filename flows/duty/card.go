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
		Chat: t.Desk.County.Chats.Duty, Slot: "job/" + j.No, Class: class, Buttons: buttons(j, "", l, true),
		Text: words.Say(l, j.OfCall("card.title"), words.Args{"No": j.No}) + "\n" + cardText(t, j, l),
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
	switch {
	case place != "":
		lines = append(lines, say("place", words.Args{"Place": place}))
	case j.Place.Words != "": // as written, which may name a home: for the pair only
		lines = append(lines, say("place_written", nil))
	case !j.Call():
		lines = append(lines, say("place_unknown", nil))
	}
	if j.Symptom != "danger" { // the danger has a line of its own
		lines = append(lines, say("symptom", words.Args{"Symptom": words.HTML(words.Say(l, "symptom."+j.Symptom, nil))}))
	}
	if len(j.Tried) > 0 {
		tried := make([]string, len(j.Tried))
		for i, key := range j.Tried {
			tried[i] = words.Say(l, "tried."+key, nil)
		}
		lines = append(lines, say("tried", words.Args{"Tried": words.HTML(strings.Join(tried, words.Say(l, "list", nil)))}))
	}
	lines = append(lines, words.Say(l, j.OfCall("card.reported"), words.Args{
		"At": t.Desk.Moment(l, j.Clocks.Reported, t.E.At), "N": reporting(j),
	}))
	return strings.Join(append(lines, stateLine(j, l)), "\n")
}

// reporting counts the reports that stand, or, when all were taken back, all.
func reporting(j *flows.Job) int {
	n := 0
	for _, r := range j.Reports {
		if !r.Withdrawn {
			n++
		}
	}
	if n == 0 {
		return len(j.Reports)
	}
	return n
}

// stateLine says how far the job is and who holds it: the name a volunteer
// shows in the group.
func stateLine(j *flows.Job, l words.Lang) string {
	key := "card.state." + string(j.State)
	if j.State == flows.Open && j.Claims() > 0 {
		key = "card.state.half"
	}
	return words.Say(l, j.OfCall(key), words.Args{
		"Crew": j.Crew(l), "N": j.Claims(), "Of": j.Places(), "Cause": words.HTML(words.Say(l, "cause."+orUnclear(j.Cause), nil)),
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
	free := group && j.Claims() < j.Places()
	claim := button("claim", "", "button.claim")
	var all []flows.Inline
	switch {
	case !j.Live() || j.State == flows.Restored:
		return nil
	case menu == "cause":
		all = append(choice("cause", Causes[:firstCauses], "cause."), button("more", "", "button.more"), back)
	case menu == "more":
		all = append(choice("cause", Causes[firstCauses:], "cause."), back)
	case menu == "drop":
		all = append(choice("reason", Reasons, "reason."), back)
	case free: // the first button; in an opened choice it is the last, so that nobody is kept out by it
		all = append(append(all, claim), work(j, button)...)
	default:
		all = work(j, button)
	}
	if menu != "" && free {
		all = append(all, claim)
	}
	return rows(all)
}

// work is what the holders of a job press.
func work(j *flows.Job, button func(action, arg, key string) flows.Inline) []flows.Inline {
	var all []flows.Inline
	switch {
	case j.Claims() == 0:
		return nil
	case j.Call():
	case j.State == flows.Open, j.State == flows.Claimed:
		all = append(all, button("depart", "", "button.depart"))
	case j.State == flows.OnTheWay:
		all = append(all, button("arrive", "", "button.arrive"))
	}
	return append(all, button("done", "", j.OfCall("button.done")), button("drop", "", "button.drop"))
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
