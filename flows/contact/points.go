package contact

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// points lists the contact points of the place: who, phone, where, when, duties
// and promises, then the supply station (PRODUCT R17).
func points(t *talk.Turn) words.Args {
	c := t.Desk.County
	var blocks []string
	for _, p := range c.PointsFor(t.S.Place) {
		blocks = append(blocks, point(t, p))
	}
	if blocks == nil {
		blocks = []string{t.Word("contact.points.none", nil)}
	}
	town, _ := c.Town(t.S.Place.Town)
	for _, s := range c.Stations {
		if s.ID == town.Station {
			blocks = append(blocks, t.Word("contact.points.station", words.Args{"Name": s.Name.In(t.S.Lang), "Phone": s.Phone}))
		}
	}
	return words.Args{"Place": c.PlaceName(t.S.Place, t.S.Lang), "Points": words.HTML(strings.Join(blocks, "\n\n"))}
}

func point(t *talk.Turn, p county.Point) string {
	now := "contact.points.closed"
	if t.Desk.County.Open(p.Hours, t.E.At) {
		now = "contact.points.open"
	}
	lines := []string{
		t.Word("contact.points.entry", words.Args{"Name": p.Name.In(t.S.Lang), "Who": p.Who, "Phone": p.Phone, "Now": words.HTML(t.Word(now, nil))}),
		hours(t, p.Hours),
	}
	for _, text := range []words.Text{p.Address, p.Duties, p.Promises} {
		lines = append(lines, words.Escape(text.In(t.S.Lang)))
	}
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
}

// week is the days in the order in which a week is read.
var week = []time.Weekday{
	time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday,
}

// hours writes opening hours: "周一到周五 08:00–12:00、14:00–18:00". Hours that are
// never open are "".
func hours(t *talk.Turn, h county.Hours) string {
	if len(h.Days) == 0 || len(h.Spans) == 0 {
		return ""
	}
	var days []string
	for i := 0; i < len(week); i++ {
		last := i
		for last < len(week) && slices.Contains(h.Days, week[last]) {
			last++
		}
		switch last - i {
		case 0:
			continue
		case 1:
			days = append(days, dayName(t, week[i]))
		default:
			days = append(days, t.Word("contact.hours.days", words.Args{"From": dayName(t, week[i]), "To": dayName(t, week[last-1])}))
		}
		i = last
	}
	if len(h.Days) == len(week) {
		days = []string{t.Word("contact.hours.daily", nil)}
	}
	spans := make([]string, len(h.Spans))
	for i, s := range h.Spans {
		spans[i] = fmt.Sprintf("%02d:%02d–%02d:%02d", s.From/60, s.From%60, s.To/60, s.To%60)
	}
	comma := t.Word("list", nil)
	return strings.Join(days, comma) + " " + strings.Join(spans, comma)
}

func dayName(t *talk.Turn, d time.Weekday) string {
	return t.Word("contact.hours."+strings.ToLower(d.String()[:3]), nil)
}
