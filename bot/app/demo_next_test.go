package app

import (
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"powerdesk/bot/config"
	"powerdesk/bot/demo"
	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/words"
)

// What is next follows from the jobs as they stand: it waits for the step to be done, and
// goes back when it is undone.
func TestWhatIsNextIsReadFromTheJobs(t *testing.T) {
	t.Parallel()
	li, zhou := job.Claim{User: volunteerA}, job.Claim{User: volunteerB}
	fault := func(s job.State, pair ...job.Claim) *job.Job {
		j := &job.Job{Kind: job.Fault, State: s}
		copy(j.Pair[:], pair)
		return j
	}
	credit := func(u job.TopUp) *job.Job { return &job.Job{Kind: job.Credit, State: job.Open, TopUp: u} }
	mended := job.Fact{Kind: job.Fault, Ended: job.Closed, Clocks: job.Clocks{Claim1: evening}}
	toppedUp := job.Fact{Kind: job.Credit, Ended: job.Closed}
	for name, tt := range map[string]struct {
		live           []*job.Job
		over           []job.Fact
		rating, closed bool
		want           demo.Next
	}{
		"nothing yet":                  {want: demo.Next{Step: "report"}},
		"a call is no outage":          {live: []*job.Job{{Kind: job.Call, State: job.Open}}, want: demo.Next{Step: "report"}},
		"reported":                     {live: []*job.Job{fault(job.Open)}, want: demo.Next{Step: "claim", Chat: dutyChat, As: volunteerA}},
		"one claims":                   {live: []*job.Job{fault(job.Open, li)}, want: demo.Next{Step: "pair", Chat: dutyChat, As: volunteerB}},
		"the other claims":             {live: []*job.Job{fault(job.Open, zhou)}, want: demo.Next{Step: "pair", Chat: dutyChat, As: volunteerA}},
		"one gave it back":             {live: []*job.Job{fault(job.Open, job.Claim{}, zhou)}, want: demo.Next{Step: "pair", Chat: dutyChat, As: volunteerA}},
		"both claim":                   {live: []*job.Job{fault(job.Claimed, li, zhou)}, want: demo.Next{Step: "depart", As: volunteerA}},
		"they drive":                   {live: []*job.Job{fault(job.OnTheWay, li, zhou)}, want: demo.Next{Step: "arrive", As: volunteerA}},
		"they are there":               {live: []*job.Job{fault(job.Arrived, li, zhou)}, want: demo.Next{Step: "mend", As: volunteerA}},
		"mended":                       {live: []*job.Job{fault(job.Restored, li, zhou)}, want: demo.Next{Step: "confirm"}},
		"one did it alone":             {live: []*job.Job{fault(job.Restored, li)}, want: demo.Next{Step: "confirm"}},
		"the furthest of two":          {live: []*job.Job{fault(job.Open), fault(job.Arrived, li, zhou), fault(job.Open)}, want: demo.Next{Step: "mend", As: volunteerA}},
		"withdrawn":                    {over: []job.Fact{{Kind: job.Fault, Ended: job.Withdrawn}}, want: demo.Next{Step: "report"}},
		"closed by the resident alone": {over: []job.Fact{{Kind: job.Fault, Ended: job.Closed}}, want: demo.Next{Step: "report"}},
		"to be rated":                  {over: []job.Fact{mended}, rating: true, want: demo.Next{Step: "rate"}},
		"rated, by day":                {over: []job.Fact{mended}, want: demo.Next{Step: "night"}},
		"rated, at night":              {over: []job.Fact{mended}, closed: true, want: demo.Next{Step: "ask"}},
		"the clerk is asked":           {over: []job.Fact{mended}, live: []*job.Job{credit(job.TopUp{State: job.TopUpAsked})}, want: demo.Next{Step: "take", Chat: hallChat, As: clerk}},
		"taken":                        {live: []*job.Job{credit(job.TopUp{State: job.TopUpAsked, Clerk: job.Claim{User: clerk}})}, want: demo.Next{Step: "pay", Chat: hallChat, As: clerk}},
		"paid":                         {live: []*job.Job{credit(job.TopUp{State: job.TopUpPaid, Clerk: job.Claim{User: clerk}})}, want: demo.Next{Step: "pay", Chat: hallChat, As: clerk}},
		"written":                      {live: []*job.Job{credit(job.TopUp{State: job.TopUpWritten, Clerk: job.Claim{User: clerk}})}, want: demo.Next{Step: "light"}},
		"all of it":                    {over: []job.Fact{mended, toppedUp}, closed: true, want: demo.Next{Step: "done"}},
		"a top-up first":               {over: []job.Fact{toppedUp}, want: demo.Next{Step: "report"}},
	} {
		if got := nextStep(tt.live, tt.over, tt.rating, !tt.closed); got.Step != tt.want.Step || got.Chat != tt.want.Chat || got.As != tt.want.As {
			t.Errorf("%s: next is %+v, want %+v", name, got, tt.want)
		}
		if !slices.Contains(round, tt.want.Step) {
			t.Errorf("%s: %q is no step of the round", name, tt.want.Step)
		}
	}
}

func TestEveryStepNamesButtonsThatThereAre(t *testing.T) {
	t.Parallel()
	for step, keys := range buttons {
		if !slices.Contains(round, step) {
			t.Errorf("%q is no step of the round", step)
		}
		for _, key := range keys {
			for _, l := range words.Langs {
				if !words.Has(l, key) {
					t.Errorf("%s: nothing is called %s in %s", step, key, l)
				}
			}
		}
	}
}

// The parts of the day lie ahead at every hour of every week, holidays too, and the hall
// is open by day alone.
func TestThePartsOfTheDayLieAhead(t *testing.T) {
	t.Parallel()
	c, problems := config.ReadDesk("", config.Sample(), evening)
	if problems.Fatal() {
		t.Fatal(problems)
	}
	for now := time.Date(2026, 2, 10, 0, 0, 0, 0, c.Zone); now.Month() < time.April; now = now.Add(30 * time.Minute) {
		next := hours(&c, now)
		for _, part := range parts {
			at, ok := next[part.name]
			switch {
			case !ok || !at.After(now):
				t.Fatalf("at %v %s begins at %v", now, part.name, at)
			case c.Open(c.Hall, at) != part.open:
				t.Fatalf("at %v %s begins at %v, when the hall is open: %v", now, part.name, at, !part.open)
			case part.name != "day" && at.Sub(now) > 24*time.Hour:
				t.Fatalf("at %v %s begins only at %v", now, part.name, at)
			}
		}
	}
}

func TestNobodyTurnsTheClockToAnUnknownHour(t *testing.T) {
	t.Parallel()
	c, _ := config.Env{}.Load(evening)
	s, err := newStage(c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer s.redis.Close()
	defer s.telegram.Close()
	if err := s.turn("yesterday"); !errors.Is(err, demo.ErrNotAllowed) {
		t.Errorf("got %v, want a refusal", err)
	}
}

// Whoever is on the page has a name in each language, and the roster goes by it.
func TestTheDemosPeopleHaveNamesInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, l := range words.Langs {
		c := county.County{Lang: l}
		useDemoRoster(&c)
		for _, m := range c.Roster {
			if name := demoNames[m.ID].In(l); m.Name == "" || m.Name != name {
				t.Errorf("%s: the roster has %q of %d, want %q", l, m.Name, m.ID, name)
			}
		}
		for _, name := range c.Shifts[0].Who {
			if !slices.ContainsFunc(c.Roster, func(m county.Member) bool { return m.Name == name }) {
				t.Errorf("%s: %q is on duty and not on the roster", l, name)
			}
		}
	}
	for id, name := range demoNames {
		if name.ZH == "" || name.EN == "" {
			t.Errorf("%d is called %+v", id, name)
		}
	}
}
