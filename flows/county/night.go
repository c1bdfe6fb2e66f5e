package county

import "time"

// Nobody is asked anything in the night (PRODUCT R15), in hours of the county's
// day.
const nightFrom, nightTo = 22, 7

// Daytime gives the instant itself, or the end of the night it falls in.
func (c *County) Daytime(at time.Time) time.Time {
	at = at.In(c.zone())
	switch {
	case at.Hour() >= nightFrom:
		return time.Date(at.Year(), at.Month(), at.Day()+1, nightTo, 0, 0, 0, at.Location())
	case at.Hour() < nightTo:
		return time.Date(at.Year(), at.Month(), at.Day(), nightTo, 0, 0, 0, at.Location())
	}
	return at
}
