package config

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"powerdesk/flows/county"
)

// hours reads weekly opening hours.
func (d *desk) hours(v value) (h county.Hours) {
	v.part(func(f *fields) {
		h.Days = f.need("days", "Mon-Fri").weekdays()
		open := f.need("open", `["08:00-12:00", "14:00-18:00"]`)
		h.Spans = list(open, "a span of hours", value.span)
		if !open.missing() && len(h.Spans) == 0 {
			open.wrong(`write open: ["08:00-12:00", "14:00-18:00"]`, "open is empty")
		}
		for i := 1; i < len(h.Spans); i++ {
			if h.Spans[i].From <= h.Spans[i-1].To {
				open.wrong("write the spans in order, with a break between them", "the hours overlap or are out of order")
			}
		}
	})
	return h
}

// plain writes full-width signs and the several kinds of dash the one way that
// the patterns below know.
func plain(s string) string {
	s = norm.NFKC.String(s)
	return strings.NewReplacer("–", "-", "—", "-", "~", "-", "至", "-", "、", ",", " ", "").Replace(s)
}

// weekdayNames gives the days of the week by their names, Monday first.
var weekdayNames = [][]string{
	{"mon", "周一", "星期一"}, {"tue", "周二", "星期二"}, {"wed", "周三", "星期三"}, {"thu", "周四", "星期四"},
	{"fri", "周五", "星期五"}, {"sat", "周六", "星期六"}, {"sun", "周日", "星期日", "周天", "星期天"},
}

// weekdays reads "Mon-Fri" or "Mon, Wed, Sat-Sun".
func (v value) weekdays() (days []time.Weekday) {
	s, ok := v.word()
	if !ok {
		return nil
	}
	for part := range strings.SplitSeq(strings.ToLower(plain(s)), ",") {
		first, last, _ := strings.Cut(part, "-")
		from := weekday(first)
		to := from
		if last != "" {
			to = weekday(last)
		}
		if from < 0 || to < from {
			v.wrong("write Mon-Fri, or Mon, Wed, Sat", "%q is not a day of the week or a run of them", part)
			return nil
		}
		for i := from; i <= to; i++ {
			days = append(days, time.Weekday((i+1)%7))
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

func weekday(name string) int {
	return slices.IndexFunc(weekdayNames, func(names []string) bool { return slices.Contains(names, name) })
}

var spanPattern = regexp.MustCompile(`^([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})$`)

// span reads "08:00-12:00"; the end of the day is 24:00.
func (v value) span() county.Span {
	s, ok := v.overnight()
	if ok && s.From >= s.To {
		text, _ := v.word()
		v.wrong(`write hours over midnight as two: "22:00-24:00", "00:00-06:00"`, "%q ends before it begins", text)
	}
	return s
}

// overnight reads "20:00-08:00" as well: hours that do not end after they began
// end on the next day.
func (v value) overnight() (s county.Span, ok bool) {
	text, ok := v.word()
	if !ok {
		return s, false
	}
	m := spanPattern.FindStringSubmatch(plain(text))
	if m == nil {
		v.wrong(`write "08:00-12:00"`, "%q is not a span of hours", text)
		return s, false
	}
	var n [4]int
	for i := range n {
		n[i], _ = strconv.Atoi(m[i+1])
	}
	s = county.Span{From: n[0]*60 + n[1], To: n[2]*60 + n[3]}
	if n[1] > 59 || n[3] > 59 || s.From >= 24*60 || s.To > 24*60 {
		v.wrong("write hours from 00:00 to 24:00", "%q is no time of the day", text)
		return s, false
	}
	return s, true
}

// holidays reads the official holidays: days off as one run, and the weekend
// days that are worked for them.
func (d *desk) holidays(v value) {
	d.county.Holidays = slices.Concat(records(v, "a holiday", d.holiday)...)
	years := make(map[string]bool)
	for _, h := range d.county.Holidays {
		years[h.Date[:4]] = true
	}
	// The next year's holidays are announced in November.
	for _, day := range []time.Time{d.now, d.now.AddDate(0, 2, 0)} {
		year := day.Format("2006")
		if !years[year] {
			years[year] = true
			v.doubtful("write the official holidays of "+year, "no holidays of %s are known: every Monday to Friday will count as worked", year)
		}
	}
}

// longestHoliday is more days than any official run of days off.
const longestHoliday = 14

func (d *desk) holiday(f *fields, all *[]county.Holiday) {
	name := f.need("name", "{zh: 国庆节, en: National Day}").sentence()
	add := func(v value, day time.Time, work bool) {
		date := day.Format(time.DateOnly)
		d.unique("holiday", date, v)
		*all = append(*all, county.Holiday{Date: date, Name: name, Work: work})
	}
	off := f.need("off", "2026-10-01..2026-10-07")
	from, to, ok := off.run()
	for day := from; ok && !day.After(to); day = day.AddDate(0, 0, 1) {
		add(off, day, false)
	}
	for _, w := range list(f.get("work"), "a worked day", func(v value) value { return v }) {
		day, ok := w.date()
		if !ok {
			continue
		}
		add(w, day, true)
		if slices.Contains(d.county.Office.Days, day.Weekday()) {
			w.doubtful("check the date", "%s is a %s and worked anyway", day.Format(time.DateOnly), day.Weekday())
		}
	}
}

// run reads one date or "2026-10-01..2026-10-07".
func (v value) run() (from, to time.Time, ok bool) {
	s, ok := v.word()
	if !ok {
		return from, to, false
	}
	first, last, both := strings.Cut(s, "..")
	if !both {
		last = first
	}
	from, err := time.Parse(time.DateOnly, strings.TrimSpace(first))
	if err == nil {
		to, err = time.Parse(time.DateOnly, strings.TrimSpace(last))
	}
	switch {
	case err != nil:
		v.wrong("write 2026-10-01 or 2026-10-01..2026-10-07", "%q is not a date or a run of dates", s)
	case to.Before(from):
		v.wrong("write the earlier date first", "%q ends before it begins", s)
	case to.Sub(from) >= longestHoliday*24*time.Hour:
		v.wrong("check the months", "%q is longer than any holiday", s)
	default:
		return from, to, true
	}
	return from, to, false
}

func (v value) date() (time.Time, bool) {
	s, ok := v.word()
	if !ok {
		return time.Time{}, false
	}
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		v.wrong("write it as 2026-10-10", "%q is not a date", s)
	}
	return day, err == nil
}
