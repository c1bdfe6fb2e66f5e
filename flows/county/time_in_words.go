package county

import (
	"time"

	"powerdesk/flows/words"
)

// TimeInWords writes an instant as people say it: the time alone when it is today,
// else with "tomorrow" or the date, in the county's zone.
func (c *County) TimeInWords(l words.Lang, at, now time.Time) string {
	at, now = at.In(c.zone()), now.In(c.zone())
	clock := at.Format("15:04")
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, c.zone())
	switch days := int(at.Sub(midnight).Hours()) / 24; {
	case at.Before(midnight) || days > 1:
		return words.Plain(l, "moment.date", words.Args{"Month": int(at.Month()), "Day": at.Day(), "Clock": clock})
	case days == 1:
		return words.Plain(l, "moment.tomorrow", words.Args{"Clock": clock})
	}
	return clock
}

// HallOpens says when the hall opens: that it is open now, when it does next, or,
// of one that never does, that its hours can be asked.
func (c *County) HallOpens(l words.Lang, now time.Time) string {
	if c.Open(c.Hall, now) {
		return words.Plain(l, "topup.open_now", nil)
	}
	at, ok := c.NextOpening(c.Hall, now)
	if !ok {
		return words.Plain(l, "topup.unknown_hours", words.Args{"Hotline": c.Hotline})
	}
	return c.TimeInWords(l, at, now)
}
