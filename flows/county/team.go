package county

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
	Clerk bool       `json:"clerk,omitempty"` // of the clerks, not of the crew
	From  time.Time  `json:"from"`
	Until time.Time  `json:"until"`
}

// Say notes what a volunteer says of their duty. It replaces what they said of
// the same time before, and drops what is past.
func (m *Team) Say(p Presence) {
	m.Said = slices.DeleteFunc(m.Said, func(old Presence) bool {
		return !old.Until.After(p.From) || old.User == p.User && old.Clerk == p.Clerk && old.From.Before(p.Until)
	})
	m.Said = append(m.Said, p)
}

// Member gives the roster's entry of a person; a person the roster does not know
// is nobody's leader and not qualified.
func (c *County) Member(user int64) (Member, bool) {
	return first(c.Roster, func(m Member) bool { return m.ID == user && user != 0 })
}

// Qualified says whether a person may do dangerous and grid-side work (PRODUCT
// V6). In a county whose desk file names nobody who may, everybody may: the desk
// cannot tell them apart.
func (c *County) Qualified(user int64) bool {
	m, _ := c.Member(user)
	return m.Qualified || m.Squad || !slices.ContainsFunc(c.Roster, func(m Member) bool {
		return m.ID != 0 && (m.Qualified || m.Squad)
	})
}

// OnDuty gives who is on duty at an instant: the planned shift without those who
// said no, and with those who said yes. Who the roster does not know has an ID
// and a Name all the same.
func (c *County) OnDuty(team *Team, at time.Time) []Member { return c.on(c.Shifts, false, team, at) }

// ClerksOnDuty gives who of the hall is on duty at an instant, likewise. Without
// a plan, and while the hall is open, it is every clerk of the roster who has not
// said no.
func (c *County) ClerksOnDuty(team *Team, at time.Time) []Member {
	plan := c.Clerks
	if len(plan) == 0 || c.Open(c.Hall, at) { // by day they are all there
		always := Shift{Days: []time.Weekday{0, 1, 2, 3, 4, 5, 6}}
		for _, m := range c.Roster {
			if m.Clerk {
				always.Who = append(always.Who, m.Name)
			}
		}
		plan = []Shift{always}
	}
	return c.on(plan, true, team, at)
}

// ClerksShiftEnds gives the end of a clerk's present or next shift by the plan
// that begins within a day; zero = there is none.
func (c *County) ClerksShiftEnds(user int64, now time.Time) time.Time {
	m, _ := c.Member(user)
	now = now.In(c.zone())
	for hours := range 25 {
		at := now.Add(time.Duration(hours) * time.Hour)
		for _, s := range c.Clerks {
			if !slices.Contains(s.Who, m.Name) || !s.covers(at) {
				continue
			}
			end := time.Date(at.Year(), at.Month(), at.Day(), 0, s.To, 0, 0, c.zone())
			if !end.After(at) {
				end = end.AddDate(0, 0, 1)
			}
			return end
		}
	}
	return time.Time{}
}

// on gives who is on duty by a plan and by what people have said since.
func (c *County) on(plan []Shift, clerk bool, team *Team, at time.Time) []Member {
	var on []Member
	for _, s := range plan {
		if !s.covers(at.In(c.zone())) {
			continue
		}
		for _, name := range s.Who {
			named := func(m Member) bool { return m.Name == name }
			if m, ok := first(c.Roster, named); ok && !slices.ContainsFunc(on, named) {
				on = append(on, m)
			}
		}
	}
	for _, p := range team.said() {
		if p.Clerk != clerk || at.Before(p.From) || !at.Before(p.Until) {
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

// coverFor is how far ahead the desk looks for hours in which too few people are
// on duty (PRODUCT V7).
const coverFor = 24 * time.Hour

// atTheDoor is how many people every job needs.
const atTheDoor = 2

// Gap is a time in which fewer than two people are on duty.
type Gap struct {
	From, Until time.Time
	N           int // how many are, at its beginning
}

// Gap finds the first time within the next day in which fewer than two people
// are on duty.
func (c *County) Gap(team *Team, now time.Time) (g Gap, found bool) {
	for _, at := range c.edges(team, now) {
		n := len(c.OnDuty(team, at))
		switch {
		case n >= atTheDoor && found:
			g.Until = at
			return g, true
		case n < atTheDoor && !found:
			g, found = Gap{From: at, Until: now.Add(coverFor), N: n}, true
		}
	}
	return g, found
}

// NextShift gives when other people come on duty by the plan, and who they are.
func (c *County) NextShift(team *Team, now time.Time) (at time.Time, who []Member) {
	for _, at := range c.edges(team, now)[1:] {
		if on := c.OnDuty(team, at); !slices.Equal(on, c.OnDuty(team, now)) {
			return at, on
		}
	}
	return time.Time{}, nil
}

// edges lists now and the instants of the next day at which somebody may come on
// duty or go off it, in order.
func (c *County) edges(team *Team, now time.Time) []time.Time {
	now = now.In(c.zone())
	all := []time.Time{now}
	add := func(at time.Time) {
		if at.After(now) && at.Before(now.Add(coverFor)) {
			all = append(all, at)
		}
	}
	for day := range 2 {
		for _, s := range c.Shifts {
			for _, minute := range []int{s.From, s.To} {
				add(time.Date(now.Year(), now.Month(), now.Day()+day, 0, minute, 0, 0, c.zone()))
			}
		}
	}
	for _, p := range team.said() {
		add(p.From)
		add(p.Until)
	}
	slices.SortFunc(all, time.Time.Compare)
	return slices.CompactFunc(all, time.Time.Equal)
}

// NextPost gives the next time of day at which the group is told who is on duty;
// zero = there is none.
func (c *County) NextPost(after time.Time) (next time.Time) {
	after = after.In(c.zone())
	for day := range 2 {
		for _, minute := range c.Posts {
			at := time.Date(after.Year(), after.Month(), after.Day()+day, 0, minute, 0, 0, c.zone())
			if at.After(after) && (next.IsZero() || at.Before(next)) {
				next = at
			}
		}
	}
	return next
}

// LeaderChats is where leaders alone read: their group, else each in private; nil when
// the desk file names none.
func (c *County) LeaderChats() (all []int64) {
	if c.Chats.Leader != 0 {
		return []int64{c.Chats.Leader}
	}
	for _, m := range c.Roster {
		if m.Leader && m.ID != 0 {
			all = append(all, m.ID)
		}
	}
	return all
}
