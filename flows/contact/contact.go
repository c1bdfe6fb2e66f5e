// Package contact is where every dead end leads: the phone numbers that always
// answer, the contact point of the place, and a few words left for the people
// on duty, who call back. New connections and planned outages are asked about
// here as well: both end with a person and a number. flows/desk lists it. It
// promises no answer by a minute.
package contact

import (
	"slices"
	"strings"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// Flow is "talk to a person" (PRODUCT R17) and what leads to it.
func Flow() *talk.Flow {
	f := &talk.Flow{Name: "contact", Version: 1, Start: "person"}
	f.Steps = append(f.Steps, wordSteps()...)
	f.Steps = append(f.Steps, answerSteps()...)
	f.Steps = append(f.Steps, plannedSteps()...)
	f.Steps = append(f.Steps, placeSteps()...)
	f.Steps = append(f.Steps, talk.Step{ID: "points", Ends: true, Args: points})
	return f
}

// wordSteps leave a word for the people on duty. Whatever is said on the first
// screen is such a word: nobody who was not understood has to say it twice.
func wordSteps() []talk.Step {
	return []talk.Step{
		{ID: "person", Over: true, Args: numbers, Hear: hearWords("phone"), Leads: []string{"phone"}, Answers: []talk.Answer{
			{ID: "leave", Then: "phone"},
			{ID: "card", Then: "phone"},
			{ID: "point", Then: "place"},
			{ID: "fault", Then: "outage/danger"},
		}},
		{ID: "connect", Over: true, Args: numbers, Hear: hearWords("phone"), Leads: []string{"phone"}, Answers: []talk.Answer{
			{ID: "leave", Then: "phone"},
			{ID: "point", Then: "place"},
		}},
		talk.PhoneStep("tell", talk.Answer{ID: "here", Then: "tell"}),
		{
			ID: "tell", Free: true, Leads: []string{"pass"}, Hear: hearWords("pass"),
			Known:   talk.Already("said", func(t *talk.Turn) bool { return len(t.S.Notes)+len(t.S.Media) > 0 }),
			Answers: []talk.Answer{{ID: "call", Then: "pass", When: func(t *talk.Turn) bool { return t.Phone() != "" }}, {ID: "said", Then: "pass", When: never}},
		},
		{
			ID: "pass", Self: true, Enter: pass, Known: passed,
			Answers: []talk.Answer{{ID: "team", Then: "sent"}, {ID: "hall", Then: "sent_hall"}, {ID: "enough", Then: "enough"}},
		},
		{ID: "sent", Ends: true, Args: sentArgs},
		{ID: "sent_hall", Ends: true, Args: sentArgs},
		{ID: "enough", Ends: true, Args: numbers},
	}
}

// placeSteps ask which village or estate; the building matters to nobody here.
func placeSteps() []talk.Step {
	steps := talk.PlaceSteps("placed", "")
	for i := range steps {
		switch steps[i].ID {
		case "place":
			steps[i].Words = "contact.place"
		case "building":
			steps[i].Known = func(*talk.Turn) string { return "skip" }
		}
	}
	return append(steps, talk.Step{
		ID: "placed", Self: true, Known: func(t *talk.Turn) string {
			if t.Answer("planned_place") != "" {
				return "plan"
			}
			return "point"
		},
		Answers: []talk.Answer{{ID: "plan", Then: "planned"}, {ID: "point", Then: "points"}},
	})
}

func never(*talk.Turn) bool { return false }

func numbers(t *talk.Turn) words.Args {
	c := t.Desk.County
	promise := words.HTML("")
	if c.Promise != "" {
		promise = words.HTML("\n" + t.Word("contact.promise", words.Args{"Phone": c.Promise}))
	}
	hall := words.HTML("")
	if at, ok := c.NextOpening(c.Hall, t.E.At); ok && !c.Open(c.Hall, t.E.At) {
		hall = words.HTML("\n" + t.Word("contact.hall_closed", words.Args{"At": t.Desk.County.TimeInWords(t.S.Lang, at, t.E.At)}))
	} else if ok {
		hall = words.HTML("\n" + t.Word("contact.hall_open", nil))
	}
	return words.Args{"Promise": promise, "Hall": hall}
}

// hearWords takes what is to be passed on: words, or a picture or voice message
// that the router has kept already.
func hearWords(then string) func(*talk.Turn) string {
	return func(t *talk.Turn) string {
		switch t.E.Kind {
		case talk.Text:
			t.KeepWords(t.E.Text)
		case talk.Attach:
		default:
			return ""
		}
		return then
	}
}

// pass makes the words a job: somebody must claim them and answer, as with any
// fault. It is the duty team's; what is about cards and top-ups the hall answers
// while it is open (PRODUCT C3). Who is waiting for a call already has the words
// added to it, and who has opened many jobs today to whatever they wait for. The
// words themselves reach who claims it only.
func pass(t *talk.Turn) {
	t.S.Job = ""
	for _, j := range t.ReportedJobs() {
		if t.Waits(j) && j.Answers() {
			t.S.Job = j.No
			t.HandOver(j)
			return
		}
	}
	if t.ReachedDailyLimit() {
		if j := t.Waiting(); j != nil {
			t.HandOver(j)
		}
		return
	}
	j := &job.Job{
		Kind: job.Call, Symptom: "talk", Level: job.Ordinary, Place: t.S.Home.Place,
		Reports: []job.Report{{Chat: t.S.Chat, Lang: t.S.Lang, Name: t.E.From.Name, Phone: t.Phone(), At: t.E.At}},
	}
	switch {
	case t.Answer("connect") != "":
		j.Symptom = "connect"
	case aboutCard(t):
		j.Symptom = "question"
		if c := t.Desk.County; c.Chats.Hall != 0 && c.Open(c.Hall, t.E.At) {
			j.Kind = job.Question
		}
	}
	if t.S.Place.Known() {
		j.Place = t.S.Place
	}
	t.HandOver(j)
	t.Open(j)
}

// aboutCard says whether it is about a card or a top-up: it was said so, asked in
// the middle of the guide, or is written in the words.
func aboutCard(t *talk.Turn) bool {
	if t.Answer("person") == "card" {
		return true
	}
	for _, v := range t.S.Trail {
		if strings.HasPrefix(v.Step, "topup/") {
			return true
		}
	}
	for _, note := range t.S.Notes {
		for _, l := range words.Langs {
			if slices.ContainsFunc(words.Also(l, "symptom.question"), func(word string) bool {
				return strings.Contains(text.Fold(note), text.Fold(word))
			}) {
				return true
			}
		}
	}
	return false
}

// passed says who has it now.
func passed(t *talk.Turn) string {
	switch j := t.Job(); {
	case j == nil:
		return "enough"
	case j.Room() == job.Clerks:
		return "hall"
	}
	return "team"
}

func sentArgs(t *talk.Turn) words.Args { return words.Args{"No": t.S.Job} }
