package job_test

import (
	"testing"
	"time"

	"powerdesk/flows/job"
)

// A question is kept once until the crew has said something; the same words never twice.
func TestPassKeepsAQuestionOnce(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 19, 40, 0, 0, time.UTC)
	j := &job.Job{No: "1123-01", State: job.Open, Reports: []job.Report{{Chat: 1}}}
	pass := func(what, text string) bool {
		at = at.Add(time.Minute)
		return j.Pass(1, what, job.Note{At: at, Text: text})
	}
	for i, tt := range []struct {
		what, text string
		kept       bool
	}{
		{"when_back", "when?", true}, {"when_back", "at what time?", false}, {"who_comes", "who?", true}, {"x1", "who?", false},
	} {
		if got := pass(tt.what, tt.text); got != tt.kept {
			t.Errorf("%d: %q is kept: %v, want %v", i, tt.text, got, tt.kept)
		}
	}
	at = at.Add(time.Minute)
	j.Record(job.Entry{At: at, What: job.DidRemind, Name: "desk", Arg: "unclaimed.1"})
	if pass("when_back", "when?") {
		t.Error("what the desk does by itself makes a question new")
	}
	at = at.Add(time.Minute)
	j.Record(job.Entry{At: at, What: job.DidETA, User: 101, Name: "Ben"})
	if !pass("when_back", "when?") {
		t.Error("a question is not new though the crew has spoken since")
	}
	if got := len(j.Notes); got != 3 {
		t.Errorf("%d notes are kept, want 3", got)
	}
}
