package duty

import (
	"slices"
	"strings"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/text"
	"powerdesk/flows/understand"
	"powerdesk/flows/words"
)

// Questions is the flow of what a volunteer or a clerk is asked in private about a
// job: another time of arrival than the buttons offer, what was done, whose the
// faulty part is, the number of the account, the sum that was bought. They begin at
// a press on a card, never at a command. Nothing here is needed to finish a job, and
// nothing here reaches a group.
func Questions() *talk.Flow {
	return &talk.Flow{Name: "work", Version: 1, Start: "done", Steps: []talk.Step{
		{ID: "eta", Free: true, Args: jobArgs, Hear: hearETA, Leads: []string{"eta", "set", "noted", "over"}},
		{ID: "set", Ends: true, Args: etaArgs},
		{ID: "over", Ends: true, Args: jobArgs},
		{
			ID: "done", Free: true, Over: true, Args: jobArgs, Hear: hearDone, Leads: []string{"property", "danger"},
			Answers: []talk.Answer{{ID: "skip", Then: "property"}},
		},
		{ID: "danger", Args: jobArgs, Answers: []talk.Answer{
			{ID: "now", Then: "warned", Do: dangerNow, Forks: []talk.Fork{{Name: "no longer theirs", If: lost, Then: "outage/danger"}}},
			{ID: "found", Then: "property", Do: dangerFound},
		}},
		{ID: "warned", Ends: true, Args: jobArgs},
		{ID: "property", Over: true, Args: jobArgs, Answers: []talk.Answer{
			{ID: "company", Then: "noted", Do: own("company")},
			{ID: "customer", Then: "noted", Do: own("customer")},
			{ID: "unsure", Then: "noted", Do: own("unsure")},
		}},
		{ID: "noted", Ends: true, Args: jobArgs},
		{
			ID: "account", Free: true, Over: true, Args: jobArgs, Hear: hearAccount, Leads: []string{"noted"},
			Answers: []talk.Answer{{ID: "skip", Then: "noted"}},
		},
		{ID: "amount", Free: true, Args: jobArgs, Hear: hearAmount, Leads: []string{"amount", "paid", "over"}},
		{ID: "paid", Ends: true, Args: jobArgs},
	}}
}

func jobArgs(t *talk.Turn) words.Args { return words.Args{"No": t.S.Job} }

func etaArgs(t *talk.Turn) words.Args {
	args := words.Args{"No": t.S.Job, "ETA": ""}
	if j := t.Job(); j != nil && !j.ETA.IsZero() {
		args["ETA"] = t.Desk.County.TimeInWords(t.S.Lang, j.ETA, t.E.At)
	}
	return args
}

// speaker says as whom the volunteer speaks; false = the job is no longer theirs
// to move.
func speaker(t *talk.Turn, j *job.Job) (job.Actor, bool) {
	if j == nil {
		return job.Actor{}, false
	}
	if c := j.Holder(t.S.Chat); c != nil {
		return job.Actor{ID: c.User, Name: c.Name}, true
	}
	m, known := t.Desk.County.Member(t.S.Chat)
	return job.Actor{ID: m.ID, Name: m.Name, Over: true}, known && m.Leader
}

// hearETA takes a typed time of arrival. One that is past is asked for again;
// the job's other clocks go on.
func hearETA(t *talk.Turn) string {
	if t.E.Kind != talk.Text {
		return ""
	}
	j := t.Job()
	by, may := speaker(t, j)
	if !may || !j.Live() {
		return "over"
	}
	eta, ok := text.ReadTime(t.E.Text, t.E.At)
	switch {
	case !ok:
		t.Tell("work.eta.unread", nil)
		return "eta"
	case !eta.After(t.E.At):
		t.Tell("work.eta.past", nil)
		return "eta"
	}
	switch why := j.Depart(by, eta, t.E.At); {
	case why == job.NotNow:
		return "over"
	case why == job.Already || followed(j):
		return "noted"
	}
	return "set"
}

// hearDone keeps what was done, in words or in a picture.
func hearDone(t *talk.Turn) string {
	j := t.Job()
	by, may := speaker(t, j)
	if done := j != nil && (j.State == job.Restored || j.State == job.Closed); !may || !done {
		return "" // opened again: what is written now is for the resident
	}
	danger := understand.Danger(t.E.Text).Sure
	switch {
	case t.E.Kind == talk.Text && danger && !endsWell(t.E.Text): // what was found, or what is?
		t.Keep("wrote", t.E.Text)
		return "danger"
	case t.E.Kind == talk.Text:
		j.Describe(by, job.Note{At: t.E.At, Text: t.E.Text})
	case t.E.Kind == talk.Attach:
		t.S.Media = nil // the router has kept it for a report
		j.Describe(by, job.Note{At: t.E.At, Media: t.E.Media})
	default:
		return ""
	}
	return "property"
}

// endsWell says whether what was written of a danger ends with its being dealt with:
// "the socket was smoking; new fuse, all good now".
func endsWell(said string) bool {
	clauses := strings.FieldsFunc(said, func(r rune) bool { return strings.ContainsRune("，。；！,.;!\n", r) })
	last := text.Fold(clauses[len(clauses)-1])
	danger := understand.Danger(last).Sure
	return !danger && slices.ContainsFunc(words.Langs, func(l words.Lang) bool {
		return slices.ContainsFunc(words.Also(l, "work.danger.found"), func(w string) bool { return strings.Contains(last, text.Fold(w)) })
	})
}

// dangerNow is a danger that goes on, or began anew: everybody hears of it, though the
// resident may have said by now that there is light.
func dangerNow(t *talk.Turn) {
	t.E.Text = t.Answer("wrote")
	if j := t.Job(); j != nil && j.Holds(t.S.Chat) {
		passOn(t, j)
		return
	}
	t.KeepWords(t.E.Text)
}

// lost says whether the job is no longer theirs: then the danger is a report like any.
func lost(t *talk.Turn) bool {
	j := t.Job()
	return j == nil || !j.Holds(t.S.Chat) || j.Danger == "" || j.Mended()
}

// dangerFound is a danger that was found there, and is no more.
func dangerFound(t *talk.Turn) {
	if by, may := speaker(t, t.Job()); may {
		t.Job().Describe(by, job.Note{At: t.E.At, Text: t.Answer("wrote")})
	}
}

func own(whose string) func(*talk.Turn) {
	return func(t *talk.Turn) {
		if by, may := speaker(t, t.Job()); may {
			t.Job().Own(by, whose, t.E.At)
		}
	}
}
