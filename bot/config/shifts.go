package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"powerdesk/flows/county"
)

// shifts reads the plan of who is on duty when. Without one nobody is planned,
// and only who says so is on duty. The roster is read before it: its people are
// those that a shift may name.
func (d *desk) shifts(v value) {
	mistakes := len(d.problems)
	d.county.Shifts = records(v, "a shift", d.shift)
	if len(d.county.Shifts) == 0 || len(d.county.Roster) == 0 || d.problems[mistakes:].Fatal() {
		return
	}
	d.gap(v)
	d.uncalled(v)
}

// shift reads what a shift of either plan has, the names last, and gives where
// they stand. Hours and who say what to write where they are missing.
func (f *fields) shift(s *county.Shift, hours, who string, check func(v value, name string)) (names value) {
	s.Days = f.need("days", "Mon-Fri").weekdays()
	span, _ := f.need("hours", hours).overnight()
	s.From, s.To = span.From, span.To
	names = f.need("who", who)
	s.Who = list(names, "a name", func(v value) string {
		name := v.str()
		check(v, name)
		return name
	})
	return names
}

func (d *desk) shift(f *fields, s *county.Shift) {
	who := f.shift(s, `"08:00-20:00"`, "the names of two people of the roster", d.onShift)
	for i, name := range s.Who {
		if name != "" && slices.Contains(s.Who[:i], name) {
			who.wrong("name somebody else", "%s is in the shift twice", name)
		}
	}
	if _, ok := who.node.(*ast.SequenceNode); ok && len(s.Who) < 2 {
		who.doubtful("name two", "the shift has %d of the two people that every job needs", len(s.Who))
	}
}

// onShift reports a name that nobody who goes to jobs has. Without a roster
// there is another mistake to mend first.
func (d *desk) onShift(v value, name string) {
	if v.missing() {
		v.wrong("write a name, or remove it", "%s is empty", v.name)
	}
	if name == "" || len(d.county.Roster) == 0 {
		return
	}
	i := slices.IndexFunc(d.county.Roster, func(m county.Member) bool { return m.Name == name })
	switch {
	case i < 0:
		v.wrong(suggest(name, d.people(volunteer)), "%q is not in the roster", name)
	case !volunteer(d.county.Roster[i]):
		v.wrong("name who is not only a clerk", "%s tops up cards and goes to no job", name)
	}
}

// gap is doubtful of the part of the week with the fewest people on duty, the
// first of those, when two are not there: that one shows what the plan lacks.
func (d *desk) gap(v value) {
	week := d.week()
	worst := slices.MinFunc(week, func(a, b watch) int { return cmp.Compare(a.people, b.people) })
	if worst.people >= 2 {
		return
	}
	others := ""
	if more := count(week, func(w watch) bool { return w.people < 2 }) - 1; more > 0 {
		others = fmt.Sprintf(" (gaps elsewhere in the week: %d)", more)
	}
	v.doubtful("write a shift for it, or name more people in one",
		"%s has %d of the two people that every job needs%s", worst, worst.people, others)
}

// watch is a part of a day through which as many people are on duty.
type watch struct {
	day      time.Weekday
	from, to int // minutes after midnight
	people   int
}

// String is "Sunday 20:00-24:00".
func (w watch) String() string {
	return fmt.Sprintf("%s %02d:%02d-%02d:%02d", w.day, w.from/60, w.from%60, w.to/60, w.to%60)
}

// wholeDay is a day in minutes.
const wholeDay = 24 * 60

// week divides the week, from Monday, by how many people the plan has on duty.
// The desk's own rule is asked, so that what is found here is what happens. Any
// week will do, and UTC has no day of 23 hours.
func (d *desk) week() (all []watch) {
	plan := d.county
	plan.Zone = time.UTC
	turns := []int{0, wholeDay} // when the number may change
	for _, s := range plan.Shifts {
		turns = append(turns, s.From, s.To)
	}
	slices.Sort(turns)
	turns = slices.Compact(turns)
	for date := 5; date < 5+7; date++ {
		midnight := time.Date(2026, time.January, date, 0, 0, 0, 0, time.UTC) // the 5th is a Monday
		for i, from := range turns[:len(turns)-1] {
			n := len(plan.OnDuty(nil, midnight.Add(time.Duration(from)*time.Minute)))
			w := watch{day: midnight.Weekday(), from: from, to: turns[i+1], people: n}
			if from > 0 && all[len(all)-1].people == n {
				all[len(all)-1].to = w.to
				continue
			}
			all = append(all, w)
		}
	}
	return all
}

// uncalled is doubtful of people on duty whom the group cannot call, for their
// ids are not known. Invented people are nobody to call.
func (d *desk) uncalled(v value) {
	names := d.people(func(m county.Member) bool {
		planned := slices.ContainsFunc(d.county.Shifts, func(s county.Shift) bool { return slices.Contains(s.Who, m.Name) })
		return planned && m.ID == 0 && !m.Example
	})
	if len(names) > 0 {
		v.doubtful("write the numeric ids into the roster",
			"the group cannot call %s: no Telegram id is known", strings.Join(names, ", "))
	}
}
