package county_test

import (
	"testing"
	"time"

	"powerdesk/flows/county"
)

var weekdays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
var allDays = append([]time.Weekday{time.Saturday, time.Sunday}, weekdays...)

var (
	office = county.Hours{Days: weekdays, Spans: []county.Span{{From: 8 * 60, To: 12 * 60}, {From: 14 * 60, To: 18 * 60}}}
	daily  = county.Hours{Days: allDays, Spans: []county.Span{{From: 7*60 + 30, To: 24 * 60}}}
	market = county.Hours{Days: []time.Weekday{time.Tuesday, time.Thursday, time.Saturday}, Spans: []county.Span{{From: 8 * 60, To: 12 * 60}}}
	always = county.Hours{Days: allDays, Spans: []county.Span{{From: 0, To: 24 * 60}}}
)

// clocked is a county with the holidays around the turn of 2026 and the two
// make-up workdays around the National Day of 2026.
func clocked(t *testing.T) *county.County {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	c := &county.County{Zone: zone}
	off := func(dates ...string) {
		for _, d := range dates {
			c.Holidays = append(c.Holidays, county.Holiday{Date: d})
		}
	}
	off("2026-01-01", "2026-01-02", "2026-01-03")
	off("2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07")
	for _, d := range []string{"2026-01-04", "2026-09-20", "2026-10-10"} {
		c.Holidays = append(c.Holidays, county.Holiday{Date: d, Work: true})
	}
	return c
}

func at(t *testing.T, c *county.County, text string) time.Time {
	t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04:05", text, c.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func TestOpen(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		hours county.Hours
		at    string
		want  bool
	}{
		{"first second", office, "2026-11-23 08:00:00", true},
		{"second before", office, "2026-11-23 07:59:59", false},
		{"last second of the morning", office, "2026-11-23 11:59:59", true},
		{"noon break begins", office, "2026-11-23 12:00:00", false},
		{"noon break ends", office, "2026-11-23 14:00:00", true},
		{"evening", office, "2026-11-23 18:00:00", false},
		{"Saturday", office, "2026-11-21 09:00:00", false},
		{"a holiday on a Thursday", office, "2026-10-01 09:00:00", false},
		{"the workday after it", office, "2026-10-08 09:00:00", true},
		{"a Saturday that is worked", office, "2026-10-10 09:00:00", true},
		{"a Sunday that is worked", office, "2026-09-20 15:00:00", true},
		{"its noon break", office, "2026-10-10 13:00:00", false},
		{"some days on a holiday", market, "2026-10-01 09:00:00", false},
		{"some days on a Saturday that is worked", market, "2026-10-10 09:00:00", true},
		{"some days on a Sunday that is worked", market, "2026-09-20 09:00:00", false},
		{"every day on a holiday", daily, "2026-10-01 09:00:00", true},
		{"until midnight", daily, "2026-10-01 23:59:59", true},
		{"after midnight", daily, "2026-10-02 00:00:00", false},
		{"never", county.Hours{}, "2026-11-23 09:00:00", false},
		{"never, even on a worked Saturday", county.Hours{Spans: office.Spans}, "2026-10-10 09:00:00", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := clocked(t)
			when := at(t, c, tt.at)
			if got := c.Open(tt.hours, when); got != tt.want {
				t.Errorf("Open(%s) = %v, want %v", tt.at, got, tt.want)
			}
			if got := c.Open(tt.hours, when.UTC()); got != tt.want {
				t.Errorf("Open(%s in UTC) = %v, want %v", tt.at, got, tt.want)
			}
		})
	}
}

func TestNextOpening(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		hours county.Hours
		after string
		want  string // "" = none
	}{
		{"in the night", office, "2026-11-23 02:00:00", "2026-11-23 08:00:00"},
		{"at the very opening the next one", office, "2026-11-23 08:00:00", "2026-11-23 14:00:00"},
		{"in the morning", office, "2026-11-23 09:00:00", "2026-11-23 14:00:00"},
		{"in the noon break", office, "2026-11-23 12:30:00", "2026-11-23 14:00:00"},
		{"in the evening", office, "2026-11-23 18:00:00", "2026-11-24 08:00:00"},
		{"Friday evening", office, "2026-11-20 19:00:00", "2026-11-23 08:00:00"},
		{"before a week of holidays", office, "2026-09-30 18:30:00", "2026-10-08 08:00:00"},
		{"before a worked Saturday", office, "2026-10-09 20:00:00", "2026-10-10 08:00:00"},
		{"after it the Sunday is free", office, "2026-10-10 20:00:00", "2026-10-12 08:00:00"},
		{"before a worked Sunday", office, "2026-09-19 10:00:00", "2026-09-20 08:00:00"},
		{"over the turn of the year", office, "2025-12-31 18:00:00", "2026-01-04 08:00:00"},
		{"over a turn of the year without data", office, "2026-12-31 18:00:00", "2027-01-01 08:00:00"},
		{"every day, over a holiday", daily, "2026-09-30 23:59:00", "2026-10-01 07:30:00"},
		{"never closed", always, "2026-11-23 09:00:00", ""},
		{"never open", county.Hours{}, "2026-11-23 09:00:00", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := clocked(t)
			got, ok := c.NextOpening(tt.hours, at(t, c, tt.after).UTC())
			if tt.want == "" {
				if ok {
					t.Errorf("NextOpening(%s) = %v, want none", tt.after, got)
				}
				return
			}
			if want := at(t, c, tt.want); !ok || !got.Equal(want) {
				t.Errorf("NextOpening(%s) = %v %v, want %v", tt.after, got, ok, want)
			}
		})
	}
}

// A zone with summer time: the hours are those of the clock on the wall.
func TestNextOpeningOverSummerTime(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	c := &county.County{Zone: zone}
	got, ok := c.NextOpening(daily, time.Date(2026, 3, 29, 1, 0, 0, 0, zone))
	if want := time.Date(2026, 3, 29, 7, 30, 0, 0, zone); !ok || !got.Equal(want) {
		t.Errorf("NextOpening = %v %v, want %v", got, ok, want)
	}
}
