package county_test

import (
	"slices"
	"testing"
	"time"

	"powerdesk/flows/county"
)

// Who of the hall is on duty: the plan, what clerks have said since, and everybody
// while the hall is open.
func TestClerksOnDuty(t *testing.T) {
	t.Parallel()
	week := []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	c := &county.County{
		Roster: []county.Member{{ID: 1, Name: "A", Clerk: true}, {ID: 2, Name: "B", Clerk: true}, {ID: 3, Name: "C"}},
		Hall:   county.Hours{Days: week, Spans: []county.Span{{From: 8 * 60, To: 18 * 60}}},
		Clerks: []county.Shift{{Days: week, From: 18 * 60, To: 8 * 60, Who: []string{"A"}}},
	}
	unplanned := *c
	unplanned.Clerks = nil
	night, noon := time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC), time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	said := func(user int64, on, hall bool) *county.Team {
		return &county.Team{Said: []county.Presence{{User: user, Name: "Z", On: on, Clerk: hall, From: night, Until: night.Add(time.Hour)}}}
	}
	for _, tt := range []struct {
		name   string
		county *county.County
		team   *county.Team
		at     time.Time
		want   []string
	}{
		{"by the plan", c, nil, night, []string{"A"}},
		{"open: all of them", c, nil, noon, []string{"A", "B"}},
		{"no plan: all of them, always", &unplanned, nil, night, []string{"A", "B"}},
		{"who said no", c, said(1, false, true), night, nil},
		{"who said yes", c, said(2, true, true), night, []string{"A", "B"}},
		{"whom the roster does not know", c, said(9, true, true), night, []string{"A", "Z"}},
		{"what the crew says is the crew's", c, said(1, false, false), night, []string{"A"}},
		{"for as long as they said", c, said(1, false, true), night.Add(time.Hour), []string{"A"}},
		{"no plan, and one said no", &unplanned, said(1, false, true), night, []string{"B"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, m := range tt.county.ClerksOnDuty(tt.team, tt.at) {
				got = append(got, m.Name)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("on duty %v, want %v", got, tt.want)
			}
		})
	}
}
