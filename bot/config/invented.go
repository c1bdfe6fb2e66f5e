package config

import (
	"fmt"

	"powerdesk/flows/county"
)

// invented warns of sample data in a desk that real people write to: nobody
// comes from an invented station, and an invented phone does not ring.
func invented(file string, c *county.County) (all Problems) {
	var communities []county.Community
	for _, t := range c.Towns {
		communities = append(communities, t.Communities...)
	}
	doubt := func(n int, what, remedy string) {
		if n > 0 {
			all = append(all, Problem{File: file, Warning: true, What: fmt.Sprint(n, " ", what), Remedy: remedy})
		}
	}
	for _, part := range []struct {
		kind string
		n    int
	}{
		{"people of the roster", count(c.Roster, func(m county.Member) bool { return m.Example })},
		{"communities", count(communities, func(m county.Community) bool { return m.Example })},
		{"supply stations", count(c.Stations, func(s county.Station) bool { return s.Example })},
		{"contact points", count(c.Points, func(p county.Point) bool { return p.Example })},
		{"outlets", count(c.Outlets, func(o county.Outlet) bool { return o.Example })},
		{"answers", count(c.Answers, func(a county.Answer) bool { return a.Example })},
	} {
		doubt(part.n, part.kind+" are invented (example: true)", "write the real ones")
	}
	doubt(count(c.Roster, func(m county.Member) bool { return m.ID == 0 && !m.Example }),
		"people of the roster have no Telegram id, so the desk does not know them", "write the numeric ids")
	return all
}

func count[T any](all []T, is func(T) bool) (n int) {
	for _, one := range all {
		if is(one) {
			n++
		}
	}
	return n
}
