package outage

import (
	"slices"
	"strings"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// reportSteps are the end of a report: what was understood, the phone, the
// receipt. A shared contact is phone and "yes, report" in one tap; whoever is
// known and says that all is dark needs no summary.
func reportSteps() []talk.Step {
	return []talk.Step{
		{
			ID: "summary", Names: true, Free: true, Args: summaryArgs, Hear: hearPhone("send"), Leads: []string{"summary", "send"},
			Answers: []talk.Answer{
				{ID: "send", Means: "yes", Then: "send", When: hasPhone},
				{ID: "share", Then: "send", Ask: talk.ContactKey, When: noPhone},
				{ID: "without", Means: "phone=none", Then: "send", When: noPhone},
				{ID: "back", Then: "solved", When: advised},
				{ID: "change", Means: "correct no", Then: "change"},
			},
		},
		{ID: "change", Answers: []talk.Answer{
			{ID: "where", Then: "town", Do: func(t *talk.Turn) {
				t.S.Place = county.Place{}
				t.Drop("typed", "write")
			}},
			{ID: "phone", Then: "phone"},
			{ID: "trouble", Then: "neighbours", Do: func(t *talk.Turn) { t.Drop(triage...) }},
		}},
		{
			ID: "phone", Names: true, Free: true, Hear: hearPhone("summary"), Leads: []string{"phone", "summary"},
			Answers: []talk.Answer{{ID: "share", Then: "summary", Ask: talk.ContactKey}},
		},
		{
			ID: "send", Self: true, Enter: send, Known: sent,
			Answers: []talk.Answer{{ID: "new", Then: "receipt"}, {ID: "remembered", Then: "receipt_known"}, {ID: "enough", Then: "contact/enough"}},
		},
		{ID: "receipt", Over: true, Args: receiptArgs, Answers: []talk.Answer{
			{ID: "remember", Means: "yes", Then: "remembered", Do: rememberHome},
			{ID: "no", Then: "not_remembered"},
		}},
		{ID: "receipt_known", Args: receiptArgs, Ends: true},
		{ID: "remembered", Ends: true},
		{ID: "not_remembered", Ends: true},
	}
}

func hasPhone(t *talk.Turn) bool { return phone(t) != "" }

func noPhone(t *talk.Turn) bool { return phone(t) == "" }

// phone is the phone for this report; a caller's is not the one remembered.
func phone(t *talk.Turn) string {
	if forCaller(t) {
		return t.S.Phone
	}
	return t.Phone()
}

// allKnown says whether nothing is left to confirm: the place is the remembered
// one and the phone is known.
func allKnown(t *talk.Turn) bool {
	return t.S.Place == t.S.Home.Place && t.S.Place.Known() && phone(t) != ""
}

// advised says whether the resident was told on the way here what to do about
// what the meter shows, and may say that it helped.
func advised(t *talk.Turn) bool { return t.Answer("shown") != "" }

func hearPhone(then string) func(*talk.Turn) string {
	return talk.HearPhone("outage.summary.noted", then)
}

// enough says whether this report is for the hotline: its reporter has opened
// many today. A home that must not wait, and one where a danger could not be ruled
// out, is never refused; a job that is out already is none to open.
func enough(t *talk.Turn) bool {
	return t.ReachedDailyLimit() && !early(t) && !forCaller(t) && !careful(t)
}

// early says whether the job of this talk is out already, because of a danger.
func early(t *talk.Turn) bool {
	j := t.Job()
	return j != nil && t.Waits(j) && j.Outage() && !j.ReportOf(t.S.Chat).Joined
}

// send opens the job, or completes one that was opened too early. Everything
// said so far goes with it; of a report for the hotline, with the fault that
// still waits.
func send(t *talk.Turn) {
	if enough(t) {
		if j := t.Fault(); j != nil {
			t.HandOver(j)
		}
		return
	}
	j, early := t.Job(), early(t)
	if !early {
		j = &job.Job{Kind: job.Fault, Reports: []job.Report{report(t)}}
	}
	if forCaller(t) {
		t.Tell("outage.typed", nil)
	}
	j.Place, j.Symptom, j.Tried, j.Needs, j.Level, j.Meter = t.S.Place, symptom(t), tried(t), needs(t), level(t), t.Answer("shown")
	j.Paid = job.Payment{By: t.Answer("topup/channel"), When: t.Answer("topup/when")}
	t.HandOver(j)
	if early {
		*j.ReportOf(t.S.Chat) = report(t)
		j.Record(job.Entry{At: t.E.At, What: job.DidComplete, User: t.S.Chat})
		j.Raise(job.Actor{ID: t.S.Chat}, job.RaisedAsked, t.E.At) // a report is for people, whoever has it until now
	} else {
		t.Open(j)
	}
	t.S.Trail = nil
}

// sent leads on from a report: to the hotline, or to its receipt.
func sent(t *talk.Turn) string {
	if enough(t) {
		return "enough"
	}
	return worthRemembering(t)
}

// worthRemembering says whether there is something to offer to remember: not
// what is remembered already, not somebody else's home, and not a place that
// the desk does not know.
func worthRemembering(t *talk.Turn) string {
	if t.S.Place == t.S.Home.Place && phone(t) == t.S.Home.Phone || forSomebody(t) || !t.S.Place.Known() {
		return "remembered"
	}
	return "new"
}

func report(t *talk.Turn) job.Report {
	r := job.Report{Chat: t.S.Chat, Lang: t.S.Lang, Name: t.E.From.Name, Phone: phone(t), At: t.E.At, Typed: forCaller(t)}
	r.Onsite = t.Answer("whom")
	if !r.Typed {
		r.FalseBefore = len(t.FalseReports())
	}
	return r
}

// anything stands in the table of symptoms for every answer that was given.
const anything = "*"

// symptoms are what an answer says of the fault; the first that was given counts.
var symptoms = []struct{ step, answer, symptom string }{
	{"reset", "trips", "trips"}, {"push", "trips", "trips"}, {"part", "trips", "trips"}, {"branches", "trips", "trips"},
	{"fuse", "knife", "fuse"},
	{"flicker", "bright", "bright"}, {"flicker", "dim", "dim"}, {"flicker", "motor", "motor"},
	{"planned_hit", "still", "overdue"},
	{"neighbours", "dark", "area"},
	{"neighbours", "part", "part"}, {"branches", "visit", "part"},
	{"topup/channel", anything, "paid"},
	{"meter", "yes", "card"}, {"topup/trouble", anything, "card"},
	{"neighbours", "flicker", "flicker"},
	{"neighbours", "me", "home"},
}

// symptom is the key, below symptom.*, of what the card says.
func symptom(t *talk.Turn) string {
	for _, s := range symptoms {
		if answer := t.Answer(s.step); answer != "" && (answer == s.answer || s.answer == anything) {
			return s.symptom
		}
	}
	return "dark"
}

// tried lists what the resident did already, so that nobody asks again at the
// door.
func tried(t *talk.Turn) []string {
	var done []string
	for _, step := range selfHelp {
		_, name, found := strings.Cut(step, "/")
		if !found {
			name = step
		}
		answer := t.Answer(step)
		switch name {
		case "early", "turn", "first_insert", "reserve":
			name = "insert"
		}
		if answer == "" || answer == "unsure" || strings.HasPrefix(answer, "/") || name == "branches" || slices.Contains(done, name) {
			continue
		}
		done = append(done, name)
	}
	return done
}

func needs(t *talk.Turn) []string {
	if vulnerable(t) {
		return []string{t.Answer("household")}
	}
	return nil
}

// level follows DOMAIN §2.4: a medical device, a bright and flickering light
// and a whole area are urgent.
func level(t *talk.Turn) job.Level {
	if slices.Contains([]string{"bright", "area"}, symptom(t)) || t.Answer("household") == "medical" {
		return job.Urgent
	}
	return job.Ordinary
}

func summaryArgs(t *talk.Turn) words.Args {
	key := "outage.summary.ask_phone"
	if phone(t) != "" {
		key = "outage.summary.ask_send"
	}
	return words.Args{
		"Place": placeName(t), "Symptom": words.HTML(t.Word("symptom."+symptom(t), nil)), "Phone": phone(t), "Heard": unasked(t),
		"Ask": words.HTML(t.Word(key, words.Args{"Phone": phone(t)})),
	}
}

// unasked repeats, once, what the desk has taken from the person's own words and has not asked:
// who is at home, and whom to look for.
func unasked(t *talk.Turn) words.HTML {
	var lines []string
	if h := t.Heard("household"); vulnerable(t) && h == t.Answer("household") {
		lines = append(lines, t.Word("card.need."+h, nil))
	}
	if whom := t.Answer("whom"); whom != "" && whom == t.Heard("onsite") {
		lines = append(lines, "👤 "+words.Escape(whom))
	}
	if lines == nil {
		return ""
	}
	return words.HTML(strings.Join(lines, "\n") + "\n")
}

func placeName(t *talk.Turn) string {
	if name := strings.TrimSpace(t.Desk.County.HomeName(t.S.Place, t.S.Lang)); name != "" {
		return name
	}
	return t.Word("place.unknown_name", nil)
}

// receiptArgs fill the receipt. The usual arrival time is said with "usually";
// a place whose class nobody knows gets none (DOMAIN §2.1), and what is measured
// by day gets none either (DOMAIN §4 V2).
func receiptArgs(t *talk.Turn) words.Args {
	promise := words.HTML("")
	if j := t.Job(); j != nil && j.Symptom == "dim" {
		promise = words.HTML(t.Word("outage.receipt.daytime", nil))
	} else if minutes, ok := t.Desk.County.UsualMinutes(t.S.Place); ok {
		promise = words.HTML(t.Word("outage.receipt.usually", words.Args{"Minutes": minutes}))
	}
	args := words.Args{"No": t.S.Job, "Usually": promise, "Place": placeName(t), "Phone": phone(t), "State": words.HTML("")}
	if j := t.Job(); j != nil {
		args["State"] = t.Progress(j)
	}
	return args
}

// rememberHome keeps place, phone and household, with consent, so that the next
// report asks for none of them.
func rememberHome(t *talk.Turn) {
	t.S.Home = talk.Home{Place: t.S.Place, Phone: phone(t)}
	if h := t.Answer("household"); vulnerable(t) || h == "none" {
		t.S.Home.Household = h
	}
}
