package config_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"
	"github.com/google/go-cmp/cmp"

	"powerdesk/bot/config"
	"powerdesk/flows/county"
	"powerdesk/flows/words"
)

// today is a day on which only the holidays of 2026 have to be known.
var today = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestReadDesk(t *testing.T) {
	t.Parallel()
	got, problems := config.ReadDesk("desk.yaml", []byte(read(t, "valid.yaml")), today)
	if len(problems) > 0 {
		t.Fatalf("problems:\n%s", problems)
	}
	if got.Zone == nil || got.Zone.String() != "Asia/Shanghai" {
		t.Errorf("zone = %v", got.Zone)
	}
	got.Zone = nil
	day := 24 * time.Hour
	want := county.County{
		Key: "demo", Lang: words.EN, Name: words.Text{ZH: "示例县", EN: "Example County"}, Company: words.Text{ZH: "示例县供电公司", EN: "Example County Power"},
		Hotline: "95598", Promise: "0317-1234567",
		Chats:    county.Chats{Duty: -1001, Hall: -1002, Leader: -1003},
		Promises: map[county.Area]county.Arrival{county.Urban: {Minutes: 45}, county.Rural: {Minutes: 90}},
		Office: county.Hours{
			Days:  []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday},
			Spans: []county.Span{{From: 480, To: 720}, {From: 840, To: 1080}},
		},
		Hall: county.Hours{
			Days:  []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday},
			Spans: []county.Span{{From: 510, To: 1020}},
		},
		Timers: county.Timers{Stale: 2 * day, Solved: 12 * time.Hour, Claim: 30 * time.Second},
		Ladders: county.Ladders{
			Unclaimed: [3]time.Duration{2 * time.Minute, 4 * time.Minute, 8 * time.Minute},
			Danger:    [3]time.Duration{90 * time.Second, 3 * time.Minute, 6 * time.Minute},
			Again:     20 * time.Minute,
			Idle:      [2]time.Duration{15 * time.Minute, time.Hour}, IdleDanger: [2]time.Duration{5 * time.Minute, 10 * time.Minute},
			Late: 70,
			ETA:  [2]time.Duration{10 * time.Minute, 20 * time.Minute}, Work: [2]time.Duration{time.Hour, 3 * time.Hour},
			Unanswered: [2]time.Duration{time.Hour, 2 * day}, Opening: [2]time.Duration{2 * time.Hour, 30 * time.Minute},
			Wait:  4 * time.Hour,
			Clerk: [2]time.Duration{3 * time.Minute, 6 * time.Minute}, Paying: [2]time.Duration{5 * time.Minute, 15 * time.Minute},
			Light: [2]time.Duration{15 * time.Minute, 30 * time.Minute}, Question: time.Hour,
		},
		Clerks: []county.Shift{{
			Days: []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday},
			From: 17 * 60, To: 8*60 + 30, Who: []string{"张三"},
		}},
		Urgent: county.UrgentTopUp{Limit: 2, Amounts: []int{30, 60}},
		Keep:   county.Keep{Session: 365 * day, Job: 90 * day, FalseReport: 45 * day},
		Meters: county.Meters{Alarm: 50, Overdraft: 20, Online: true},
		Stations: []county.Station{
			{ID: "north", Name: words.Text{ZH: "北站", EN: "North Station"}, Phone: "0317-7654321"},
		},
		Towns: []county.Town{{
			ID: "first", Name: words.Text{ZH: "第一镇", EN: "First Town"}, Aliases: []string{"老镇"}, Area: county.Rural, Station: "north",
			Communities: []county.Community{
				{ID: "oak", Name: words.Text{ZH: "橡树小区", EN: "Oak Estate"}, Area: county.Urban, Pin: county.Pin{Lat: 37.6, Lon: 116.4}},
				{ID: "elm", Name: words.Text{ZH: "榆树村"}, Pin: county.Pin{Lat: 37.61, Lon: 116.41}},
				{ID: "ash", Name: words.Text{ZH: "白蜡村"}, Aliases: []string{"小村"}, Pin: county.Pin{Lat: 37.62, Lon: 116.42}},
			},
		}},
		Points: []county.Point{{
			ID: "oak", Name: words.Text{ZH: "橡树联系点"}, Town: "first", Communities: []string{"oak", "elm"}, Who: "王一", Phone: "139 1234 5678",
			Hours: county.Hours{
				Days:  []time.Weekday{time.Sunday, time.Monday, time.Wednesday, time.Saturday},
				Spans: []county.Span{{From: 0, To: 1440}},
			},
		}},
		Outlets: []county.Outlet{{
			Name: words.Text{ZH: "大厅", EN: "Hall"}, Address: words.Text{ZH: "一号", EN: "No. 1"},
			Hours: county.Hours{
				Days:  []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday},
				Spans: []county.Span{{From: 480, To: 1200}},
			},
		}},
		Answers: []county.Answer{
			{
				ID: "well", About: []string{"other_utility", "buy_where"}, Said: []string{"水费", "water"}, Text: words.Text{ZH: "找水厂", EN: "Ask the waterworks"},
				Who: words.Text{ZH: "水厂", EN: "Waterworks"}, Phone: "0317-7654322",
			},
			{ID: "price", About: []string{"price_question"}, Text: words.Text{ZH: "问大厅", EN: "Ask the hall"}, Hall: true},
		},
		Roster: []county.Member{
			{Name: "王一", ID: 11, Leader: true, Qualified: true},
			{Name: "李二", ID: 12, Qualified: true},
			{Name: "张三", ID: 13, Clerk: true},
		},
		Shifts: []county.Shift{
			{
				Days: []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday},
				From: 480, To: 1200, Who: []string{"王一", "李二"},
			},
			{
				Days: []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday},
				From: 1200, To: 480, Who: []string{"李二", "王一"},
			},
			{Days: []time.Weekday{time.Sunday, time.Saturday}, From: 0, To: 1440, Who: []string{"王一", "李二"}},
		},
		Posts: []int{450, 1170},
	}
	for _, date := range []string{"01", "02", "03", "04", "05", "06", "07", "10"} {
		want.Holidays = append(want.Holidays, county.Holiday{
			Date: "2026-10-" + date, Name: words.Text{ZH: "国庆节", EN: "National Day"}, Work: date == "10",
		})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("county (-want +got):\n%s", diff)
	}
}

// All mistakes of a file at once, in its order, as the operator reads them.
func TestReadDeskReportsEveryMistake(t *testing.T) {
	t.Parallel()
	datadriven.RunTest(t, "testdata/mistakes.txt", func(t *testing.T, d *datadriven.TestData) string {
		_, problems := config.ReadDesk("desk.yaml", []byte(d.Input), today)
		for _, p := range problems {
			if p.Line == 0 || p.Column == 0 || p.What == "" || p.Remedy == "" {
				t.Errorf("the problem does not say where or what to write: %+v", p)
			}
		}
		return problems.String()
	})
}

// One mistake in a good file gives one problem, at its place.
func TestReadDeskOneMistake(t *testing.T) {
	t.Parallel()
	valid := read(t, "valid.yaml")
	datadriven.RunTest(t, "testdata/one_mistake.txt", func(t *testing.T, d *datadriven.TestData) string {
		was, is, ok := strings.Cut(d.Input+"\n", "\n=>\n")
		if n := strings.Count(valid, was); !ok || n != 1 {
			d.Fatalf(t, "%q stands %d times in the valid file", was, n)
		}
		_, problems := config.ReadDesk("desk.yaml", []byte(strings.Replace(valid, was, strings.TrimSuffix(is, "\n"), 1)), today)
		return problems.String()
	})
}

func TestReadDeskNoYAML(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", `desk.yaml:1:1: the file is empty; begin with the sample that the desk ships`},
		{"only comments", "# one\n# two\n", `desk.yaml:1:1: the file is empty; begin with the sample that the desk ships`},
		{"a list", "- one\n", `desk.yaml:1:1: the desk file is a single value; write its parts, each as key: value`},
		{"an open quotation mark", "key: 'demo\n", `desk.yaml:1:6: the file cannot be read from here on: could not find end character of single-quoted text; close the quotation mark`},
		{"an open bracket", "key: demo\nname: [1\n", `desk.yaml:2:7: the file cannot be read from here on: sequence end token ']' not found; close the bracket`},
		{"a tab", "key: demo\nname:\n\tzh: x\n", `desk.yaml:3:1: the file cannot be read from here on: found character '\t' that cannot start any token; write spaces instead of the tab`},
		{"wrong indentation", "chats:\n  duty: -1\n   hall: -2\n", `desk.yaml:2:9: the file cannot be read from here on: mapping value is not allowed in this context; check the indentation, the quotes and the colon there`},
		{"another encoding", "key: demo\nname: \xce\xe2\xc7\xc5\n", `desk.yaml:2:1: the line is not UTF-8 text; save the file as UTF-8`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, problems := config.ReadDesk("desk.yaml", []byte(tt.text), today)
			if diff := cmp.Diff(tt.want, problems.String()); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if !problems.Fatal() {
				t.Error("the desk would start")
			}
		})
	}
}

// What editors do to a file is no mistake.
func TestReadDeskWritings(t *testing.T) {
	t.Parallel()
	valid := read(t, "valid.yaml")
	want, _ := config.ReadDesk("desk.yaml", []byte(valid), today)
	for _, tt := range []struct{ name, text string }{
		{"a byte order mark", "\ufeff" + valid},
		{"Windows lines", strings.ReplaceAll(valid, "\n", "\r\n")},
		{"quoted numbers", strings.Replace(valid, "hotline: 95598", `hotline: "95598"`, 1)},
		{"an alias", strings.NewReplacer("who: 王一", "who: &w 王一", "{name: 王一,", "{name: *w,").Replace(valid)},
		{"a tag", strings.Replace(valid, "hotline: 95598", "hotline: !!str 95598", 1)},
		{"a sentence over two lines", strings.Replace(valid, "en: No. 1}", "en: \"No.\n      1\"}", 1)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, problems := config.ReadDesk("desk.yaml", []byte(tt.text), today)
			if len(problems) > 0 {
				t.Fatalf("problems:\n%s", problems)
			}
			if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })); diff != "" {
				t.Errorf("county (-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever is in the file, reading it ends without a panic, and a county that
// may be used has what the desk cannot do without.
func FuzzReadDesk(f *testing.F) {
	for _, name := range []string{"valid.yaml", "mistakes.txt"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add(config.Sample())
	f.Add([]byte("a: &a [*a]\n<<: *a\n? {}\n: 1\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, problems := config.ReadDesk("desk.yaml", data, today)
		if problems.Fatal() {
			return
		}
		if c.Key == "" || c.Zone == nil || len(c.Towns) == 0 || len(c.Roster) < 2 || c.Hotline == "" {
			t.Errorf("the desk would start with %+v", c)
		}
	})
}
