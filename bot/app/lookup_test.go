package app

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"powerdesk/bot/store"
	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// asking makes the crew ask once, and keeps what it was answered.
func asking(b *bare, l talk.Lookup) *talk.Finding {
	var found talk.Finding
	b.crew.do = func(t *talk.Turn) {
		if t.E.Kind == talk.Found {
			found = t.E.Finding
			return
		}
		t.Do(l)
	}
	return &found
}

func TestTheCrewIsToldTheOpenJobsAndTheLog(t *testing.T) {
	t.Parallel()
	jobs := []*job.Job{{No: "1123-01"}, {No: "1123-02"}}
	line := func(ago time.Duration) talk.Log { return talk.Log{At: evening.Add(-ago), What: ago.String()} }
	for kind, want := range map[talk.LookupKind]talk.Finding{
		talk.OpenJobs: {Kind: talk.OpenJobs, Answer: "found", Jobs: jobs},
		talk.LogLines: {Kind: talk.LogLines, Answer: "found", Jobs: jobs, Lines: []talk.Log{line(time.Hour), line(0)}},
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			b := newBare(t)
			b.store.jobs, b.store.lines = jobs, []talk.Log{line(2 * time.Hour), line(time.Hour), line(0)}
			found := asking(b, talk.Lookup{Kind: kind, At: evening.Add(-time.Hour)})
			if err := b.Handle(t.Context(), from(talk.Command, dutyGroup)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, *found); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
		})
	}
}

func TestADamagedJobIsLeftOutOfTheList(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	b.store.jobs, b.store.err = []*job.Job{{No: "1123-02"}}, fmt.Errorf("job 1123-01: %w", store.ErrUnreadable)
	found := asking(b, talk.Lookup{Kind: talk.LogLines})
	if err := b.Handle(t.Context(), from(talk.Command, dutyGroup)); err != nil {
		t.Fatal(err)
	}
	if found.Answer != "found" || len(found.Jobs) != 1 {
		t.Errorf("found %+v, want the job that can be read", *found)
	}
}

// One of a set that cannot be read must not keep a resident from asking.
func TestTheJobsOfASet(t *testing.T) {
	t.Parallel()
	here := county.Place{Town: "a", Community: "b"}
	fault := func(no, symptom string) *job.Job {
		j := &job.Job{No: no, Kind: job.Fault, State: job.Open, Symptom: symptom, Place: here}
		j.Clocks.Reported = evening.Add(-time.Hour)
		return j
	}
	b := newBare(t)
	b.store.jobs, b.store.damaged = []*job.Job{{No: "1123-01"}, fault("1123-02", "home"), fault("1123-03", "area"), fault("1123-04", "area")}, "1123-01"
	for _, tt := range []struct {
		ask  talk.Lookup
		want []string
	}{
		{talk.Lookup{Kind: talk.TopUpsTonight, At: evening}, []string{"1123-02", "1123-03", "1123-04"}},
		{talk.Lookup{Kind: talk.KnownHere, At: evening, Place: here}, []string{"1123-03"}},
		{talk.Lookup{Kind: talk.KnownHere, At: evening.Add(job.JoinFor), Place: here}, nil},
		{talk.Lookup{Kind: talk.KnownHere, At: evening, Place: county.Place{Town: "a"}}, nil},
	} {
		found, err := b.lookup(t.Context(), tt.ask)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, j := range found.Jobs {
			got = append(got, j.No)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.ask.Kind, diff)
		}
	}
}

func TestAStoreThatIsAwayIsNotAnEmptyList(t *testing.T) {
	t.Parallel()
	for _, kind := range []talk.LookupKind{talk.OpenJobs, talk.LogLines} {
		b := newBare(t)
		b.store.err = fmt.Errorf("reading: %w", store.ErrUnavailable)
		asking(b, talk.Lookup{Kind: kind})
		if err := b.Handle(t.Context(), from(talk.Command, dutyGroup)); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%s: got %v, want ErrUnavailable", kind, err)
		}
		if len(b.store.changes) != 0 {
			t.Errorf("%s: something was stored", kind)
		}
	}
}
