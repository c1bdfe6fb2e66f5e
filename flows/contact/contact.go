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
	f := &talk.Flow{Name: "contact", Version: 2, Start: "person", Due: talk.PassUnfinished}
	f.Steps = append(f.Steps, wordSteps()...)
	f.Steps = append(f.Steps, answerSteps()...)
	f.Steps = append(f.Steps, plannedSteps()...)
	f.Steps = append(f.Steps, placeSteps()...)
	f.Steps = append(f.Steps, talk.Step{ID: "points", Ends: true, Args: points})
	return f
}

// wordSteps leave a word for the people on duty. Whatever is said on the first
// screen is such a word: nobody who was not understood has to say it twice. It is
// passed on before anything else is asked.
func wordSteps() []talk.Step {
	return []talk.Step{
		{ID: "person", Over: true, Args: numbers, Hear: hearWords("tell"), Leads: []string{"pass", "tell"}, Answers: []talk.Answer{
			{ID: "leave", Then: "tell"},
			{ID: "card", Then: "tell"},
			{ID: "point", Then: "place"},
			{ID: "fault", Then: "outage/danger"},
		}},
		{ID: "connect", Over: true, Args: numbers, Hear: hearWords("tell"), Leads: []string{"pass", "tell"}, Answers: []talk.Answer{
			{ID: "leave", Then: "phone"},
			{ID: "point", Then: "place"},
		}},
		phoneStep(),
		{
			ID: "tell", Free: true, Leads: []string{"pass", "tell"}, Hear: hearWords("tell"),
			Known:   talk.Already("said", func(t *talk.Turn) bool { return len(t.S.Notes)+len(t.S.Media) > 0 }),
			Answers: []talk.Answer{{ID: "call", Then: "pass", When: func(t *talk.Turn) bool { return t.Phone() != "" }}, {ID: "said", Then: "pass", When: never}},
		},
		{
			ID: "pass", Self: true, Enter: pass, Known: passed,
			Answers: []talk.Answer{{ID: "team", Then: "sent", Forks: unreachable}, {ID: "hall", Then: "sent_hall", Forks: unreachable}, {ID: "enough", Then: "enough"}},
		},
		{ID: "reach", Over: true, Exact: true, Args: sentArgs, Hear: hearPhone, Leads: []string{"reached"}, Answers: []talk.Answer{
			{ID: "share", Then: "reached", Ask: talk.ContactKey},
			{ID: "here", Means: "no phone=none", Then: "unphoned"},
		}},
		{ID: "reached", Ends: true, Args: sentArgs},
		{ID: "unphoned", Ends: true, Args: sentArgs},
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

// unreachable leads to the question for a phone, which may be left unanswered.
var unreachable = []talk.Fork{{Name: "no phone yet", If: func(t *talk.Turn) bool { return t.Job().ReportOf(t.S.Chat).Phone == "" }, Then: "reach"}}

// hearWords takes what is to be passed on: words, or a picture or voice message that
// the router has kept already. A number in them is where to call; a number alone leads
// to then.
func hearWords(then string) func(*talk.Turn) string {
	return func(t *talk.Turn) string {
		switch t.E.Kind {
		case talk.Text:
			number := text.Phone(t.E.Text)
			if number != "" {
				t.S.Phone = number
			}
			if number != "" && text.Fold(t.E.Text) == number {
				t.Tell("router.contact_kept", words.Args{"Phone": number})
				return then
			}
			t.KeepWords(t.E.Text)
		case talk.Attach:
		default:
			return ""
		}
		return "pass"
	}
}

// phoneStep asks for the phone of who wants to be called; words are passed on without.
func phoneStep() talk.Step {
	s := talk.PhoneStep("pass", talk.Answer{ID: "here", Then: "tell"})
	shared, said := s.Hear, hearWords("pass")
	s.Hear = func(t *talk.Turn) string {
		if t.E.Kind == talk.Contact {
			return shared(t)
		}
		return said(t)
	}
	return s
}

// hearPhone takes the number for the words that were passed on, shared or typed.
func hearPhone(t *talk.Turn) string {
	number := t.E.Phone
	if t.E.Kind == talk.Text {
		number = text.Phone(t.E.Text)
	}
	j := t.Job()
	if number == "" || t.E.Foreign || j == nil || !t.Waits(j) {
		return ""
	}
	if t.E.Kind == talk.Text && text.Fold(t.E.Text) != number {
		j.Note(t.S.Chat, job.Note{At: t.E.At, Text: t.E.Text})
	}
	t.S.Phone, j.ReportOf(t.S.Chat).Phone = number, number
	j.Record(job.Entry{At: t.E.At, What: job.DidComplete, User: t.S.Chat})
	return "reached"
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
		Reports: []job.Report{{Chat: t.S.Chat, Lang: t.S.Lang, Name: t.Name(), Phone: t.Phone(), At: t.E.At}},
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

func sentArgs(t *talk.Turn) words.Args {
	args := words.Args{"No": t.S.Job, "Who": "", "Phone": ""}
	if j := t.Job(); j != nil && j.ReportOf(t.S.Chat) != nil {
		args["Phone"] = j.ReportOf(t.S.Chat).Phone
		args["Who"] = words.HTML(t.Word("contact.who."+string(j.Room()), nil))
	}
	return args
}
