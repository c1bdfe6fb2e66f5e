package job_test

import (
	"slices"
	"testing"
	"time"

	"powerdesk/flows/job"
)

// A danger of another kind comes besides the first; one of none that is known changes
// nothing, and what was mended begins anew.
func TestDangersOfSeveralKinds(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 19, 40, 0, 0, time.UTC)
	j := &job.Job{Kind: job.Fault, State: job.Open, Reports: []job.Report{{Chat: 1}}}
	for _, step := range []struct {
		kind, danger string
		besides      []string
	}{
		{job.UnknownDanger, job.UnknownDanger, nil}, {"wire", "wire", nil}, {"fire", "fire", []string{"wire"}}, {job.UnknownDanger, "fire", []string{"wire"}},
		{"wire", "wire", []string{"fire"}}, {"shock", "shock", []string{"wire", "fire"}},
	} {
		j.Endanger(job.Actor{ID: 1}, step.kind, at)
		if j.Danger != step.danger || !slices.Equal(j.Besides, step.besides) {
			t.Errorf("after %s it is %s besides %v, want %s besides %v", step.kind, j.Danger, j.Besides, step.danger, step.besides)
		}
		if !j.Has(step.kind) || !j.Has(job.UnknownDanger) || j.Has("tingle") {
			t.Errorf("after %s it does not know what it has", step.kind)
		}
	}
	j.State = job.Restored
	if j.Endanger(job.Actor{ID: 1}, "tingle", at); j.Danger != "tingle" || len(j.Besides) > 0 {
		t.Errorf("after the work it is %s besides %v", j.Danger, j.Besides)
	}
}

// What residents let the crew know of a danger counts from when it was out; what the
// crew notes is none of it.
func TestHeardOfADanger(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 23, 19, 40, 0, 0, time.UTC)
	j := &job.Job{No: "1123-01", Kind: job.Fault, State: job.Open, Danger: "fire", Reports: []job.Report{{Chat: 1}}, Clocks: job.Clocks{Reported: at}}
	j.Note(1, job.Note{At: at, Text: "with the danger itself"})
	j.Note(9, job.Note{At: at.Add(time.Second), Text: "of the crew"})
	if e, heard := j.Heard(); heard {
		t.Errorf("heard %+v, want nothing", e)
	}
	for i, say := range []func(time.Time){
		func(at time.Time) { j.Note(1, job.Note{At: at, Text: "he breathes"}) },
		func(at time.Time) { j.Worsen(1, at) },
		func(at time.Time) { j.Record(job.Entry{At: at, What: job.DidSafe, User: 1}) },
	} {
		say(at.Add(time.Duration(i+1) * 2 * time.Minute))
		if e, heard := j.Heard(); !heard || e.What != []string{job.DidNote, job.DidWorsen, job.DidSafe}[i] {
			t.Errorf("heard %+v (%v)", e, heard)
		}
	}
	j.Danger = ""
	if _, heard := j.Heard(); heard {
		t.Error("heard of a danger where there is none")
	}
}
