package duty

import (
	"slices"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// Causes are the codes of DOMAIN §2.4, the three small matters first: they are
// 80 % of a duty log.
var Causes = []string{
	"switch", "card", "fuse", "meter", "service", "low_line", "high_line", "transformer",
	"internal", "planned", "external", "not_power", "false", "unclear",
}

// What a button may choose, besides the causes.
var (
	reasons = []string{"busy", "far", "skill"}                     // why a volunteer gives a job back
	etas    = []string{"15", "30", "60", "exact", "unknown"}       // minutes until the crew is there
	lates   = []string{"road", "other_job", "material", "weather"} // why it is later than it said
	whys    = []string{"material", "window", "access", "weather"}  // why a job has to wait
	untils  = []string{"1h", "3h", "morning", "unknown"}           // until when
	helpers = []string{"squad", "station"}                         // who else can be called
)

// firstCauses is how many causes stand on the card before "more": with it and
// "back" a card has at most five rows of which four are work.
const firstCauses = 3

// item is one button: what it asks for, with which choice, and the key of its
// label.
type item struct {
	action, arg, key string
	args             words.Args
}

func one(action, key string) item { return item{action: action, key: key} }

func choice(action string, codes []string, labels string) []item {
	all := make([]item, len(codes))
	for i, code := range codes {
		all[i] = item{action: action, arg: code, key: labels + code}
	}
	return all
}

// back closes an opened choice.
var back = one("card", "button.back")

// choices are the buttons of an opened choice; nil = it is none. A choice of a
// choice names the first as "until/material".
func choices(j *job.Job, menu, of string) []item {
	switch menu {
	case "eta":
		return choice("eta", etas, "eta.")
	case "late":
		return choice("late", lates, "late.")
	case "cause":
		return append(choice("cause", Causes[:firstCauses], "cause."), one("more", "button.more"))
	case "end":
		return append(choice("end", j.Kind.Traits().Ends, "button.end."), one("later", "button.later"))
	case "again":
		return choice("again", again, "button.again.")
	case "more":
		return choice("cause", Causes[firstCauses:], "cause.")
	case "drop":
		return choice("reason", reasons, "reason.")
	case "wait":
		return choice("why", whys, "wait.")
	case "until":
		all := choice("until", untils, "until.")
		for i := range all {
			all[i].arg = of + "." + all[i].arg
		}
		return all
	case "help":
		return uncalled(j, choice("call", helpers, "button.call."))
	case "false":
		return []item{{action: "cause", arg: "false", key: "button.false_sure"}}
	case "rest":
		return rest(j)
	}
	return nil
}

// rest is what does not fit on the card itself: at most four buttons stand there
// (PRODUCT V1).
func rest(j *job.Job) []item {
	var all []item
	if j.State == job.OnTheWay && j.Short() {
		all = append(all, one("times", "button.eta"))
	}
	if j.Wait == (job.Wait{}) && j.Claims() > 0 && !j.Kind.Traits().Days { // what has days for it comes again instead
		all = append(all, one("wait", "button.wait"))
	}
	if j.Outage() {
		all = append(all, one("help", "button.help"), item{action: "call", arg: "hall", key: "button.hall"}, one("false", "button.false"))
		all = uncalled(j, all)
	}
	if j.Claims() > 0 {
		all = append(all, one("drop", "button.drop"))
	}
	return all
}

// uncalled leaves out who has been called already. A hall that could not help, or
// whose credit did not, may be asked again.
func uncalled(j *job.Job, all []item) []item {
	again := j.TopUp.State == job.TopUpRefused || j.TopUp.State == job.TopUpFailed
	return slices.DeleteFunc(all, func(it item) bool {
		return it.action == "call" && slices.Contains(j.Called, it.arg) && (it.arg != "hall" || !again)
	})
}

// work is what moves a job on from where it is.
func work(j *job.Job) []item {
	var all []item
	switch {
	case j.Claims() == 0:
		return []item{one("rest", "button.rest")}
	case j.Wait != (job.Wait{}):
		all = append(all, one("resume", "button.resume"))
	case !j.Drives():
	case j.State == job.Open, j.State == job.Claimed:
		all = append(all, one("depart", "button.depart"))
	case j.State == job.OnTheWay:
		all = append(all, one("arrive", "button.arrive"))
		if !j.Short() {
			all = append(all, one("times", "button.eta"))
		}
	}
	return append(all, one("done", j.Phrase("button.done")), one("rest", "button.rest"))
}

// buttons are a card's buttons: of the state, or of a choice that was opened. In
// an opened choice of the group's card Claim stays, last, so that nobody is kept
// out by it.
func buttons(j *job.Job, menu string, l words.Lang, group bool) [][]talk.Inline {
	if !j.Live() || j.State == job.Restored {
		return draw(j, afterwards(j), l)
	}
	menu, of := cutMenu(menu)
	all := choices(j, menu, of)
	claim := one("claim", j.Phrase("button.claim"))
	free := group && j.Short()
	switch {
	case all != nil && free:
		all = append(all, back, claim)
	case all != nil:
		all = append(all, back)
	case free:
		all = append([]item{claim}, work(j)...)
	default:
		all = work(j)
	}
	return draw(j, all, l)
}

// draw writes items as buttons, two side by side. A question that the clerks have is
// answered with the crew's buttons, pressed by clerks.
func draw(j *job.Job, all []item, l words.Lang) [][]talk.Inline {
	return drawFor(j.Room() == job.Clerks, j, all, l)
}

func drawFor(clerks bool, j *job.Job, all []item, l words.Lang) [][]talk.Inline {
	var rows [][]talk.Inline
	for i, it := range all {
		data := talk.Button{Job: j.No, Clerks: clerks, Action: it.action, Epoch: j.Epoch, Arg: it.arg}.Data()
		button := talk.Inline{Text: words.Plain(l, it.key, it.args), Data: data}
		if i%2 == 1 {
			rows[len(rows)-1] = append(rows[len(rows)-1], button)
			continue
		}
		rows = append(rows, []talk.Inline{button})
	}
	return rows
}
