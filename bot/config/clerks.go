package config

import (
	"slices"
	"strconv"

	"powerdesk/flows/county"
)

// clerks reads the plan of which of the hall's clerks is on duty when. Without
// one every clerk is, always.
func (d *desk) clerks(v value) {
	d.county.Clerks = records(v, "a shift", func(f *fields, s *county.Shift) {
		f.shift(s, `"18:00-08:00"`, "the name of a clerk of the roster", d.isClerk)
	})
}

// isClerk reports a name that no clerk has.
func (d *desk) isClerk(v value, name string) {
	known := d.people(clerk)
	if name != "" && len(d.county.Roster) > 0 && !slices.Contains(known, name) {
		v.wrong(suggest(name, known), "%q is not a clerk of the roster", name)
	}
}

// The most that a desk file may allow: more requests in a night than meals, or
// more sums than a phone shows, are slips of the pen.
const mostRequests, mostAmounts = 5, 4

// urgent reads what the hall does for who sits in the dark while it is closed
// (PRODUCT R8).
func (d *desk) urgent(v value) {
	u := &d.county.Urgent
	u.Limit, u.Amounts = 1, []int{50, 100, 200}
	v.fields(func(f *fields) {
		if limit := f.get("limit"); !limit.missing() {
			u.Limit = limit.between(1, mostRequests)
		}
		amounts := f.get("amounts")
		if amounts.missing() {
			return
		}
		u.Amounts = list(amounts, "an amount", func(v value) int { return v.between(1, 5000) })
		if n := len(u.Amounts); n > mostAmounts {
			amounts.wrong("write at most "+strconv.Itoa(mostAmounts), "%d amounts do not fit a phone", n)
		}
	})
}

// meterKinds are the meters that a place may have; in words, so that the desk
// file reads.
var meterKinds = map[string]string{"card": "slot", "remote": "slotless"}

// meterKind reads which meters a town or a community has.
func (d *desk) meterKind(v value) string { return meterKinds[v.oneOf("card", "remote")] }
