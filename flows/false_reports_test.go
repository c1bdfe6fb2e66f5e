package flows_test

import (
	"slices"
	"testing"
	"time"

	"powerdesk/flows"
)

// Two residents, and when they are asked about.
const anna, ben int64 = 11, 12

var evening = time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC)

// reportedBy is a job that one resident reported.
func reportedBy(chat int64, change ...func(*flows.Job)) *flows.Job {
	j := &flows.Job{State: flows.Open, Reports: []flows.Report{{Chat: chat}}, Clocks: flows.Clocks{Reported: evening}}
	for _, do := range change {
		do(j)
	}
	return j
}

// The marks of a person are those of the jobs they reported, and nobody else's.
func TestMarksAreOnesOwn(t *testing.T) {
	t.Parallel()
	turn := &flows.Turn{
		Desk: &flows.Desk{County: &flows.County{Keep: flows.Keep{FalseReport: 30 * 24 * time.Hour}}},
		S:    &flows.Session{Chat: anna, Follows: []string{"1", "2", "3", "4"}}, E: flows.Event{At: evening}, Jobs: map[string]*flows.Job{},
	}
	for no, reporter := range map[string]int64{"1": anna, "2": ben, "3": anna} {
		turn.Jobs[no] = reportedBy(reporter, func(j *flows.Job) {
			j.No, j.State, j.Cause, j.Clocks.Close = no, flows.Closed, flows.FalseReport, evening
		})
	}
	if got, want := turn.Marks(), []string{"1", "3"}; !slices.Equal(got, want) {
		t.Errorf("the marks are %q, want %q", got, want)
	}
}

// Ten a day are enough. What was typed for callers, joined or opened again does
// not count, and a day later all is as before.
func TestEnoughForADay(t *testing.T) {
	t.Parallel()
	opened := func(ago time.Duration, change ...func(*flows.Job)) *flows.Job {
		return reportedBy(anna, append(change, func(j *flows.Job) { j.Clocks.Reported = evening.Add(-ago) })...)
	}
	typed := func(j *flows.Job) { j.Reports[0].Typed = true }
	joined := func(j *flows.Job) { j.Reports = []flows.Report{{Chat: ben}, {Chat: anna}} }
	taken := func(j *flows.Job) { j.State, j.Reports[0].Withdrawn = flows.Withdrawn, true }
	for _, tt := range []struct {
		name string
		last *flows.Job
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
			turn := &flows.Turn{S: &flows.Session{Chat: anna}, E: flows.Event{At: evening}, Jobs: map[string]*flows.Job{}}
			for i := range 10 {
				no := string(rune('a' + i))
				turn.Jobs[no] = opened(2 * time.Hour)
				turn.S.Follows = append(turn.S.Follows, no)
			}
			turn.Jobs["j"] = tt.last
			if got := turn.Enough(); got != tt.want {
				t.Errorf("enough: %t, want %t", got, tt.want)
			}
		})
	}
}
