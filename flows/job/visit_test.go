package job_test

import (
	"testing"
	"time"

	"powerdesk/flows/job"
)

// Who only guards a danger keeps people away from it: that the visit is over is not
// theirs to say.
func TestAVisitIsEndedByWhoDoesTheWork(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		pair [2]job.Claim
		want job.Refusal
	}{
		"nobody has it": {[2]job.Claim{}, job.NotNow},
		"a guard":       {[2]job.Claim{{User: 7, Guard: true}, {User: 8}}, job.Guarding},
		"who works":     {[2]job.Claim{{User: 7}, {User: 8, Guard: true}}, ""},
	} {
		j := &job.Job{Kind: job.Visit, State: job.Open, Pair: tt.pair}
		if got := j.End(job.Actor{ID: 7}, job.Visited, at); got != tt.want || (j.State == job.Closed) != (tt.want == "") {
			t.Errorf("%s: %q, and the visit is %s; want %q", name, got, j.State, tt.want)
		}
	}
}
