package flows

import (
	"math"
	"slices"

	"powerdesk/flows/words"
)

// Town gives the town with the id.
func (c *County) Town(id string) (Town, bool) {
	i := slices.IndexFunc(c.Towns, func(t Town) bool { return t.ID == id })
	if i < 0 {
		return Town{}, false
	}
	return c.Towns[i], true
}

// Community gives the community with the id, when it lies in the town.
func (c *County) Community(town, id string) (Community, bool) {
	t, _ := c.Town(town)
	i := slices.IndexFunc(t.Communities, func(m Community) bool { return m.ID == id })
	if i < 0 {
		return Community{}, false
	}
	return t.Communities[i], true
}

// AreaOf gives the class of a place: its community's own, else its town's; ""
// when the place is not known.
func (c *County) AreaOf(p Place) Area {
	if m, ok := c.Community(p.Town, p.Community); ok && m.Area != "" {
		return m.Area
	}
	t, _ := c.Town(p.Town)
	return t.Area
}

// MeterAt gives which meters the homes of a place have: its community's own, else
// its town's; "" when that is not known and has to be asked (DOMAIN §3.1).
func (c *County) MeterAt(p Place) string {
	if m, ok := c.Community(p.Town, p.Community); ok && m.Meter != "" {
		return m.Meter
	}
	t, _ := c.Town(p.Town)
	return t.Meter
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

// Nearest gives the community nearest to a position, with the position kept as
// its Pin, and how far it is. It is false when no community with a known
// position lies within maxKm.
func (c *County) Nearest(pin Pin, maxKm float64) (place Place, km float64, ok bool) {
	for _, t := range c.Towns {
		for _, m := range t.Communities {
			if m.Pin == (Pin{}) {
				continue
			}
			if d := m.Pin.Km(pin); d <= maxKm && (!ok || d < km) {
				place, km, ok = Place{Town: t.ID, Community: m.ID, Pin: pin}, d, true
			}
		}
	}
	return place, km, ok
}

// communityWithinKm is how far from the nearest known community a position may be
// and still belong to it; countyWithinKm is how far it may be and still lie in the
// county (PRODUCT R5, DOMAIN §7: the county measures about 30 km across).
const (
	communityWithinKm = 3
	countyWithinKm    = 25
)

// PlaceAt gives the place a position lies in: its community when one is close,
// else the town of the nearest one. It is false for a position outside the county.
func (c *County) PlaceAt(pin Pin) (Place, bool) {
	if place, _, ok := c.Nearest(pin, communityWithinKm); ok {
		return place, true
	}
	place, _, ok := c.Nearest(pin, countyWithinKm)
	return Place{Town: place.Town, Pin: pin}, ok
}

// earthRadius is the mean radius of the earth in kilometres.
const earthRadius = 6371

// Km is the distance between two positions along the ground, in kilometres
// (haversine).
func (p Pin) Km(q Pin) float64 {
	rad := func(degrees float64) float64 { return degrees * math.Pi / 180 }
	lat := math.Sin(rad(q.Lat-p.Lat) / 2)
	lon := math.Sin(rad(q.Lon-p.Lon) / 2)
	a := lat*lat + math.Cos(rad(p.Lat))*math.Cos(rad(q.Lat))*lon*lon
	return 2 * earthRadius * math.Asin(math.Sqrt(min(a, 1)))
}
