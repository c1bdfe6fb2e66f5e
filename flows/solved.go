package flows

import (
	"strconv"
	"time"
)

// Nobody is asked anything in the night (PRODUCT R15), in hours of the county's
// day.
const nightFrom, nightTo = 22, 7

// Solved counts a fault that the person has put right at home, and sets the
// question for later whether it held (PRODUCT R6). How names what helped.
func (t *Turn) Solved(how string) {
	t.Do(Log{At: t.E.At, Who: "resident", What: "self_solved", Note: how})
	t.Do(Remind{
		Name: alarmFlow + "/" + strconv.FormatInt(t.S.Chat, 10), At: t.Desk.County.Daytime(t.E.At.Add(t.Desk.County.Timers.Solved)), Chat: t.S.Chat,
	})
}

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
