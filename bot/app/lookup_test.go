package app

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"powerdesk/bot/store"
	"powerdesk/flows"
)

// asking makes the crew ask once, and keeps what it was answered.
func asking(b *bare, l flows.Lookup) *flows.Finding {
	var found flows.Finding
	b.crew.do = func(t *flows.Turn) {
		if t.E.Kind == flows.Found {
			found = t.E.Finding
			return
		}
		t.Do(l)
	}
	return &found
}

func TestTheCrewIsToldTheOpenJobsAndTheLog(t *testing.T) {
	t.Parallel()
	jobs := []*flows.Job{{No: "1123-01"}, {No: "1123-02"}}
	line := func(ago time.Duration) flows.Log { return flows.Log{At: evening.Add(-ago), What: ago.String()} }
	for kind, want := range map[flows.LookupKind]flows.Finding{
		flows.OpenJobs: {Kind: flows.OpenJobs, Answer: "found", Jobs: jobs},
		flows.LogLines: {Kind: flows.LogLines, Answer: "found", Jobs: jobs, Lines: []flows.Log{line(time.Hour), line(0)}},
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			b := newBare(t)
			b.store.jobs, b.store.lines = jobs, []flows.Log{line(2 * time.Hour), line(time.Hour), line(0)}
			found := asking(b, flows.Lookup{Kind: kind, At: evening.Add(-time.Hour)})
			if err := b.Handle(t.Context(), from(flows.Command, dutyGroup)); err != nil {
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
	b.store.jobs, b.store.err = []*flows.Job{{No: "1123-02"}}, fmt.Errorf("job 1123-01: %w", store.ErrUnreadable)
	found := asking(b, flows.Lookup{Kind: flows.LogLines})
	if err := b.Handle(t.Context(), from(flows.Command, dutyGroup)); err != nil {
		t.Fatal(err)
	}
	if found.Answer != "found" || len(found.Jobs) != 1 {
		t.Errorf("found %+v, want the job that can be read", *found)
	}
}

// Of the night before now, each job once, the closed ones too; one that cannot be
// read must not keep a resident from asking.
func TestTheTopUpsOfTheNight(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	asked := func(no string, ago time.Duration) flows.Log {
		return flows.Log{At: evening.Add(-ago), Job: no, What: flows.DidAskHall}
	}
	b.store.jobs, b.store.damaged = []*flows.Job{{No: "1122-01"}, {No: "1123-02"}, {No: "1123-03", State: flows.Closed}, {No: "1123-04"}}, "1123-01"
	b.store.lines = []flows.Log{
		asked("1122-01", 25*time.Hour), asked("1123-01", 3*time.Hour), asked("1123-02", 2*time.Hour), asked("1123-02", time.Hour),
		{At: evening, Job: "1123-04", What: flows.DidOpen}, asked("1123-03", 0),
	}
	found, err := b.lookup(t.Context(), flows.Lookup{Kind: flows.TopUpsTonight, At: evening})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, j := range found.Jobs {
		got = append(got, j.No)
	}
	if diff := cmp.Diff([]string{"1123-02", "1123-03"}, got); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
}

func TestAStoreThatIsAwayIsNotAnEmptyList(t *testing.T) {
	t.Parallel()
	for _, kind := range []flows.LookupKind{flows.OpenJobs, flows.LogLines} {
		b := newBare(t)
		b.store.err = fmt.Errorf("reading: %w", store.ErrUnavailable)
		asking(b, flows.Lookup{Kind: kind})
		if err := b.Handle(t.Context(), from(flows.Command, dutyGroup)); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%s: got %v, want ErrUnavailable", kind, err)
		}
		if len(b.store.changes) != 0 {
			t.Errorf("%s: something was stored", kind)
		}
	}
}
