package county

import (
	"cmp"
	"slices"
	"strings"

	"powerdesk/flows/words"
)

// Place is where something is. Town and Community are ids of the county; what
// identifies a home (Detail, Words, Pin) never reaches the group.
type Place struct {
	Town      string `json:"town,omitempty"`
	Community string `json:"community,omitempty"`
	Detail    string `json:"detail,omitempty"` // building, unit, door, as written
	Words     string `json:"words,omitempty"`  // what was written when the desk did not know the place
	Pin       Pin    `json:"pin,omitzero"`
}

// Known says whether the place is at least a town of the county.
func (p Place) Known() bool { return p.Town != "" }

// Town gives the town with the id.
func (c *County) Town(id string) (Town, bool) {
	return first(c.Towns, func(t Town) bool { return t.ID == id })
}

// Community gives the community with the id, when it lies in the town.
func (c *County) Community(town, id string) (Community, bool) {
	t, _ := c.Town(town)
	return first(t.Communities, func(m Community) bool { return m.ID == id })
}

// first gives the first of a list that is meant, and whether there is one.
func first[T any](all []T, meant func(T) bool) (one T, ok bool) {
	if i := slices.IndexFunc(all, meant); i >= 0 {
		return all[i], true
	}
	return one, false
}

// at gives the community and the town of a place; the zero ones where they are not
// known.
func (c *County) at(p Place) (Community, Town) {
	m, _ := c.Community(p.Town, p.Community)
	t, _ := c.Town(p.Town)
	return m, t
}

// AreaOf gives the class of a place: its community's own, else its town's; ""
// when the place is not known.
func (c *County) AreaOf(p Place) Area {
	m, t := c.at(p)
	return cmp.Or(m.Area, t.Area)
}

// MeterAt gives which meters the homes of a place have: its community's own, else
// its town's; "" when that is not known and has to be asked (DOMAIN §3.1).
func (c *County) MeterAt(p Place) string {
	m, t := c.at(p)
	return cmp.Or(m.Meter, t.Meter)
}

// UsualMinutes is the usual time to arrival at a place, to be said with
// "usually" (DOMAIN §2.1). It is false when nothing may be said: the place or
// its class has no such time.
func (c *County) UsualMinutes(p Place) (int, bool) {
	a, ok := c.Promises[c.AreaOf(p)]
	return a.Minutes, ok
}

// PlaceName is a place as the group may read it: community and town, nothing
// that tells a home. It is "" when the place is not known.
func (c *County) PlaceName(p Place, l words.Lang) string {
	town, ok := c.Town(p.Town)
	if !ok {
		return ""
	}
	m, ok := c.Community(p.Town, p.Community)
	switch {
	case !ok:
		return town.Name.In(l)
	case l == words.EN:
		return m.Name.In(l) + ", " + town.Name.In(l)
	}
	return town.Name.In(l) + m.Name.In(l)
}

// PointsFor lists the contact points that serve a place: those of its
// community, then those of the whole town. A place known only by its town gets
// every point of the town.
func (c *County) PointsFor(p Place) []Point {
	var own, town []Point
	for _, point := range c.Points {
		switch {
		case p.Community != "" && slices.Contains(point.Communities, p.Community):
			own = append(own, point)
		case p.Town == "" || point.Town != p.Town:
		case p.Community == "" || len(point.Communities) == 0:
			town = append(town, point)
		}
	}
	return append(own, town...)
}

// HomeName is a place as its own resident reads it: with the building, which
// nobody else may see.
func (c *County) HomeName(p Place, l words.Lang) string {
	parts := []string{c.PlaceName(p, l), p.Words, p.Detail}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " ")
}
