package config_test

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"powerdesk/bot/config"
	"powerdesk/flows"
	"powerdesk/flows/words"
)

var rewrite = flag.Bool("rewrite", false, "write testdata/*.txt anew; review the diff")

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
	want := flows.County{
		Key: "demo", Name: words.Text{ZH: "示例县", EN: "Example County"}, Company: words.Text{ZH: "示例县供电公司", EN: "Example County Power"},
		Hotline: "95598", Promise: "0317-1234567",
		Chats:    flows.Chats{Duty: -1001, Hall: -1002, Leader: -1003},
		Promises: map[flows.Area]flows.Arrival{flows.Urban: {Minutes: 45}, flows.Rural: {Minutes: 90}},
		Office: flows.Hours{
			Days:  []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday},
			Spans: []flows.Span{{From: 480, To: 720}, {From: 840, To: 1080}},
		},
		Hall: flows.Hours{
			Days:  []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday},
			Spans: []flows.Span{{From: 510, To: 1020}},
		},
		Timers: flows.Timers{Stale: 2 * day, Solved: 12 * time.Hour, Claim: 30 * time.Second},
		Keep:   flows.Keep{Session: 365 * day, Job: 90 * day},
		Meters: flows.Meters{Alarm: 50, Overdraft: 20, Online: true},
		Stations: []flows.Station{
			{ID: "north", Name: words.Text{ZH: "北站", EN: "North Station"}, Phone: "0317-7654321"},
		},
		Towns: []flows.Town{{
			ID: "first", Name: words.Text{ZH: "第一镇", EN: "First Town"}, Aliases: []string{"老镇"}, Area: flows.Rural, Station: "north",
			Communities: []flows.Community{
				{ID: "oak", Name: words.Text{ZH: "橡树小区", EN: "Oak Estate"}, Area: flows.Urban, Pin: flows.Pin{Lat: 37.6, Lon: 116.4}},
				{ID: "elm", Name: words.Text{ZH: "榆树村"}, Pin: flows.Pin{Lat: 37.61, Lon: 116.41}},
				{ID: "ash", Name: words.Text{ZH: "白蜡村"}, Aliases: []string{"小村"}, Pin: flows.Pin{Lat: 37.62, Lon: 116.42}},
			},
		}},
		Points: []flows.Point{{
			ID: "oak", Name: words.Text{ZH: "橡树联系点"}, Town: "first", Communities: []string{"oak", "elm"}, Who: "王一", Phone: "139 1234 5678",
			Hours: flows.Hours{
				Days:  []time.Weekday{time.Sunday, time.Monday, time.Wednesday, time.Saturday},
				Spans: []flows.Span{{From: 0, To: 1440}},
			},
		}},
		Outlets: []flows.Outlet{{
			Name: words.Text{ZH: "大厅", EN: "Hall"}, Address: words.Text{ZH: "一号", EN: "No. 1"},
			Hours: flows.Hours{
				Days:  []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday},
				Spans: []flows.Span{{From: 480, To: 1200}},
			},
		}},
		Roster: []flows.Member{
			{Name: "王一", ID: 11, Leader: true, Qualified: true},
			{Name: "李二", ID: 12, Qualified: true},
			{Name: "张三", ID: 13, Clerk: true},
		},
	}
	for _, date := range []string{"01", "02", "03", "04", "05", "06", "07", "10"} {
		want.Holidays = append(want.Holidays, flows.Holiday{
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
	_, problems := config.ReadDesk("mistakes.yaml", []byte(read(t, "mistakes.yaml")), today)
	got := problems.String() + "\n"
	if *rewrite {
		if err := os.WriteFile("testdata/mistakes.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(strings.Split(read(t, "mistakes.txt"), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	for _, p := range problems {
		if p.Line == 0 || p.Column == 0 || p.What == "" || p.Remedy == "" {
			t.Errorf("the problem does not say where or what to write: %+v", p)
		}
	}
}

// One mistake in a good file gives one problem, at its place.
func TestReadDeskOneMistake(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, old, new, want string }{
		{"unknown key", "    station: north", "    statoin: north\n    station: north", `desk.yaml:25:5: "statoin" is not known in a town; write "station"`},
		{"unknown key at the top", "hotline: 95598", "hotline: 95598\nprices: 5", `desk.yaml:5:1: "prices" is not known in the desk file; write "promise"`},
		{"key twice", "hotline: 95598", "hotline: 95598\nhotline: 95599", `desk.yaml:5:1: "hotline" is written twice, first in line 4; remove one of them`},
		{"missing part", "zone: Asia/Shanghai\n", "", `desk.yaml:1:1: zone of the desk file is missing; write zone: Asia/Shanghai`},
		{"missing value", "    area: rural", "    area:", `desk.yaml:24:5: area of a town is missing; write area: urban, rural or remote`},
		{"missing name in English", "第一镇, en: First Town", "第一镇", `desk.yaml:22:11: en of name is missing; write en: the English text`},
		{"a list instead of a mapping", "meters: {alarm: 50, overdraft: 20, online: true}", "meters: [50]", `desk.yaml:18:9: meters is a single value; write its parts, each as key: value`},
		{"a mapping instead of a list", "aliases: [老镇]", "aliases: 老镇", `desk.yaml:23:14: aliases is not a list; write each on a line of its own, after a dash`},
		{"an empty name", "who: 王一", `who: ""`, `desk.yaml:35:10: who is empty; write it, or remove the line`},
		{"a long name", "who: 王一", "who: " + strings.Repeat("王", 41), `desk.yaml:35:10: who is 41 characters long; write at most 40 characters`},
		{"an invisible character", "who: 王一", "who: \"王\\u202e一\"", `desk.yaml:35:10: who holds invisible characters; write it in one line of plain text`},
		{"a comma divides a text", "zh: 一号, en: No. 1", "zh: 一号, 二楼, en: No. 1", `desk.yaml:40:25: "二楼" is not known in address; put the text before it in quotes: its comma begins a new key`},

		{"key", "key: demo", "key: De/mo", `desk.yaml:1:6: key "De/mo" does not fit Redis; write 1 to 32 of a-z, 0-9 and -`},
		{"phone", "phone: 0317-7654321", "phone: 0317 or so", `desk.yaml:20:58: phone "0317 or so" is not a phone number; write 3 to 15 digits, such as 95598, 0317-1234567 or 13912345678`},
		{"zone", "Asia/Shanghai", "Peking", `desk.yaml:6:7: time zone "Peking" is not known; write a name such as Asia/Shanghai`},
		{"a machine's own zone", "Asia/Shanghai", "Local", `desk.yaml:6:7: time zone "Local" is not known; write a name such as Asia/Shanghai`},
		{"a person's id as a group", "duty: -1001", "duty: 1001", `desk.yaml:8:9: 1001 is a person's id, not a group's; write the negative number that the bot says when it is added to the group, such as -1001234567890`},
		{"one group twice", "hall: -1002", "hall: -1001", `desk.yaml:9:9: chat "-1001" is already used in line 8; write another one`},
		{"not a number", "hall: -1002", "hall: abc", `desk.yaml:9:9: hall "abc" is not a whole number; write digits only`},

		{"no arrival time", "rural: 90}", "rural: 0}", `desk.yaml:11:31: rural is 0; write 1 to 1440|desk.yaml:11:31: warning: rural is quicker than the area before it; check both`},
		{"quicker in the country", "rural: 90}", "rural: 30}", `desk.yaml:11:31: warning: rural is quicker than the area before it; check both`},
		{"an area without a time", "area: rural", "area: remote", `desk.yaml:24:11: remote has no usual arrival time; write it below promises`},
		{"an unknown area", "area: urban, lat", "area: urbann, lat", `desk.yaml:27:62: area "urbann" is not known; write "urban"`},
		{"an unknown promise", "rural: 90}", "rural: 90, city: 45}", `desk.yaml:11:35: "city" is not known in promises; write one of: urban, rural, remote`},

		{"days", "days: Mon-Fri, open", "days: Mon-Fru, open", `desk.yaml:12:16: "mon-fru" is not a day of the week or a run of them; write Mon-Fri, or Mon, Wed, Sat`},
		{"days backwards", "days: Mon-Fri, open", "days: Fri-Mon, open", `desk.yaml:12:16: "fri-mon" is not a day of the week or a run of them; write Mon-Fri, or Mon, Wed, Sat`},
		{"hours", `"08:00-12:00", `, `"8 to 12", `, `desk.yaml:12:32: "8 to 12" is not a span of hours; write "08:00-12:00"`},
		{"hours that are none", `"14:00-18:00"`, `"14:00-25:00"`, `desk.yaml:12:47: "14:00-25:00" is no time of the day; write hours from 00:00 to 24:00`},
		{"hours backwards", `"08:30–17:00"`, `"17:00–08:30"`, `desk.yaml:13:29: "17:00–08:30" ends before it begins; write hours over midnight as two: "22:00-24:00", "00:00-06:00"`},
		{"hours that overlap", `"14:00-18:00"`, `"11:00-18:00"`, `desk.yaml:12:31: the hours overlap or are out of order; write the spans in order, with a break between them`},
		{"no hours", `open: ["08:30–17:00"]`, `open: []`, `desk.yaml:13:28: open is empty; write open: ["08:00-12:00", "14:00-18:00"]`},

		{"a date", "work: [2026-10-10]", "work: [2026-10-32]", `desk.yaml:15:79: "2026-10-32" is not a date; write it as 2026-10-10`},
		{"a run of dates", "2026-10-01..2026-10-07", "2026-10-01-07", `desk.yaml:15:48: "2026-10-01-07" is not a date or a run of dates; write 2026-10-01 or 2026-10-01..2026-10-07`},
		{"a run backwards", "2026-10-01..2026-10-07", "2026-10-07..2026-10-01", `desk.yaml:15:48: "2026-10-07..2026-10-01" ends before it begins; write the earlier date first`},
		{"a run too long", "2026-10-01..2026-10-07", "2026-01-01..2026-10-07", `desk.yaml:15:48: "2026-01-01..2026-10-07" is longer than any holiday; check the months`},
		{"a day off that is worked", "work: [2026-10-10]", "work: [2026-10-07]", `desk.yaml:15:79: holiday "2026-10-07" is already used in line 15; write another one|desk.yaml:15:79: warning: 2026-10-07 is a Wednesday and worked anyway; check the date`},
		{"a year without holidays", "2026-10-01..2026-10-07, work: [2026-10-10]", "2025-10-01..2025-10-07", `desk.yaml:15:3: warning: no holidays of 2026 are known: every Monday to Friday will count as worked; write the official holidays of 2026`},

		{"a duration without unit", "stale: 2d", "stale: 48", `desk.yaml:16:17: stale "48" is not a duration; write a number with its unit, such as 60s, 30m, 12h or 90d`},
		{"a negative duration", "stale: 2d", "stale: -2h", `desk.yaml:16:17: stale is -2h; write 10m to 30d`},
		{"a membership believed too long", "claim: 30s", "claim: 5m", `desk.yaml:16:43: claim is 5m; write 1s to 1m`},
		{"an unknown timer", "claim: 30s", "clam: 30s", `desk.yaml:16:36: "clam" is not known in timers; write "claim"`},
		{"jobs gone too soon", "job: 90d", "job: 1d", `desk.yaml:17:27: job is 1d; write 2d to 1095d`},
		{"neither true nor false", "online: true", "online: ja", `desk.yaml:18:44: online is neither true nor false; write true or false`},
		{"a negative amount", "alarm: 50", "alarm: -50", `desk.yaml:18:17: alarm is -50; write 0 to 10000`},

		{"an id", "id: elm", "id: Elm 1", `desk.yaml:28:14: id "Elm 1" is not an id; write a small letter, then up to 31 of a-z, 0-9 and -|desk.yaml:34:24: "elm" is not a community of first; write one of: oak, Elm 1, ash`},
		{"an id twice", "id: ash", "id: elm", `desk.yaml:29:14: community id "elm" is already used in line 28; write another one`},
		{"a name twice, in other characters", "zh: 白蜡村", "zh: 榆樹村", `desk.yaml:29:25: community of first "榆树村" is already used in line 28; write another one`},
		{"a station nobody knows", "station: north", "station: nort", `desk.yaml:25:14: "nort" is not a station of this file; write "north"`},
		{"a town nobody knows", "town: first", "town: last", `desk.yaml:33:11: "last" is not a town of this file; write one of: first`},
		{"a community nobody knows", "[oak, elm]", "[oak, elmm]", `desk.yaml:34:24: "elmm" is not a community of first; write "elm"`},
		{"lat and lon swapped", "lat: 37.6, lon: 116.4}", "lat: 116.4, lon: 37.6}", `desk.yaml:27:74: lat 116.4 is not between -90 and 90; write the latitude as lat and the longitude as lon`},
		{"half a position", "lat: 37.6, lon: 116.4}", "lat: 37.6}", `desk.yaml:27:9: a community has half a position; write both lat and lon, or neither`},
		{"a position in words", "lat: 37.61,", "lat: north,", `desk.yaml:28:46: lat "north" is not a number; write a number such as 37.63`},
		{"a position far off", "lat: 37.61,", "lat: 36.61,", `desk.yaml:28:46: warning: the position is 111 km from the middle of the others; check lat and lon`},
		{"a position that is no number", "lat: 37.61,", "lat: .nan,", `desk.yaml:28:46: lat NaN is not between -90 and 90; write the latitude as lat and the longitude as lon`},

		{"one volunteer", "  - {name: 李二, id: 12, qualified: true}\n", "", `desk.yaml:43:3: the roster has 1 of the two people that every job needs; write at least two members who are not only clerks|desk.yaml:43:3: warning: 1 of the two people that dangerous work needs may do it; write qualified: true for who is trained, or squad: true`},
		{"no leader", "leader: true, ", "", `desk.yaml:43:3: the roster has no leader; write leader: true for whom the desk calls when nobody comes`},
		{"no clerk", ", clerk: true", "", `desk.yaml:43:3: warning: the roster has no clerk; write clerk: true for who tops up cards at night`},
		{"one person twice", "id: 12,", "id: 11,", `desk.yaml:44:20: Telegram id "11" is already used in line 43; write another one`},
		{"one name twice", "name: 张三", "name: 王一", `desk.yaml:45:12: warning: 王一 is also in line 43: the group cannot tell who is going; write what tells them apart`},
		{"a group as a person", "id: 12,", "id: -10012,", `desk.yaml:44:20: -10012 is a group's id, not a person's; write the person's own number`},
		{"a phone as an id", "id: 12,", "id: 13912345678901234,", `desk.yaml:44:20: 13912345678901234 is not a Telegram id; write the person's numeric id`},

		{"an alias of no anchor", "zone: Asia/Shanghai", "zone: *tz", `desk.yaml:6:7: *tz is not an anchor; write an anchor that stands above, or the value itself|desk.yaml:6:7: zone of the desk file is missing; write zone: Asia/Shanghai`},
		{"a second document", "  - {name: 张三, id: 13, clerk: true}\n", "  - {name: 张三, id: 13, clerk: true}\n---\nkey: x\n", `desk.yaml:46:1: a second document begins; remove it and what follows`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			valid := read(t, "valid.yaml")
			if n := strings.Count(valid, tt.old); n != 1 {
				t.Fatalf("%q stands %d times in the valid file", tt.old, n)
			}
			_, problems := config.ReadDesk("desk.yaml", []byte(strings.Replace(valid, tt.old, tt.new, 1)), today)
			got := strings.ReplaceAll(problems.String(), "\n", "|")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadDeskNoYAML(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", `desk.yaml:1:1: the file is empty; begin with the sample that the desk ships`},
		{"only comments", "# one\n# two\n", `desk.yaml:1:1: the file is empty; begin with the sample that the desk ships`},
		{"a list", "- one\n", `desk.yaml:1:1: the desk file is a single value; write its parts, each as key: value`},
		{"an open quotation mark", "key: 'demo\n", `desk.yaml:1:6: the file cannot be read from here on: could not find end character of single-quoted text; close the quotation mark`},
		{"an open bracket", "key: demo\nname: [1\n", `desk.yaml:2:7: the file cannot be read from here on: sequence end token ']' not found; close the bracket`},
		{"a tab", "key: demo\nname:\n\tzh: x\n", `desk.yaml:3:2: the file cannot be read from here on: found character '\t' that cannot start any token; write spaces instead of the tab`},
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
		{"an anchor", strings.Replace(strings.Replace(valid, "zone: Asia/Shanghai", "zone: &tz Asia/Shanghai", 1), "key: demo", "key: &k demo", 1)},
		{"an alias", strings.Replace(strings.Replace(valid, "en: Hall}", "en: &hall Hall}", 1), "en: No. 1}", "en: No. 1} # *hall", 1)},
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
	for _, name := range []string{"valid.yaml", "mistakes.yaml"} {
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
