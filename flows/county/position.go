package county

import (
	"math"
	"slices"
)

// Pin is a position in degrees, WGS 84 as Telegram gives it. The zero Pin is
// no position.
type Pin struct {
	Lat float64 `json:"lat,omitempty" yaml:"lat"`
	Lon float64 `json:"lon,omitempty" yaml:"lon"`
}

// communityWithinKm is how far from the nearest known community a position may be
// and still belong to it; countyWithinKm is how far it may be and still lie in the
// county (PRODUCT R5, DOMAIN §7: the county measures about 30 km across).
const (
	communityWithinKm = 3
	countyWithinKm    = 25
)

// apartKm is how much nearer than the next a community must be for a position to be its:
// less than that, and it lies between the two.
const apartKm = 0.5

// nearby is how many communities somebody is asked about.
const nearby = 4

// Around gives the communities that a position may lie in, the nearest first: one when
// there is no doubt, several between villages or far from any, and none outside the
// county.
func (c *County) Around(pin Pin) (all []Place) {
	var far []float64
	for _, t := range c.Towns {
		for _, m := range t.Communities {
			if m.Pin == (Pin{}) {
				continue
			}
			km := m.Pin.Km(pin)
			i, _ := slices.BinarySearch(far, km)
			far = slices.Insert(far, i, km)
			all = slices.Insert(all, i, Place{Town: t.ID, Community: m.ID, Pin: pin})
		}
	}
	switch {
	case len(all) == 0 || !(far[0] <= countyWithinKm): // also what is no number
		return nil
	case far[0] > communityWithinKm:
		return all[:min(len(all), nearby)]
	}
	n := 1
	for n < min(len(all), nearby) && far[n]-far[0] < apartKm {
		n++
	}
	return all[:n]
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
