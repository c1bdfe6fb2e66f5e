package report

import (
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// backSteps are the questions that a job asks: only the resident's yes closes
// it, "still dark" reopens it, and satisfaction is asked once (PRODUCT R13).
func backSteps() []talk.Step {
	return []talk.Step{
		{ID: "back", Posed: true, Args: jobArgs, Answers: []talk.Answer{
			{ID: "yes", Then: "rating", Do: withJob(confirm), Forks: forgetting, Means: "yes light_back satisfied"},
			{ID: "no", Then: "again", Do: withJob(stillDark), Means: "no still_dark back_then_out back_partly outage partial flicker"},
		}},
		{ID: "called", Posed: true, Args: jobArgs, Answers: []talk.Answer{
			{ID: "yes", Then: "rating", Do: withJob(confirm), Forks: forgetting},
			{ID: "no", Then: "again", Do: withJob(stillDark)},
		}},
		{ID: "rating", Over: true, Args: jobArgs, Answers: []talk.Answer{
			{ID: "good", Then: "praise", Do: rate("good"), Means: "satisfied"},
			{ID: "fair", Then: "praise", Do: rate("fair"), Means: "fair"},
			{ID: "poor", Then: "comment", Do: rate("poor"), Means: "unsatisfied complain"},
		}},
		{
			ID: "comment", Free: true, Hear: hearComment, Leads: []string{"thanks"},
			Answers: []talk.Answer{{ID: "skip", Then: "thanks"}},
		},
		{
			ID: "praise", Over: true, Hear: hearPraise, Leads: []string{"thanks"},
			Answers: []talk.Answer{{ID: "skip", Then: "thanks"}},
		},
		{ID: "thanks", Ends: true},
	}
}

// forgetting spares the rating of who asked to be forgotten: there is nothing
// left to rate with.
var forgetting = []talk.Fork{{Name: "asked to be forgotten", If: func(t *talk.Turn) bool { return mine(t).Forget }, Then: "thanks"}}

func jobArgs(t *talk.Turn) words.Args {
	args := status(t)
	args["No"], args["Typed"] = t.S.Job, ""
	if mine(t).Typed {
		args["Typed"] = words.HTML(t.Word("report.typed", words.Args{"Phone": mine(t).Phone}))
	}
	return args
}

// withJob does something with the job that the talk is about, if it still stands.
func withJob(do func(*talk.Turn, *job.Job)) func(*talk.Turn) {
	return func(t *talk.Turn) {
		if j := t.Job(); j != nil {
			do(t, j)
		}
	}
}

func confirm(t *talk.Turn, j *job.Job) { j.Confirm(t.S.Chat, t.E.At) }

// stillDark reopens the job, and says what came of it.
func stillDark(t *talk.Turn, j *job.Job) {
	key := "report.still_open"
	switch why := j.StillDark(t.S.Chat, t.E.At); {
	case why == "" && j.Claims() == 0 && j.Outage():
		key = "report.reopened_anew"
	case why == "":
		key = "report.reopened"
	case why == job.Finished:
		key = "report.too_late"
	}
	t.Tell(j.Phrase(key), words.Args{"No": j.No, "State": t.Progress(j)})
}

func rate(rating string) func(*talk.Turn) {
	return withJob(func(t *talk.Turn, j *job.Job) { j.Rate(t.S.Chat, rating, t.E.At) })
}

// hearComment takes the free line beside the rating, written or spoken.
func hearComment(t *talk.Turn) string {
	j := t.Job()
	switch {
	case j == nil:
		return ""
	case t.E.Kind == talk.Text:
		j.Comment(t.S.Chat, t.E.Text, job.Attachment{}, t.E.At)
	case t.E.Kind == talk.Attach:
		t.S.Media = nil // the router has kept it for a job that is over
		j.Comment(t.S.Chat, t.E.Text, t.E.Media, t.E.At)
	default:
		return ""
	}
	return "thanks"
}

// hearPraise passes a kind word on to everybody who helped. What sounds like new
// trouble has gone to the trouble's own talk before.
func hearPraise(t *talk.Turn) string {
	j := t.Job()
	if j == nil || t.E.Kind != talk.Text || j.Thank(t.S.Chat, t.E.Text, t.E.At) != "" {
		return ""
	}
	return "thanks"
}

// pending finds the question that a job has open for this person: whether the
// power is back, after the crew said so, and then the rating. Of several the
// one that was mended last is asked for: its news was the last to arrive.
func pending(t *talk.Turn) (step, no string) {
	var asking *job.Job
	for _, j := range t.ReportedJobs() {
		if !asks(t, j) || asking != nil && asking.Clocks.Restore.After(j.Clocks.Restore) {
			continue
		}
		asking = j
	}
	switch {
	case asking == nil:
		return "", ""
	case asking.ReportOf(t.S.Chat).Answer == "yes":
		return "rating", asking.No
	}
	return question(asking), asking.No
}

// asks says whether the job has a question open for this person. It stands for
// a day after the job is over: later, the answer would be about something else.
func asks(t *talk.Turn, j *job.Job) bool {
	r := j.ReportOf(t.S.Chat)
	fresh := j.State == job.Closed && t.E.At.Sub(j.Clocks.Close) <= job.ReopenFor
	switch {
	case r.Withdrawn, question(j) == "":
		return false
	case r.Answer == "":
		return j.State == job.Restored || fresh
	}
	return r.Answer == "yes" && r.Rating == "" && !r.Forget && fresh
}

// question is the step that asks whether the job is done.
func question(j *job.Job) string { return j.Kind.Traits().EndQuestion }
