package county_test

import (
	"testing"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/words"
)

// An instant is written as people say it, by the desk's clock and not the
// server's.
func TestTimeInWords(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("Asia/Shanghai", 8*60*60)
	now := time.Date(2026, 12, 31, 19, 40, 0, 0, zone)
	day := func(d, h, m int) time.Time { return time.Date(2026, 12, d, h, m, 0, 0, zone) }
	c := &county.County{Zone: zone}
	for _, tt := range []struct {
		name   string
		at     time.Time
		zh, en string
	}{
		{"now", now, "19:40", "19:40"},
		{"this morning", day(31, 0, 0), "00:00", "00:00"},
		{"tonight", day(31, 23, 59), "23:59", "23:59"},
		{"midnight is tomorrow", day(32, 0, 0), "明天 00:00", "tomorrow 00:00"},
		{"tomorrow, in another year", day(32, 8, 5), "明天 08:05", "tomorrow 08:05"},
		{"the day after", day(33, 8, 0), "1月2日 08:00", "1/2 08:00"},
		{"yesterday", day(30, 23, 59), "12月30日 23:59", "12/30 23:59"},
		{"written elsewhere", day(32, 8, 0).In(time.UTC), "明天 08:00", "tomorrow 08:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for l, want := range map[words.Lang]string{words.ZH: tt.zh, words.EN: tt.en} {
				if got := c.TimeInWords(l, tt.at, now.In(time.UTC)); got != want {
					t.Errorf("TimeInWords(%s, %v) = %q, want %q", l, tt.at, got, want)
				}
			}
		})
	}
}

// Who waits for the hall is told when it opens, and not when it opens again while
// it is open.
func TestHallOpens(t *testing.T) {
	t.Parallel()
	week := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	hall := county.Hours{Days: week, Spans: []county.Span{{From: 8 * 60, To: 12 * 60}, {From: 14 * 60, To: 18 * 60}}}
	at := func(clock string) time.Time {
		at, err := time.Parse("2006-01-02 15:04", "2026-11-23 "+clock) // a Monday
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, tt := range []struct {
		now   string
		hours county.Hours
		want  string
	}{
		{"07:58", hall, "08:00"}, {"12:30", hall, "14:00"}, {"19:40", hall, "tomorrow 08:00"},
		{"08:05", hall, words.Plain(words.EN, "topup.open_now", nil)},
		{"08:05", county.Hours{}, words.Plain(words.EN, "topup.unknown_hours", words.Args{"Hotline": "95598"})},
	} {
		c := &county.County{Hall: tt.hours, Hotline: "95598"}
		if got := c.HallOpens(words.EN, at(tt.now)); got != tt.want {
			t.Errorf("at %s it opens %q, want %q", tt.now, got, tt.want)
		}
	}
}
