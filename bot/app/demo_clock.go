package app

import (
	"fmt"
	"time"

	"powerdesk/bot/demo"
	"powerdesk/flows/county"
)

// parts are the parts of the day to which a visitor may set the demo's clock: by day the
// hall is open, in the evening and in the night it is not.
var parts = []struct {
	name   string
	minute int // after midnight
	open   bool
}{{"day", 10 * 60, true}, {"evening", 19*60 + 30, false}, {"night", 22*60 + 30, false}}

// daysAhead is how far a part of the day is looked for: past every run of holidays.
const daysAhead = 30

// hours gives the next instant at which each part of the day begins. Time goes forward
// alone, also here: what the desk remembers must not lie ahead of it. So "day" may be
// the working day after next.
func hours(c *county.County, now time.Time) map[string]time.Time {
	next := make(map[string]time.Time, len(parts))
	now = now.In(c.Zone)
	for _, part := range parts {
		for ahead := daysAhead; ahead >= 0; ahead-- { // the nearest stays
			at := time.Date(now.Year(), now.Month(), now.Day()+ahead, 0, part.minute, 0, 0, c.Zone)
			if at.After(now) && c.Open(c.Hall, at) == part.open {
				next[part.name] = at
			}
		}
	}
	return next
}

// turn sets the clock of the whole demo forward to a part of the day. Whatever comes
// due until then is due at once.
func (s *stage) turn(part string) error {
	at, known := hours(s.setting.County, s.clock.Now())[part]
	if !known {
		return fmt.Errorf("no hour is called %q: %w", part, demo.ErrNotAllowed)
	}
	s.clock.Set(at)
	return nil
}
