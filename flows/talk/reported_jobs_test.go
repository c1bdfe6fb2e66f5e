package talk_test

import (
	"slices"
	"testing"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// Two residents, and when they are asked about.
const anna, ben int64 = 11, 12

var evening = time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC)

// reportedBy is a job that one resident reported.
func reportedBy(chat int64, change ...func(*job.Job)) *job.Job {
	j := &job.Job{State: job.Open, Reports: []job.Report{{Chat: chat}}, Clocks: job.Clocks{Reported: evening}}
	for _, do := range change {
		do(j)
	}
	return j
}

// The false reports of a person are those of the jobs they reported, and nobody
// else's.
func TestFalseReportsAreOnesOwn(t *testing.T) {
	t.Parallel()
	turn := &talk.Turn{
		Desk: &talk.Desk{County: &county.County{Keep: county.Keep{FalseReport: 30 * 24 * time.Hour}}},
		S:    &talk.Session{Chat: anna, Follows: []string{"1", "2", "3", "4"}}, E: talk.Event{At: evening}, Jobs: map[string]*job.Job{},
	}
	for no, reporter := range map[string]int64{"1": anna, "2": ben, "3": anna} {
		turn.Jobs[no] = reportedBy(reporter, func(j *job.Job) {
			j.No, j.State, j.Cause, j.Clocks.Close = no, job.Closed, job.CauseFalse, evening
		})
	}
	if got, want := turn.FalseReports(), []string{"1", "3"}; !slices.Equal(got, want) {
		t.Errorf("the false reports are %q, want %q", got, want)
	}
}

// Ten a day are enough. What was typed for callers, joined or opened again does
// not count, and a day later all is as before.
func TestReachedDailyLimit(t *testing.T) {
	t.Parallel()
	opened := func(ago time.Duration, change ...func(*job.Job)) *job.Job {
		return reportedBy(anna, append(change, func(j *job.Job) { j.Clocks.Reported = evening.Add(-ago) })...)
	}
	typed := func(j *job.Job) { j.Reports[0].Typed = true }
	joined := func(j *job.Job) { j.Reports = []job.Report{{Chat: ben}, {Chat: anna}} }
	taken := func(j *job.Job) { j.State, j.Reports[0].Withdrawn = job.Withdrawn, true }
	for _, tt := range []struct {
		name string
		last *job.Job
		want bool
	}{
		{"the tenth of today", opened(time.Hour), true},
		{"the tenth was taken back", opened(time.Hour, taken), true},
		{"the tenth is a day old", opened(24 * time.Hour), false},
		{"the tenth was typed for a caller", opened(time.Hour, typed), false},
		{"the tenth was joined", opened(time.Hour, joined), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			turn := &talk.Turn{S: &talk.Session{Chat: anna}, E: talk.Event{At: evening}, Jobs: map[string]*job.Job{}}
			for i := range 10 {
				no := string(rune('a' + i))
				turn.Jobs[no] = opened(2 * time.Hour)
				turn.S.Follows = append(turn.S.Follows, no)
			}
			turn.Jobs["j"] = tt.last
			if got := turn.ReachedDailyLimit(); got != tt.want {
				t.Errorf("enough: %t, want %t", got, tt.want)
			}
		})
	}
}
