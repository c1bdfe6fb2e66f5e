// Package visit is /visit: a leader asks two volunteers to go and see a household
// (PRODUCT V11): whose, where, why and by when. flows/desk lists it. What the pair
// needs of the household goes to them in private; the group's card says the place
// and the matter. It never asks anybody whether there is light: who is without it
// reports that, and has a job for it.
package visit

import (
	"strings"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// matters are why a household is visited, each a symptom of the job.
var matters = []string{"visit_wiring", "visit_meter", "visit_help", "visit_other"}

// spans are by when, in days from now.
var spans = []struct {
	id   string
	days int
}{{"tomorrow", 1}, {"three", 3}, {"week", 7}}

// Flow is the whole conversation.
func Flow() *talk.Flow {
	steps := []talk.Step{
		{ID: "who", Names: true, Free: true, Hear: hearWho, Leads: []string{"place"}},
	}
	steps = append(steps, talk.PlaceSteps("why", "")...)
	why := talk.Step{ID: "why", Free: true, Hear: hearWhy, Leads: []string{"by"}}
	for _, m := range matters {
		why.Answers = append(why.Answers, talk.Answer{ID: m, Then: "by"})
	}
	by := talk.Step{ID: "by"}
	for _, s := range spans {
		by.Answers = append(by.Answers, talk.Answer{ID: s.id, Then: "sent", Do: func(t *talk.Turn) { open(t, s.days) }})
	}
	return &talk.Flow{Name: "visit", Version: 1, Start: "who", Steps: append(steps, why, by, talk.Step{ID: "sent", Ends: true, Args: args})}
}

// hearWho takes the household's name, and its phone where one is written beside it.
func hearWho(t *talk.Turn) string {
	if t.E.Kind != talk.Text {
		return ""
	}
	t.S.Phone = text.Phone(t.E.Text)
	t.Keep("name", strings.TrimRight(strings.Replace(t.E.Text, t.S.Phone, "", 1), " ，,"))
	return "place"
}

// hearWhy takes a matter of which there is no button: its words go to the pair.
func hearWhy(t *talk.Turn) string {
	if t.E.Kind != talk.Text {
		return ""
	}
	t.Keep("why", "visit_other")
	t.KeepWords(t.E.Text)
	return "by"
}

// open makes the visit: due at the end of a day, and typed by the leader, to whom
// nothing more is said of it than the card says.
func open(t *talk.Turn, days int) {
	y, m, d := t.E.At.AddDate(0, 0, days).Date()
	j := &job.Job{
		Kind: job.Visit, Level: job.Ordinary, Symptom: t.Answer("why"), Place: t.S.Place,
		Due:     time.Date(y, m, d, 18, 0, 0, 0, t.E.At.Location()),
		Reports: []job.Report{{Chat: t.S.Chat, Lang: t.S.Lang, Name: t.Answer("name"), Phone: t.S.Phone, At: t.E.At, Typed: true}},
	}
	t.HandOver(j)
	t.Open(j)
	j.History[len(j.History)-1].Name = t.E.From.Name // the log says which leader it was
}

func args(t *talk.Turn) words.Args { return words.Args{"No": t.S.Job} }
