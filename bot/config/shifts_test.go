package config_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"powerdesk/bot/config"
	"powerdesk/flows/county"
)

// The hours of a shift mean the same to who reads them in the file and to the
// desk that asks who is on duty: the day is the one on which they begin.
func TestShiftHours(t *testing.T) {
	t.Parallel()
	valid, _, _ := strings.Cut(read(t, "valid.yaml"), "shifts:")
	for _, tt := range []struct {
		name, days, hours string
		on, off           string // instants of the first week of June 2026, whose 1st is a Monday
	}{
		{"a day", "Mon", "08:00-20:00", "1 08:00, 1 19:59", "1 07:59, 1 20:00, 2 08:00"},
		{"a night", "Mon", "20:00-08:00", "1 20:00, 1 23:59, 2 00:00, 2 07:59", "1 00:00, 1 19:59, 2 08:00, 2 20:00"},
		{"a night from Sunday to Monday", "Sun", "20:00-08:00", "1 00:00, 1 07:59, 7 20:00", "1 08:00, 7 00:00, 7 19:59"},
		{"until midnight", "Mon", "20:00-24:00", "1 20:00, 1 23:59", "1 19:59, 2 00:00"},
		{"until midnight, written as the next day", "Mon", "20:00-00:00", "1 20:00, 1 23:59", "1 19:59, 2 00:00"},
		{"a whole day", "Mon", "00:00-24:00", "1 00:00, 1 23:59", "2 00:00, 7 23:59"},
		{"a whole day, written as the next day", "Mon", "00:00-00:00", "1 00:00, 1 23:59", "2 00:00, 7 23:59"},
		{"a whole day from the morning on", "Mon", "08:00-08:00", "1 08:00, 2 07:59", "1 07:59, 2 08:00"},
		{"from midnight on", "Mon", "00:00-06:00", "1 00:00, 1 05:59", "1 06:00, 2 00:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			text := valid + "shifts:\n  - {days: " + tt.days + ", hours: \"" + tt.hours + "\", who: [王一, 李二]}\n"
			c, problems := config.ReadDesk("desk.yaml", []byte(text), today)
			if problems.Fatal() {
				t.Fatalf("problems:\n%s", problems)
			}
			for on, instants := range map[int]string{2: tt.on, 0: tt.off} {
				for instant := range strings.SplitSeq(instants, ", ") {
					at, err := time.ParseInLocation("2006-01 2 15:04", "2026-06 "+instant, c.Zone)
					if err != nil {
						t.Fatal(err)
					}
					if n := len(c.OnDuty(nil, at)); n != on {
						t.Errorf("%s: %d are on duty, want %d", at.Format("Mon 15:04"), n, on)
					}
				}
			}
		})
	}
}

// What the plan lacks is one warning, whatever is missing, and no warning when
// nothing is.
func TestShiftWarnings(t *testing.T) {
	t.Parallel()
	valid, _, _ := strings.Cut(read(t, "valid.yaml"), "shifts:")
	whole := "shifts:\n  - {days: Mon-Sun, hours: \"00:00-24:00\", who: [王一, 李二]}\n"
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"no plan", "", nil},
		{"the word alone", "shifts:\n", nil},
		{"no shift", "shifts: []\n", nil},
		{"the whole week", whole, nil},
		{"a person without an id", strings.Replace(valid, ", id: 12", "", 1) + whole, []string{
			"the group cannot call 李二: no Telegram id is known",
		}},
		{"people without ids", strings.NewReplacer(", id: 11", "", ", id: 12", "").Replace(valid) + whole, []string{
			"the group cannot call 王一, 李二: no Telegram id is known",
		}},
		{"an invented person", strings.Replace(valid, "id: 12", "example: true", 1) + whole, nil},
		{"a clerk without an id, who is in no shift", strings.Replace(valid, ", id: 13", "", 1) + whole, nil},
		{"two shifts of one person are two people", "shifts:\n" +
			"  - {days: Mon-Sun, hours: \"00:00-24:00\", who: [王一]}\n  - {days: Mon-Sun, hours: \"08:00-08:00\", who: [李二]}\n", []string{
			"the shift has 1 of the two people that every job needs",
			"the shift has 1 of the two people that every job needs",
		}},
		{"one person in two shifts is one", "shifts:\n" +
			"  - {days: Mon-Sun, hours: \"00:00-24:00\", who: [王一]}\n  - {days: Mon-Sun, hours: \"08:00-20:00\", who: [王一, 李二]}\n", []string{
			"Monday 00:00-08:00 has 1 of the two people that every job needs (gaps elsewhere in the week: 13)",
			"the shift has 1 of the two people that every job needs",
		}},
		{"nobody is worse than one, though later", "shifts:\n" +
			"  - {days: Mon-Fri, hours: \"00:00-24:00\", who: [王一]}\n  - {days: Sat-Sun, hours: \"00:00-20:00\", who: [王一, 李二]}\n", []string{
			"Saturday 20:00-24:00 has 0 of the two people that every job needs (gaps elsewhere in the week: 6)",
			"the shift has 1 of the two people that every job needs",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			text := tt.text
			if !strings.HasPrefix(text, "key:") {
				text = valid + text
			}
			_, problems := config.ReadDesk("desk.yaml", []byte(text), today)
			var got []string
			for _, p := range problems {
				if !p.Warning {
					t.Errorf("the desk would not start: %s", p)
				}
				got = append(got, p.What)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadDeskDefaultPosts(t *testing.T) {
	t.Parallel()
	valid, _, _ := strings.Cut(read(t, "valid.yaml"), "posts:")
	for _, text := range []string{"", "posts:\n", "posts: [08:00, 20:00]\n"} {
		c, problems := config.ReadDesk("desk.yaml", []byte(valid+text), today)
		if diff := cmp.Diff([]int{480, 1200}, c.Posts); diff != "" || len(problems) > 0 {
			t.Errorf("%q gives %v and problems:\n%s", text, c.Posts, problems)
		}
	}
}

// The sample's plan has two different people in every minute of the week, one of
// whom may do dangerous work, and nobody in two shifts that touch.
func TestSampleCoversTheWeek(t *testing.T) {
	t.Parallel()
	c := sample(t)
	monday := time.Date(2026, 6, 1, 0, 0, 0, 0, c.Zone)
	minutes := make(map[string]int) // on duty without a break, by name
	for at := monday; at.Before(monday.AddDate(0, 0, 8)); at = at.Add(time.Minute) {
		on := c.OnDuty(nil, at)
		if len(on) < 2 || count(on, func(m county.Member) bool { return m.Qualified }) == 0 {
			t.Fatalf("%s: on duty are %+v", at.Format("Mon 15:04"), on)
		}
		now := make(map[string]int)
		for _, m := range on {
			now[m.Name] = minutes[m.Name] + 1
			if now[m.Name] > 12*60 {
				t.Fatalf("%s: %s is on duty for more than 12 hours", at.Format("Mon 15:04"), m.Name)
			}
		}
		minutes = now
	}
}

func count(all []county.Member, is func(county.Member) bool) (n int) {
	for _, m := range all {
		if is(m) {
			n++
		}
	}
	return n
}
