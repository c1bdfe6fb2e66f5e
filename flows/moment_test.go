package flows_test

import (
	"testing"
	"time"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// An instant is written as people say it, by the desk's clock and not the
// server's.
func TestMoment(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("Asia/Shanghai", 8*60*60)
	now := time.Date(2026, 12, 31, 19, 40, 0, 0, zone)
	day := func(d, h, m int) time.Time { return time.Date(2026, 12, d, h, m, 0, 0, zone) }
	d, err := flows.New(&flows.County{Zone: zone}, nil, menuAlone(), personAlone())
	if err != nil {
		t.Fatal(err)
	}
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
				if got := d.Moment(l, tt.at, now.In(time.UTC)); got != want {
					t.Errorf("Moment(%s, %v) = %q, want %q", l, tt.at, got, want)
				}
			}
		})
	}
}

// The least a desk needs: a menu, and a person to be led to.
func menuAlone() *flows.Flow {
	return &flows.Flow{Name: "menu", Start: "menu", Steps: []flows.Step{{ID: "menu"}}}
}

func personAlone() *flows.Flow {
	return &flows.Flow{Name: "contact", Start: "person", Steps: []flows.Step{{ID: "person"}}}
}
