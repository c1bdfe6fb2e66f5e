package topup

import (
	"slices"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// From the clerk's "done" to light: what the hall asks and says puts a question
// to the resident, and each of its answers has an effect of its own.

// lightSteps are those questions.
func lightSteps() []talk.Step {
	yes := talk.Answer{ID: "yes", Means: "yes light_back", Then: "report/rating", Do: says((*job.Job).Confirm), Forks: []talk.Fork{{
		Name: "asked to be forgotten", If: func(t *talk.Turn) bool { return report(t).Forget }, Then: "report/thanks",
	}}}
	return []talk.Step{
		{ID: "light", Self: true, Known: way, Answers: []talk.Answer{{ID: "card", Then: "light_card"}, {ID: "meter", Then: "light_meter"}}},
		{ID: "light_card", Picture: "insert", Posed: true, Args: jobArgs, Answers: []talk.Answer{
			yes,
			{ID: "still", Then: "light_push"},
			{ID: "later", Means: "card=later", Then: "light_later", Do: says((*job.Job).Later), Forks: []talk.Fork{{Name: "people were called", If: called, Then: "raised"}}},
		}},
		{ID: "light_meter", Picture: "remote", Posed: true, Args: jobArgs, Answers: []talk.Answer{
			yes,
			{ID: "still", Then: "light_push", Forks: []talk.Fork{{Name: "too early", If: early, Then: "light_early"}}},
		}},
		{ID: "light_push", Picture: "push", Once: true, Known: pushedBefore, Answers: []talk.Answer{
			yes,
			{ID: "still", Then: "raised", Do: pushed},
			{ID: "up", Then: "raised", Do: raise(job.RaisedDark)},
			{ID: "unsure", Then: "raised", Do: raise(job.RaisedDark)},
		}},
		{ID: "light_later", Ends: true, Args: jobArgs},
		{ID: "light_early", Ends: true, Args: jobArgs},
		{ID: "raised", Ends: true, Args: jobArgs},
		{ID: "asked_back", Posed: true, Free: true, Args: askedArgs, Hear: hearAnswer, Leads: []string{"asked_back", "passed_on"}, Answers: []talk.Answer{
			{ID: "unsure", Then: "passed_on", Do: func(t *talk.Turn) { answerClerk(t, t.Word("topup.asked_back.unsure", nil)) }},
		}},
		{ID: "passed_on", Ends: true, Args: jobArgs},
		{ID: "refused", Posed: true, Args: jobArgs, Answers: []talk.Answer{
			{ID: "people", Then: "raised", Do: raise(job.RaisedRefused)},
			{ID: "morning", Then: "morning", Do: says((*job.Job).Withdraw)},
		}},
		{ID: "morning", Ends: true, Args: jobArgs},
		{ID: "silent", Posed: true, Args: jobArgs, Answers: []talk.Answer{
			{ID: "people", Then: "raised", Do: raise(job.RaisedAsked)},
			{ID: "wait", Then: "waiting"},
		}},
		{ID: "waiting", Ends: true, Args: jobArgs},
	}
}

// pending finds the question that a request for credit has open for this
// person, and its job.
func pending(t *talk.Turn) (step, no string) {
	for _, j := range slices.Backward(t.ReportedJobs()) {
		if step := question(j); t.Waits(j) && step != "" {
			return step, j.No
		}
	}
	return "", ""
}

func question(j *job.Job) string {
	switch {
	case j.State == job.Restored:
		return ""
	case j.Asked() != "":
		return "asked_back"
	case j.TopUp.State == job.TopUpWritten && !j.Attended():
		return "light_" + j.TopUp.Way
	case j.TopUp.State == job.TopUpRefused && j.CreditAlone():
		return "refused"
	case j.TopUp.State == job.TopUpAsked && j.CreditAlone() && j.TopUp.Clerk.User == 0 && !j.Last(job.DidRemind, "hall.2", 0).Before(j.Last(job.DidAskTopUp, "", 0)):
		return "silent"
	}
	return ""
}

func report(t *talk.Turn) job.Report {
	if j := t.Job(); j != nil && j.ReportOf(t.S.Chat) != nil {
		return *j.ReportOf(t.S.Chat)
	}
	return job.Report{}
}

func way(t *talk.Turn) string {
	if j := t.Job(); j != nil && j.TopUp.Way == "meter" {
		return "meter"
	}
	return "card"
}

// early: what is sent to a meter needs its time to arrive.
func early(t *talk.Turn) bool {
	j := t.Job()
	return j != nil && t.E.At.Sub(j.Last(job.DidWrite, "", 0)) < job.MeterTakes
}

// pushedBefore: a switch is pushed once and never again (DOMAIN §4 B1).
func pushedBefore(t *talk.Turn) string {
	j := t.Job()
	if j != nil && (slices.Contains(j.Tried, "push") || slices.Contains(j.Tried, "reset")) {
		return "still"
	}
	return ""
}

func pushed(t *talk.Turn) {
	if j := t.Job(); j != nil && pushedBefore(t) == "" {
		j.Tried = append(j.Tried, "push")
	}
	raise(job.RaisedDark)(t)
}

// says gives an answer the effect that it has on the job.
func says(effect func(j *job.Job, chat int64, at time.Time) job.Refusal) func(*talk.Turn) {
	return func(t *talk.Turn) {
		if j := t.Job(); j != nil {
			effect(j, t.S.Chat, t.E.At)
		}
	}
}

// called says whether people were called while the question was on the screen.
func called(t *talk.Turn) bool { return t.Job() != nil && t.Job().TopUp.State != job.TopUpWritten }

// raise calls people.
func raise(why string) func(*talk.Turn) {
	return says(func(j *job.Job, chat int64, at time.Time) job.Refusal { return j.Raise(job.Actor{ID: chat}, why, at) })
}

// hearAnswer passes on what the clerk wanted to know, in words, in a picture or as
// a shared phone.
func hearAnswer(t *talk.Turn) string {
	switch t.E.Kind {
	case talk.Text:
		if t.Redacted() {
			return "asked_back"
		}
		answerClerk(t, t.E.Text)
	case talk.Contact:
		j := t.Job()
		if j == nil || !t.Waits(j) || t.E.Foreign || t.E.Phone == "" {
			return ""
		}
		j.ReportOf(t.S.Chat).Phone = t.E.Phone
		answerClerk(t, t.E.Phone)
	case talk.Attach: // the router has kept it for a report
		t.S.PendingPut = ""
		if j := t.Job(); j != nil {
			t.HandOver(j)
		}
	default:
		return ""
	}
	return "passed_on"
}

func answerClerk(t *talk.Turn, text string) {
	t.S.PendingPut = "" // the clerk may ask another question
	if j := t.Job(); j != nil {
		j.Note(t.S.Chat, job.Note{At: t.E.At, Text: text})
	}
}

func jobArgs(t *talk.Turn) words.Args {
	args := requestArgs(t)
	args["Clerk"] = ""
	if j := t.Job(); j != nil {
		args["Clerk"] = j.TopUp.Clerk.Name
	}
	return args
}

func askedArgs(t *talk.Turn) words.Args {
	args := jobArgs(t)
	args["Question"] = words.HTML("")
	if j := t.Job(); j != nil && j.Asked() != "" {
		args["Question"] = words.HTML(t.Word("clerk_asks."+j.Asked(), nil))
	}
	return args
}
