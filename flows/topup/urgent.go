package topup

import (
	"slices"
	"time"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// The urgent top-up (PRODUCT R8): the hall is closed and the home is dark, or
// will be before it opens. What the clerk on duty needs is asked for, and only
// what is not known yet; never money, bank data or a password.

// urgentSteps are the questions, and the receipt.
func urgentSteps() []flows.Step {
	steps := []flows.Step{
		{ID: "now", Known: cutKnown, Answers: []flows.Answer{
			{ID: "cut", Then: "risk"},
			{ID: "nearly", Then: "risk"},
			{ID: "lasts", Then: "later"},
		}},
		{ID: "risk", Known: riskKnown, Answers: []flows.Answer{
			{ID: "medical", Then: "before", Do: medicalTold},
			{ID: "goods", Then: "before"},
			{ID: "none", Then: "before"},
		}},
		{ID: "before", Self: true, Known: before, Answers: []flows.Answer{
			{ID: "joined", Then: "joined"},
			{ID: "limit", Then: "limit"},
			{ID: "new", Then: "place"},
		}},
	}
	steps = append(steps, urgentPlace()...)
	return append(steps,
		flows.Step{ID: "phone", Names: true, Free: true, Hear: hearPhone, Leads: []string{"phone", "account"}, Known: phoneKnown, Answers: []flows.Answer{
			{ID: "share", Then: "account", Ask: flows.ContactKey},
			{ID: "known", Then: "account", When: never},
		}},
		flows.Step{ID: "account", Names: true, Free: true, Hear: hearAccount, Leads: []string{"account", "display"}, Answers: []flows.Answer{
			{ID: "unsure", Then: "display"},
		}},
		flows.Step{ID: "display", Free: true, Known: displayKnown, Hear: hearShown, Leads: []string{"wanted"}, Answers: []flows.Answer{
			{ID: "buy", Then: "wanted"},
			{ID: "off", Then: "wanted"},
			{ID: "blank", Then: "wanted"},
			{ID: "unsure", Then: "wanted"},
			{ID: "said", Then: "wanted", When: never},
		}},
		flows.Step{ID: "wanted", Free: true, Offer: sums, Chosen: sumChosen, Hear: hearSum, Leads: []string{"wanted", "tonight"}, Answers: []flows.Answer{
			{ID: "unsure", Then: "tonight"},
		}},
		flows.Step{ID: "tonight", Lookup: flows.TopUpsTonight, Answers: []flows.Answer{{ID: "found", Then: "request"}, {ID: "none", Then: "request"}}},
		flows.Step{
			ID: "request", Self: true, Enter: request, Known: func(*flows.Turn) string { return "sent" },
			Answers: []flows.Answer{{ID: "sent", Then: "asked"}},
		},
		flows.Step{ID: "asked", Ends: true, Args: requestArgs},
		flows.Step{ID: "joined", Ends: true, Args: requestArgs},
		flows.Step{ID: "limit", Args: requestArgs, Answers: []flows.Answer{
			{ID: "people", Then: "come"},
			{ID: "morning", Then: "later"},
		}},
	)
}

// urgentPlace are the questions for the place: the building is asked for, since
// each meter has one home.
func urgentPlace() []flows.Step {
	steps := flows.PlaceSteps("phone", "")
	for i := range steps {
		switch s := &steps[i]; s.ID {
		case "place":
			s.Words = "topup.place"
			known := s.Known
			s.Known = func(t *flows.Turn) string {
				if t.Answer("outage/onsite") != "" && t.S.Place != (flows.Place{}) {
					return "said"
				}
				return known(t)
			}
			s.Answers = append(s.Answers, flows.Answer{ID: "said", Then: "phone", When: never})
		case "community": // a position sent here may lie outside, too
			s.Leads = append(s.Leads, "outside")
		}
	}
	return steps
}

func never(*flows.Turn) bool { return false }

// offered says whether the hall's clerk may be asked: the hall is closed, and it
// has a group.
func offered(t *flows.Turn) bool {
	c := t.Desk.County
	return c.Chats.Hall != 0 && !c.Open(c.Hall, t.E.At)
}

// cutKnown: who comes from "no power" sits in the dark, and whose meter says that
// it has cut the power as well.
func cutKnown(t *flows.Turn) string {
	if !fromHere(t) || t.Answer("shows") == "cut" {
		return "cut"
	}
	return ""
}

// riskKnown: who has a device to breathe by has said so, or is remembered.
func riskKnown(t *flows.Turn) string {
	if t.Answer("outage/household") == "medical" || t.Answer("outage/household") == "" && t.S.Home.Household == "medical" {
		return "medical"
	}
	return ""
}

func medicalTold(t *flows.Turn) { t.Tell("topup.risk.medical_told", nil) }

func phone(t *flows.Turn) string {
	if t.S.Phone != "" {
		return t.S.Phone
	}
	return t.S.Home.Phone
}

func phoneKnown(t *flows.Turn) string {
	if phone(t) != "" {
		return "known"
	}
	return ""
}

func hearPhone(t *flows.Turn) string {
	switch {
	case t.E.Kind == flows.Contact && !t.E.Foreign && t.E.Phone != "":
		t.S.Phone = t.E.Phone
		return "account"
	case t.E.Kind != flows.Text:
		return ""
	}
	if number := flows.Phone(t.E.Text); number != "" {
		t.S.Phone = number
		return "account"
	}
	t.KeepWords(t.E.Text)
	t.Tell("contact.phone.noted", nil)
	return "phone"
}

// hearAccount takes the number of the account or the meter, as written or in a
// picture. Whether it is one the clerk sees.
func hearAccount(t *flows.Turn) string {
	switch t.E.Kind {
	case flows.Text:
		if t.Blanked() {
			return "account"
		}
		t.Keep("account_no", t.E.Text)
	case flows.Attach: // kept by the router
	default:
		return ""
	}
	return "display"
}

func displayKnown(t *flows.Turn) string {
	if meterSays(t) != "" {
		return "said"
	}
	return ""
}

func hearShown(t *flows.Turn) string {
	switch t.E.Kind {
	case flows.Text:
		t.Keep("outage/shown", t.E.Text)
	case flows.Attach: // kept by the router
	default:
		return ""
	}
	return "wanted"
}

// sums offers the amounts of the desk file.
func sums(t *flows.Turn) []flows.Choice {
	var all []flows.Choice
	for _, n := range t.Desk.County.Urgent.Amounts {
		label := words.Plain(t.S.Lang, "yuan", words.Args{"N": n})
		yuan, _ := flows.Yuan(label)
		all = append(all, flows.Choice{ID: yuan, Label: label})
	}
	return all
}

func sumChosen(t *flows.Turn, yuan string) string {
	t.Keep("sum", yuan)
	return "tonight"
}

func hearSum(t *flows.Turn) string {
	if t.E.Kind != flows.Text {
		return ""
	}
	yuan, ok := flows.Yuan(t.E.Text)
	if !ok {
		t.Tell("topup.wanted.unread", nil)
		return "wanted"
	}
	return sumChosen(t, yuan)
}

// before says what the household has asked for already: a request that is open is
// that one. Of further ones in one night the clerk is not asked, unless somebody
// is at risk; the resident is told so, and people can still come.
func before(t *flows.Turn) string {
	asked := 0
	for _, j := range t.Mine() {
		at := j.Last(flows.DidAskHall, "", 0)
		switch {
		case t.Waits(j) && j.TopUp.State != "" && j.TopUp.State != flows.TopUpFailed:
			t.HandOver(j)
			t.S.Job = j.No
			return "joined"
		case t.E.At.Sub(at) < night:
			asked++
		}
	}
	if asked >= t.Desk.County.Urgent.Limit && len(needs(t)) == 0 {
		return "limit"
	}
	return "new"
}

// night is how long the requests of one household are counted together.
const night = 24 * time.Hour

// request asks the hall: for the fault that this person has reported already, or
// for a new job.
func request(t *flows.Turn) {
	j := t.Fault()
	if j == nil {
		j = opened(t)
	}
	t.S.Job = j.No
	t.HandOver(j)
	u := &j.TopUp
	u.Account, u.Kind, u.Wanted, u.Nth = t.Answer("account_no"), kind(t), t.Answer("sum"), tonight(t)+1
	if j.Meter == "" {
		j.Meter = meterSays(t)
	}
	j.AskHall(flows.Actor{ID: t.S.Chat}, t.E.At)
}

// opened is a job of its own. While nobody is at risk the hall has it alone.
func opened(t *flows.Turn) *flows.Job {
	j := &flows.Job{
		Symptom: "card", Level: flows.Ordinary, Place: t.S.Place, Needs: needs(t), Tried: tried(t),
		Reports: []flows.Report{{Chat: t.S.Chat, Lang: t.S.Lang, Name: t.E.From.Name, Phone: phone(t), At: t.E.At}},
	}
	if j.Hall = !alarms(j); !j.Hall {
		j.Level = flows.Urgent
	}
	t.HandOver(j)
	return t.Open(j)
}

// alarms says whether the crew is called besides the clerk: a device to breathe
// by and goods that spoil do not wait for one person alone.
func alarms(j *flows.Job) bool {
	return slices.Contains(j.Needs, "medical") || slices.Contains(j.Needs, "goods")
}

// needs says who must not wait.
func needs(t *flows.Turn) (all []string) {
	if r := t.Answer("risk"); r == "medical" || r == "goods" {
		all = append(all, r)
	}
	household := t.Answer("outage/household")
	if household == "" {
		household = t.S.Home.Household
	}
	if household == "helpless" {
		all = append(all, household)
	}
	return all
}

// tried lists what was done at the meter on the way here.
func tried(t *flows.Turn) (done []string) {
	for _, step := range []string{"insert", "remote", "push"} {
		if t.Answer(step) != "" || t.Answer("outage/"+step) != "" {
			done = append(done, step)
		}
	}
	return done
}

// kind is which meter it is, when it was said.
func kind(t *flows.Turn) string {
	for _, answer := range []string{t.Answer("kind"), t.Answer("outage/card")} {
		if answer == "slot" || answer == "slotless" {
			return answer
		}
	}
	return ""
}

// meterSays is what the meter shows, as it was said.
func meterSays(t *flows.Turn) string {
	if typed := t.Answer("outage/shown"); typed != "" {
		return typed
	}
	for _, step := range []string{"display", "shows"} {
		switch a := t.Answer(step); a {
		case "buy", "off", "blank", "low", "cut":
			return words.Plain(t.Desk.County.Lang, "topup."+step+"."+a, nil)
		}
	}
	return ""
}

// tonight counts the earlier requests of this household, from whichever chat. Of
// one from another chat the clerk hears, and nobody else: an address that is typed
// must not tell who lives there.
func tonight(t *flows.Turn) (n int) {
	for _, j := range t.E.Finding.Jobs {
		if j.ReportOf(t.S.Chat) != nil || sameHome(t, j) {
			n++
		}
	}
	return n
}

func sameHome(t *flows.Turn, j *flows.Job) bool {
	same := func(a, b string) bool { return a != "" && flows.Fold(a) == flows.Fold(b) }
	p := t.S.Place
	return same(t.Answer("account_no"), j.TopUp.Account) ||
		p.Town == j.Place.Town && p.Community == j.Place.Community && same(p.Detail, j.Place.Detail)
}

func requestArgs(t *flows.Turn) words.Args {
	c := t.Desk.County
	args := words.Args{"No": t.S.Job, "Minutes": int(c.Ladders.Clerk[0].Minutes()), "Limit": c.Urgent.Limit, "At": "", "State": words.HTML(""), "Team": words.HTML("")}
	if at, ok := c.NextOpening(c.Hall, t.E.At); ok {
		args["At"] = t.Desk.Moment(t.S.Lang, at, t.E.At)
	}
	if j := t.Job(); j != nil {
		args["State"] = t.Progress(j)
		if !j.Hall {
			args["Team"] = words.HTML(t.Word("topup.asked.team", nil))
		}
	}
	return args
}
