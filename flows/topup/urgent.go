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
			{ID: "new", Then: "place"},
		}},
	}
	steps = append(steps, urgentPlace()...)
	return append(steps,
		flows.Step{ID: "often", Self: true, Known: often, Answers: []flows.Answer{{ID: "limit", Then: "limit"}, {ID: "new", Then: "phone"}}},
		flows.Step{ID: "phone", Names: true, Free: true, Hear: hearPhone, Leads: []string{"phone", "account"}, Known: phoneKnown, Answers: []flows.Answer{
			{ID: "share", Then: "account", Ask: flows.ContactKey},
			{ID: "known", Then: "account", When: never},
		}},
		flows.Step{ID: "account", Names: true, Free: true, Hear: hearAccount, Leads: []string{"display"}, Answers: []flows.Answer{
			{ID: "unsure", Then: "display"},
		}},
		flows.Step{ID: "display", Free: true, Known: displayKnown, Hear: hearShown, Leads: []string{"wanted"}, Answers: []flows.Answer{
			{ID: "buy", Then: "wanted"},
			{ID: "off", Then: "wanted"},
			{ID: "blank", Then: "wanted"},
			{ID: "unsure", Then: "wanted"},
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
		flows.Step{ID: "joined", Over: true, Args: requestArgs, Answers: []flows.Answer{{ID: "another", Then: "place"}}},
		flows.Step{ID: "limit", Args: requestArgs, Answers: []flows.Answer{
			{ID: "people", Then: "come"},
			{ID: "morning", Then: "later"},
		}},
	)
}

// urgentPlace are the questions for the place: the building is asked for, since
// each meter has one home.
func urgentPlace() []flows.Step {
	steps := flows.PlaceSteps("often", "")
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
			s.Answers = append(s.Answers, flows.Answer{ID: "said", Then: "often", When: never})
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

// cutKnown: who comes from "no power" sits in the dark.
func cutKnown(t *flows.Turn) string {
	if !fromHere(t) {
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
		t.Keep("number", t.E.Text)
	case flows.Attach: // kept by the router
	default:
		return ""
	}
	return "display"
}

func displayKnown(t *flows.Turn) string {
	if t.Answer("outage/shown") != "" {
		return "unsure"
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

// before says whether the person has asked already: a request that is open is that
// one, unless they say that it is for another home. What they have just said of a
// risk counts for it.
func before(t *flows.Turn) string {
	for _, j := range t.Mine() {
		if t.Waits(j) && j.TopUp.State != "" && j.TopUp.State != flows.TopUpFailed {
			t.S.Job = j.No
			t.HandOver(j)
			require(t, j)
			return "joined"
		}
	}
	return "new"
}

// require adds who must not wait to a job that was there before. What the hall
// had alone does not wait for one person then.
func require(t *flows.Turn, j *flows.Job) {
	known := len(j.Needs)
	for _, n := range needs(t) {
		if !slices.Contains(j.Needs, n) {
			j.Needs = append(j.Needs, n)
		}
	}
	if len(j.Needs) == known {
		return
	}
	if alarms(j) {
		j.Level = flows.Urgent
		j.Raise(flows.Actor{ID: t.S.Chat}, flows.RaisedAsked, t.E.At)
	}
	j.Record(flows.Entry{At: t.E.At, What: flows.DidComplete, User: t.S.Chat})
}

// often says whether the clerk has been asked for this home as often as one night
// allows. A home at risk is not counted; the resident is told so, and people can
// still come.
func often(t *flows.Turn) string {
	t.S.Job = "" // of the request before, which was for another home
	asked := 0
	for _, j := range t.Mine() {
		if !j.Last(flows.DidAskHall, "", 0).Before(t.E.At.Add(-night)) && !elsewhere(t.S.Place, j.Place) {
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

// request asks the hall: for the fault of this home that the person has reported
// already, or for a new job.
func request(t *flows.Turn) {
	j := fault(t)
	if j == nil {
		j = opened(t)
	}
	t.S.Job = j.No
	t.HandOver(j)
	if r := j.ReportOf(t.S.Chat); r.Phone == "" {
		r.Phone = phone(t)
	}
	u := &j.TopUp
	u.Account, u.Kind, u.Wanted, u.Nth = t.Answer("number"), kind(t), t.Answer("sum"), tonight(t)+1
	if j.Meter == "" {
		j.Meter = shown(t)
	}
	j.AskHall(flows.Actor{ID: t.S.Chat}, t.E.At)
	require(t, j)
}

// fault gives the newest fault of this home that the person waits for, or nil.
func fault(t *flows.Turn) *flows.Job {
	for _, j := range slices.Backward(t.Mine()) {
		if t.Waits(j) && !j.Call() && !j.ReportOf(t.S.Chat).Typed && !elsewhere(t.S.Place, j.Place) {
			return j
		}
	}
	return nil
}

// elsewhere says whether two places are two homes, as far as is known of both: a
// meter has one. Rather too often than too seldom: credit for the parents' home
// must not end what waits at one's own.
func elsewhere(a, b flows.Place) bool {
	differ := func(a, b string) bool { return a != "" && b != "" && flows.Fold(a) != flows.Fold(b) }
	return differ(a.Town, b.Town) || differ(a.Community, b.Community) || differ(a.Words, b.Words) || differ(a.Detail, b.Detail)
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

// shown is what the meter shows, as it was said.
func shown(t *flows.Turn) string {
	if s := t.Answer("outage/shown"); s != "" {
		return s
	}
	if d := t.Answer("display"); d != "" && d != "unsure" && d != "heard" {
		return words.Plain(t.Desk.County.Lang, "topup.display."+d, nil)
	}
	return ""
}

// tonight counts the earlier requests of this household, from whichever chat. Of
// one from another chat the clerk hears, and nobody else: an address that is typed
// must not tell who lives there.
func tonight(t *flows.Turn) (n int) {
	for _, j := range t.E.Finding.Jobs {
		if sameHome(t, j) || j.ReportOf(t.S.Chat) != nil && !elsewhere(t.S.Place, j.Place) {
			n++
		}
	}
	return n
}

func sameHome(t *flows.Turn, j *flows.Job) bool {
	same := func(a, b string) bool { return a != "" && flows.Fold(a) == flows.Fold(b) }
	p := t.S.Place
	return same(t.Answer("number"), j.TopUp.Account) ||
		p.Town == j.Place.Town && p.Community == j.Place.Community && same(p.Detail, j.Place.Detail)
}

func requestArgs(t *flows.Turn) words.Args {
	c := t.Desk.County
	args := words.Args{"No": t.S.Job, "Minutes": int(c.Ladders.Clerk[0].Minutes()), "Limit": c.Urgent.Limit, "At": t.Word("topup.unknown_hours", nil), "State": words.HTML(""), "Team": words.HTML("")}
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
