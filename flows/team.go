package flows

import (
	"slices"
	"time"

	"powerdesk/flows/words"
)

// Team is what the volunteers themselves have said of their duty, on top of the
// plan in the desk file. There is one of a desk.
type Team struct {
	Rev  int64      `json:"-"` // counted by the store; 0 = never stored
	Said []Presence `json:"said,omitempty"`
}

// Presence is one volunteer's "I am on duty" or "I am not", for a time.
type Presence struct {
	User  int64      `json:"user"`
	Name  string     `json:"name"`
	Lang  words.Lang `json:"lang"`
	On    bool       `json:"on"`
	From  time.Time  `json:"from"`
	Until time.Time  `json:"until"`
}

// Say notes what a volunteer says of their duty. It replaces what they said of
// the same time before, and drops what is past.
func (m *Team) Say(p Presence) {
	m.Said = slices.DeleteFunc(m.Said, func(old Presence) bool {
		return !old.Until.After(p.From) || old.User == p.User && old.From.Before(p.Until)
	})
	m.Said = append(m.Said, p)
}

// Member gives the roster's entry of a person; a person the roster does not know
// is nobody's leader and not qualified.
func (c *County) Member(user int64) (Member, bool) {
	i := slices.IndexFunc(c.Roster, func(m Member) bool { return m.ID == user && user != 0 })
	if i < 0 {
		return Member{}, false
	}
	return c.Roster[i], true
}

// OnDuty gives who is on duty at an instant: the planned shift without those who
// said no, and with those who said yes. Who the roster does not know has an ID
// and a Name all the same.
func (c *County) OnDuty(team *Team, at time.Time) []Member {
	var on []Member
	for _, s := range c.Shifts {
		if !s.covers(at.In(c.zone())) {
			continue
		}
		for _, name := range s.Who {
			i := slices.IndexFunc(c.Roster, func(m Member) bool { return m.Name == name })
			if i >= 0 && !slices.ContainsFunc(on, func(m Member) bool { return m.Name == name }) {
				on = append(on, c.Roster[i])
			}
		}
	}
	for _, p := range team.said() {
		if at.Before(p.From) || !at.Before(p.Until) {
			continue
		}
		on = slices.DeleteFunc(on, func(m Member) bool { return m.ID == p.User })
		if p.On {
			m, known := c.Member(p.User)
			if !known {
				m = Member{ID: p.User, Name: p.Name}
			}
			on = append(on, m)
		}
	}
	return on
}

func (m *Team) said() []Presence {
	if m == nil {
		return nil
	}
	return m.Said
}

// covers says whether an instant of the county's zone lies in the shift.
func (s Shift) covers(at time.Time) bool {
	minute := at.Hour()*60 + at.Minute()
	begins := func(day time.Weekday) bool { return slices.Contains(s.Days, day) }
	yesterday := (at.Weekday() + 6) % 7
	if s.To > s.From {
		return begins(at.Weekday()) && s.From <= minute && minute < s.To
	}
	return begins(at.Weekday()) && s.From <= minute || begins(yesterday) && minute < s.To
}
