package outage

import (
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// ownSteps are for who has reported already: the same fault is not reported
// twice, and one that was mended within the last day is opened again for the
// same crew (PRODUCT R13).
func ownSteps() []talk.Step {
	return []talk.Step{
		{ID: "own", Args: ownArgs, Answers: []talk.Answer{
			{ID: "same", Means: "yes", Then: "own_kept", Do: same, Forks: []talk.Fork{
				{Name: "was mended", If: func(t *talk.Turn) bool { return t.Answer("reopened") != "" }, Then: "own_reopened"},
				{Name: "was the hall's alone", If: func(t *talk.Turn) bool { return t.Answer("raised") != "" }, Then: "topup/raised"},
			}},
			{ID: "another", Means: "no", Then: "household"},
		}},
		{ID: "own_kept", Ends: true, Args: ownArgs},
		{ID: "own_reopened", Ends: true, Args: ownArgs},
	}
}

// reported says whether this talk may be about a fault that the person has
// reported before.
func reported(t *talk.Turn) bool { return t.Job() == nil && !forCaller(t) && own(t) != nil }

// own gives the fault this person waits for, or the one mended for them within
// the last day; nil when there is none.
func own(t *talk.Turn) *job.Job {
	if j := t.Fault(); j != nil {
		return j
	}
	return t.Newest(func(j *job.Job) bool {
		return j.Outage() && !j.ReportOf(t.S.Chat).Typed && j.State == job.Closed && t.E.At.Sub(j.Clocks.Close) <= job.ReopenFor
	})
}

func ownArgs(t *talk.Turn) words.Args {
	j := own(t)
	if j == nil {
		return words.Args{"No": "", "Reported": "", "State": "", "Place": ""}
	}
	return words.Args{
		"No": j.No, "Reported": t.Desk.County.TimeInWords(t.S.Lang, j.Clocks.Reported, t.E.At), "State": t.Progress(j),
		"Place": t.Desk.County.HomeName(j.Place, t.S.Lang),
	}
}

// same keeps what was said with the fault that is known, or opens it again.
func same(t *talk.Turn) {
	j := own(t)
	if j == nil {
		return
	}
	if (j.State == job.Closed || j.State == job.Restored) && j.StillDark(t.S.Chat, t.E.At) == "" {
		t.Keep("reopened", "yes")
	}
	if careful(t) || t.Coming() { // as in doubt, of the job that is known only now
		if j.Raise(job.Actor{ID: t.S.Chat}, job.RaisedAsked, t.E.At) == "" {
			t.Keep("raised", "yes")
			t.S.Job = j.No
		}
	}
	t.HandOver(j)
}
