package county_test

import (
	"strings"
	"testing"
	"time"

	"powerdesk/flows/county"
)

// rota is a county with two shifts a day of two people each.
func rota(t *testing.T) *county.County {
	t.Helper()
	c := clocked(t)
	c.Roster = []county.Member{{ID: 1, Name: "甲"}, {ID: 2, Name: "乙"}, {Name: "丙"}, {ID: 4, Name: "丁", Qualified: true}}
	c.Shifts = []county.Shift{
		{Days: allDays, From: 8 * 60, To: 20 * 60, Who: []string{"甲", "乙"}},
		{Days: allDays, From: 20 * 60, To: 8 * 60, Who: []string{"丙", "丁", "不在册"}},
	}
	c.Posts = []int{8 * 60, 20 * 60}
	return c
}

func names(all []county.Member) string {
	var names []string
	for _, m := range all {
		names = append(names, m.Name)
	}
	return strings.Join(names, " ")
}

func TestOnDuty(t *testing.T) {
	t.Parallel()
	c := rota(t)
	team := &county.Team{}
	team.Say(county.Presence{User: 2, Name: "乙", From: at(t, c, "2026-11-23 10:00:00"), Until: at(t, c, "2026-11-23 12:00:00")})
	team.Say(county.Presence{User: 9, Name: "新来的", On: true, From: at(t, c, "2026-11-23 11:00:00"), Until: at(t, c, "2026-11-23 13:00:00")})
	for _, tt := range []struct{ at, want string }{
		{"2026-11-23 07:59:59", "丙 丁"},
		{"2026-11-23 08:00:00", "甲 乙"},
		{"2026-11-23 10:00:00", "甲"},
		{"2026-11-23 11:00:00", "甲 新来的"},
		{"2026-11-23 12:00:00", "甲 乙 新来的"},
		{"2026-11-23 13:00:00", "甲 乙"},
		{"2026-11-23 20:00:00", "丙 丁"},
		{"2026-11-24 03:00:00", "丙 丁"},
	} {
		if got := names(c.OnDuty(team, at(t, c, tt.at))); got != tt.want {
			t.Errorf("on duty at %s: %s, want %s", tt.at, got, tt.want)
		}
	}
}

// The last word of a volunteer counts, and what is past is not kept.
func TestTheLastWordCounts(t *testing.T) {
	t.Parallel()
	c := rota(t)
	team := &county.Team{}
	say := func(user int64, on bool, from, until string) {
		team.Say(county.Presence{User: user, On: on, From: at(t, c, from), Until: at(t, c, until)})
	}
	say(1, false, "2026-11-23 08:00:00", "2026-11-23 20:00:00")
	say(1, true, "2026-11-23 09:00:00", "2026-11-23 20:00:00")
	if got := names(c.OnDuty(team, at(t, c, "2026-11-23 10:00:00"))); got != "乙 甲" {
		t.Errorf("on duty after coming back: %s", got)
	}
	say(2, false, "2026-11-24 08:00:00", "2026-11-24 20:00:00")
	if len(team.Said) != 1 {
		t.Errorf("%d words are kept, want the one that is not past", len(team.Said))
	}
}

func TestGap(t *testing.T) {
	t.Parallel()
	c := rota(t)
	now := at(t, c, "2026-11-23 09:00:00")
	if g, found := c.Gap(&county.Team{}, now); found {
		t.Errorf("a covered day has a gap: %+v", g)
	}
	team := &county.Team{}
	team.Say(county.Presence{User: 4, From: now, Until: at(t, c, "2026-11-24 06:00:00")})
	g, found := c.Gap(team, now)
	if !found || g.N != 1 || !g.From.Equal(at(t, c, "2026-11-23 20:00:00")) || !g.Until.Equal(at(t, c, "2026-11-24 06:00:00")) {
		t.Errorf("Gap = %+v, %v; want the night until six with one on duty", g, found)
	}
	bare := &county.County{Zone: c.Zone}
	if g, found := bare.Gap(nil, now); !found || g.N != 0 || g.Until.Sub(g.From) != 24*time.Hour {
		t.Errorf("Gap without a plan = %+v, %v; want the whole day", g, found)
	}
}

func TestNextShiftAndPost(t *testing.T) {
	t.Parallel()
	c := rota(t)
	now := at(t, c, "2026-11-23 09:00:00")
	if when, who := c.NextShift(nil, now); !when.Equal(at(t, c, "2026-11-23 20:00:00")) || names(who) != "丙 丁" {
		t.Errorf("next shift: %v %s", when, names(who))
	}
	if got := c.NextPost(now); !got.Equal(at(t, c, "2026-11-23 20:00:00")) {
		t.Errorf("next post after nine: %v", got)
	}
	if got := c.NextPost(at(t, c, "2026-11-23 20:00:00")); !got.Equal(at(t, c, "2026-11-24 08:00:00")) {
		t.Errorf("next post after the evening's: %v", got)
	}
	if got := (&county.County{}).NextPost(now); !got.IsZero() {
		t.Errorf("a county without posts has one at %v", got)
	}
}

// Where the desk file names nobody who may do dangerous work, it cannot keep
// anybody from it.
func TestQualified(t *testing.T) {
	t.Parallel()
	c := rota(t)
	if c.Qualified(1) || !c.Qualified(4) || c.Qualified(99) {
		t.Error("only who is marked may do dangerous work")
	}
	c.Roster[3].ID = 0
	if !c.Qualified(1) {
		t.Error("with nobody marked whom the desk can tell apart, everybody may")
	}
}
