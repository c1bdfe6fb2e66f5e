package job_test

import (
	"testing"
	"time"

	"powerdesk/flows/job"
)

const month = 30 * 24 * time.Hour

// alone is a job of one resident only.
func alone(change ...func(*job.Job)) *job.Job {
	j := reported()
	j.Reports = j.Reports[:1]
	for _, do := range change {
		do(j)
	}
	return j
}

func falseReport(user int64) act {
	return act{"false report", func(j *job.Job) job.Refusal { return j.Restore(by(user), job.CauseFalse, eight) }}
}

func lapse() act {
	return act{"lapse", func(j *job.Job) job.Refusal { return j.Lapse(eight) }}
}

func clearFalseReport(user int64) act {
	return act{"unmark", func(j *job.Job) job.Refusal { return j.ClearFalseReport(by(user), eight) }}
}

func forget(chat int64) act {
	return act{"forget", func(j *job.Job) job.Refusal { j.Forget(chat, eight); return "" }}
}

// A report is false only when it stands alone, nobody contradicts, and the crew
// stands by it; and only for a time.
func TestNobodysReportIsFalseByMistake(t *testing.T) {
	t.Parallel()
	found := []act{claim(li), falseReport(li)}
	for _, tt := range []struct {
		name  string
		job   *job.Job
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
		{"taken back before the answer", alone(), append(found, clearFalseReport(li), confirm(wang)), 0, false},
		{"taken back afterwards", alone(), append(found, confirm(wang), clearFalseReport(li)), 0, false},
		{"withdrawn", alone(), append(found, withdraw(wang)), 0, false},
		{"two homes reported it", reported(), append(found, confirm(wang)), 0, false},
		{"two homes, and one took it back", reported(), append([]act{withdraw(liu)}, append(found, confirm(wang))...), 0, false},
		{"a danger", alone(func(j *job.Job) { j.Danger = "fire" }), append(found, confirm(wang)), 0, false},
		{"typed for somebody who phoned", alone(func(j *job.Job) { j.Reports[0].Typed = true }), append(found, confirm(wang)), 0, false},
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
			r := tt.job.FalseReport(eight.Add(tt.after), month)
			if got := r != nil; got != tt.want {
				t.Errorf("false: %t, want %t", got, tt.want)
			}
			if tt.want && r.Chat != wang {
				t.Errorf("the report of %d is false, want %d", r.Chat, wang)
			}
		})
	}
}

// What is taken back is a correction with a name, made once.
func TestClearFalseReportIsACorrection(t *testing.T) {
	t.Parallel()
	j := alone()
	for _, a := range []act{claim(li), falseReport(li), confirm(wang)} {
		a.do(j)
	}
	if why := j.ClearFalseReport(job.Actor{ID: sun, Name: "赵队", Over: true}, eight); why != "" {
		t.Fatalf("refused: %s", why)
	}
	want := job.Entry{At: eight, What: job.DidClearFalseReport, User: sun, Name: "赵队", By: "赵队"}
	if got := j.History[len(j.History)-1]; got != want || j.Cause != "unclear" || j.State != job.Closed {
		t.Errorf("the last entry is %+v, the cause %q, the state %s", got, j.Cause, j.State)
	}
	if why := j.ClearFalseReport(by(li), eight); why != job.Already {
		t.Errorf("a second time it is %q, want %q", why, job.Already)
	}
	j = alone()
	for _, a := range []act{claim(li), falseReport(li), withdraw(wang)} {
		a.do(j)
	}
	if why := j.ClearFalseReport(by(li), eight); why != job.NotNow {
		t.Errorf("of a withdrawn job it is %q, want %q", why, job.NotNow)
	}
}
