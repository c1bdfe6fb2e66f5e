package flows_test

import (
	"slices"
	"testing"
	"time"

	"powerdesk/flows"
)

const month = 30 * 24 * time.Hour

// alone is a job of one resident only.
func alone(change ...func(*flows.Job)) *flows.Job {
	j := reported()
	j.Reports = j.Reports[:1]
	for _, do := range change {
		do(j)
	}
	return j
}

func falseReport(user int64) act {
	return act{"false report", func(j *flows.Job) flows.Refusal { return j.Restore(by(user), flows.FalseReport, eight) }}
}

func lapse() act {
	return act{"lapse", func(j *flows.Job) flows.Refusal { return j.Lapse(eight) }}
}

func unmark(user int64) act {
	return act{"unmark", func(j *flows.Job) flows.Refusal { return j.Unmark(by(user), eight) }}
}

func forget(chat int64) act {
	return act{"forget", func(j *flows.Job) flows.Refusal { j.Forget(chat, eight); return "" }}
}

// A report is marked only when it stands alone, nobody contradicts, and the crew
// stands by it; and only for a time.
func TestAMarkLandsOnNobodyByMistake(t *testing.T) {
	t.Parallel()
	found := []act{claim(li), falseReport(li)}
	for _, tt := range []struct {
		name  string
		job   *flows.Job
		acts  []act
		after time.Duration
		want  bool
	}{
		{"found false, and the resident has light", alone(), append(found, confirm(wang)), 0, true},
		{"found false, and no answer", alone(), append(found, lapse()), 0, true},
		{"the last moment of a month", alone(), append(found, lapse()), month - 1, true},
		{"after a month it is gone", alone(), append(found, lapse()), month, false},
		{"the resident has not answered yet", alone(), found, 0, false},
		{"mended, whatever it was", alone(), []act{claim(li), restore(li), confirm(wang)}, 0, false},
		{"still dark", alone(), append(found, confirm(wang), dark(wang, time.Hour)), 0, false},
		{"still dark, and the crew says it again", alone(), append(found, dark(wang, 0), falseReport(li), confirm(wang)), 0, false},
		{"taken back before the answer", alone(), append(found, unmark(li), confirm(wang)), 0, false},
		{"taken back afterwards", alone(), append(found, confirm(wang), unmark(li)), 0, false},
		{"withdrawn", alone(), append(found, withdraw(wang)), 0, false},
		{"two homes reported it", reported(), append(found, confirm(wang)), 0, false},
		{"two homes, and one took it back", reported(), append([]act{withdraw(liu)}, append(found, confirm(wang))...), 0, false},
		{"a danger", alone(func(j *flows.Job) { j.Danger = "fire" }), append(found, confirm(wang)), 0, false},
		{"typed for somebody who phoned", alone(func(j *flows.Job) { j.Reports[0].Typed = true }), append(found, confirm(wang)), 0, false},
		{"erased", alone(), append(found, confirm(wang), forget(wang)), 0, false},
		{"to be erased when it is over", alone(), append([]act{forget(wang)}, append(found, confirm(wang))...), 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, a := range tt.acts {
				if why := a.do(tt.job); why != "" {
					t.Fatalf("%s is refused: %s", a.name, why)
				}
			}
			r := tt.job.Marked(eight.Add(tt.after), month)
			if got := r != nil; got != tt.want {
				t.Errorf("marked: %t, want %t", got, tt.want)
			}
			if tt.want && r.Chat != wang {
				t.Errorf("%d is marked, want %d", r.Chat, wang)
			}
		})
	}
}

// What is taken back is a correction with a name, made once.
func TestUnmarkIsACorrection(t *testing.T) {
	t.Parallel()
	j := alone()
	for _, a := range []act{claim(li), falseReport(li), confirm(wang)} {
		a.do(j)
	}
	if why := j.Unmark(flows.Actor{ID: sun, Name: "赵队", Over: true}, eight); why != "" {
		t.Fatalf("refused: %s", why)
	}
	want := flows.Entry{At: eight, What: flows.DidUnmark, User: sun, Name: "赵队", By: "赵队"}
	if got := j.History[len(j.History)-1]; got != want || j.Cause != "unclear" || j.State != flows.Closed {
		t.Errorf("the last entry is %+v, the cause %q, the state %s", got, j.Cause, j.State)
	}
	if why := j.Unmark(by(li), eight); why != flows.Already {
		t.Errorf("a second time it is %q, want %q", why, flows.Already)
	}
	j = alone()
	for _, a := range []act{claim(li), falseReport(li), withdraw(wang)} {
		a.do(j)
	}
	if why := j.Unmark(by(li), eight); why != flows.NotNow {
		t.Errorf("of a withdrawn job it is %q, want %q", why, flows.NotNow)
	}
}

// The marks of a person are those of the jobs they reported, and nobody else's.
func TestMarksAreOnesOwn(t *testing.T) {
	t.Parallel()
	turn := &flows.Turn{
		Desk: &flows.Desk{County: &flows.County{Keep: flows.Keep{FalseReport: month}}},
		S:    &flows.Session{Chat: wang, Follows: []string{"1", "2", "3", "4"}}, E: flows.Event{At: eight}, Jobs: map[string]*flows.Job{},
	}
	for no, reporter := range map[string]int64{"1": wang, "2": liu, "3": wang} {
		j := alone(func(j *flows.Job) { j.No, j.Reports[0].Chat = no, reporter })
		for _, a := range []act{claim(li), falseReport(li), lapse()} {
			a.do(j)
		}
		turn.Jobs[no] = j
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
		return alone(append(change, func(j *flows.Job) { j.Clocks.Reported = eight.Add(-ago) })...)
	}
	typed := func(j *flows.Job) { j.Reports[0].Typed = true }
	joined := func(j *flows.Job) { j.Reports = []flows.Report{{Chat: liu}, {Chat: wang}} }
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
			turn := &flows.Turn{S: &flows.Session{Chat: wang}, E: flows.Event{At: eight}, Jobs: map[string]*flows.Job{}}
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
