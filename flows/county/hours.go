package county

import (
	"cmp"
	"slices"
	"time"
)

// Open says whether the hours are open at an instant, in the county's time
// zone. Hours follow the working week: an official holiday closes them, a
// make-up workday opens them on a weekend (DOMAIN §6.3). Hours that name all
// seven days mean every day and know no holidays.
func (c *County) Open(h Hours, at time.Time) bool {
	at = at.In(c.zone())
	if !c.openDay(h, at) {
		return false
	}
	minute := at.Hour()*60 + at.Minute()
	return slices.ContainsFunc(h.Spans, func(s Span) bool { return s.From <= minute && minute < s.To })
}

// longestWait is how many days ahead an opening is looked for: more than any
// run of holidays, and more than a week of hours open on one weekday only.
const longestWait = 60

// NextOpening gives the first instant after the given one at which closed hours
// open: the next morning, or the end of the noon break. It is false when there
// is none, as for hours that never close.
func (c *County) NextOpening(h Hours, after time.Time) (time.Time, bool) {
	after = after.In(c.zone())
	for ahead := range longestWait {
		day := time.Date(after.Year(), after.Month(), after.Day()+ahead, 0, 0, 0, 0, after.Location())
		if opening, ok := c.openingOn(h, day, after); ok {
			return opening, true
		}
	}
	return time.Time{}, false
}

// openingOn gives the first opening on a day that lies after the given instant.
func (c *County) openingOn(h Hours, day, after time.Time) (first time.Time, ok bool) {
	if !c.openDay(h, day) {
		return time.Time{}, false
	}
	for _, s := range h.Spans {
		at := time.Date(day.Year(), day.Month(), day.Day(), 0, s.From, 0, 0, day.Location())
		if at.After(after) && !c.Open(h, at.Add(-time.Minute)) && (!ok || at.Before(first)) {
			first, ok = at, true
		}
	}
	return first, ok
}

func (c *County) openDay(h Hours, day time.Time) bool {
	listed := slices.Contains(h.Days, day.Weekday())
	date := day.Format(time.DateOnly)
	i := slices.IndexFunc(c.Holidays, func(d Holiday) bool { return d.Date == date })
	switch {
	case i < 0 || everyDay(h):
		return listed
	case c.Holidays[i].Work:
		return listed || workingWeek(h)
	}
	return false
}

func everyDay(h Hours) bool {
	return workingWeek(h) && slices.Contains(h.Days, time.Saturday) && slices.Contains(h.Days, time.Sunday)
}

func workingWeek(h Hours) bool {
	for day := time.Monday; day <= time.Friday; day++ {
		if !slices.Contains(h.Days, day) {
			return false
		}
	}
	return true
}

// Local gives an instant as the county's clocks show it.
func (c *County) Local(at time.Time) time.Time { return at.In(c.zone()) }

// zone is the county's time zone; a county without one reads UTC.
func (c *County) zone() *time.Location { return cmp.Or(c.Zone, time.UTC) }
