package text

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// daysAhead are the days that are named from today on, the longer names first.
var daysAhead = []struct {
	name  string
	ahead int
}{
	{"大后天", 3}, {"大后儿", 3}, {"后天", 2}, {"后儿", 2}, {"明天", 1}, {"明儿", 1}, {"明日", 1}, {"明晚", 1}, {"明早", 1}, {"今天", 0}, {"今儿", 0}, {"今日", 0}, {"今晚", 0},
	{"day after tomorrow", 2}, {"tomorrow", 1}, {"today", 0}, {"tonight", 0},
}

var (
	weekdayZH = regexp.MustCompile(`(下个?|这个?|本)?(?:周|礼拜|星期)([一二三四五六日天])`)
	weekdayEN = regexp.MustCompile(`\b(next )?(mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:day)?\b`)
	dateZH    = regexp.MustCompile(`(\d{1,2})月(\d{1,2})[日号]`)
)

// NamedDay finds the day that a sentence names: 明天, 下周五, 12月3号, "tomorrow", "next
// Friday". It gives the day's beginning. A weekday alone is the next one, today included.
func NamedDay(said string, now time.Time) (day time.Time, ok bool) {
	said = strings.ToLower(strings.Map(Simplified, said))
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	if m := dateZH.FindStringSubmatch(said); m != nil {
		return date(m[1], m[2], today)
	}
	for _, d := range daysAhead {
		if Holds(said, d.name) {
			return today.AddDate(0, 0, d.ahead), true
		}
	}
	if m := weekdayZH.FindStringSubmatch(said); m != nil {
		return weekday(today, strings.Index("一二三四五六日", strings.Replace(m[2], "天", "日", 1))/len("一"), strings.HasPrefix(m[1], "下")), true
	}
	if m := weekdayEN.FindStringSubmatch(said); m != nil {
		return weekday(today, strings.Index("monday    tuesday   wednesday thursday  friday    saturday  sunday    ", m[2])/10, m[1] != ""), true
	}
	return time.Time{}, false
}

// WithoutDay gives a sentence without the days that it names, which would be taken for a
// part of the place behind them: 周五张庄村.
func WithoutDay(said string) string {
	for _, named := range []*regexp.Regexp{dateZH, weekdayZH, weekdayEN} {
		said = named.ReplaceAllString(said, " ")
	}
	for _, d := range daysAhead {
		said = strings.ReplaceAll(said, d.name, " ")
	}
	return said
}

// weekday gives a day of the week, counted from Monday: the next one from today on, or
// that of next week.
func weekday(today time.Time, day int, next bool) time.Time {
	from := (int(today.Weekday()) + 6) % 7
	if next {
		return today.AddDate(0, 0, 7-from+day)
	}
	return today.AddDate(0, 0, (day-from+7)%7)
}

// date gives a day of a month: of next year, when it has passed.
func date(month, day string, today time.Time) (time.Time, bool) {
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	at := time.Date(today.Year(), time.Month(m), d, 0, 0, 0, 0, today.Location())
	if at.Before(today) {
		at = at.AddDate(1, 0, 0)
	}
	return at, at.Month() == time.Month(m) && at.Day() == d
}
