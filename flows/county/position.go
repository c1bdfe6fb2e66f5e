package county

import "math"

// Pin is a position in degrees, WGS 84 as Telegram gives it. The zero Pin is
// no position.
type Pin struct {
	Lat float64 `json:"lat,omitempty" yaml:"lat"`
	Lon float64 `json:"lon,omitempty" yaml:"lon"`
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

// earthRadiusKm is the mean radius of the earth in kilometres.
const earthRadiusKm = 6371

// Km is the distance between two positions along the ground, in kilometres
// (haversine).
func (p Pin) Km(q Pin) float64 {
	rad := func(degrees float64) float64 { return degrees * math.Pi / 180 }
	lat := math.Sin(rad(q.Lat-p.Lat) / 2)
	lon := math.Sin(rad(q.Lon-p.Lon) / 2)
	a := lat*lat + math.Cos(rad(p.Lat))*math.Cos(rad(q.Lat))*lon*lon
	return 2 * earthRadiusKm * math.Asin(math.Sqrt(min(a, 1)))
}
