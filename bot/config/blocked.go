package config

import (
	"cmp"
	"fmt"
	"time"

	"powerdesk/flows/county"
)

// longestBar is how far ahead somebody may be barred: who is barred for longer
// was forgotten, and whoever keeps the list looks at it once a year.
const longestBar = 366 * 24 * time.Hour

// blocked reads whom the desk does not serve. It goes by numeric id, because
// names change; and with an end, because people do.
func (d *desk) blocked(v value) {
	d.county.Barred = records(v, "a blocked person", func(f *fields, b *county.Barred) {
		id := f.need("id", "the person's numeric Telegram id")
		b.ID = id.integer()
		switch {
		case id.missing():
		case b.ID <= 0 || b.ID > longestPersonID:
			id.wrong("write the person's numeric id", "%d is not a person's Telegram id", b.ID)
		default:
			d.unique("blocked id", fmt.Sprint(b.ID), id)
			d.later = append(d.later, func() {
				if m, ok := d.county.Member(b.ID); ok {
					id.wrong("take one of the two away", "%s of the roster is blocked", m.Name)
				}
			})
		}
		b.Until = d.barredUntil(f.need("until", "2026-12-31, the last day"))
		b.Reason = f.need("reason", "why, for whoever reads the list next").str()
	})
}

// barredUntil is the end of the last day.
func (d *desk) barredUntil(v value) time.Time {
	day, ok := v.date()
	if !ok {
		return time.Time{}
	}
	zone := cmp.Or(d.county.Zone, time.UTC) // that there is none is a mistake of its own
	end := time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, zone)
	switch {
	case !end.After(d.now):
		v.doubtful("remove the person from the list", "it is over since %s", day.Format(time.DateOnly))
	case end.Sub(d.now) > longestBar:
		v.wrong("write a day within a year", "%s is more than a year ahead", day.Format(time.DateOnly))
	}
	return end
}
