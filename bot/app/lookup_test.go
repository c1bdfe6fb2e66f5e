package app

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"powerdesk/bot/store"
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

// Of the night before now, each job once, the closed ones too; one that cannot be
// read must not keep a resident from asking.
func TestTheTopUpsOfTheNight(t *testing.T) {
	t.Parallel()
	b := newBare(t)
	asked := func(no string, ago time.Duration) talk.Log {
		return talk.Log{At: evening.Add(-ago), Job: no, What: job.DidAskHall}
	}
	b.store.jobs, b.store.damaged = []*job.Job{{No: "1122-01"}, {No: "1123-02"}, {No: "1123-03", State: job.Closed}, {No: "1123-04"}}, "1123-01"
	b.store.lines = []talk.Log{
		asked("1122-01", 25*time.Hour), asked("1123-01", 3*time.Hour), asked("1123-02", 2*time.Hour), asked("1123-02", time.Hour),
		{At: evening, Job: "1123-04", What: job.DidOpen}, asked("1123-03", 0),
	}
	found, err := b.lookup(t.Context(), talk.Lookup{Kind: talk.TopUpsTonight, At: evening})
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
