package county_test

import (
	"math"
	"testing"

	"powerdesk/flows/county"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		pin   county.Pin
		maxKm float64
		want  string // community; "" = none
	}{
		{"in the estate", county.Pin{Lat: 37.6321, Lon: 116.3931}, 3, "hanlin"},
		{"between two, nearer the second", county.Pin{Lat: 37.63, Lon: 116.384}, 3, "yunhe"},
		{"too far", county.Pin{Lat: 37.63, Lon: 116.43}, 3, ""},
		{"far, but still the nearest", county.Pin{Lat: 37.63, Lon: 116.43}, 25, "hanlin"},
		{"the other side of the earth", county.Pin{Lat: -37.6, Lon: -63.6}, 25, ""},
		{"not a number", county.Pin{Lat: math.NaN(), Lon: 116.39}, 25, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			place, km, ok := wuqiao().Nearest(tt.pin, tt.maxKm)
			if tt.want == "" {
				if ok || place.Known() {
					t.Fatalf("Nearest = %+v at %.1f km, want none", place, km)
				}
				return
			}
			if !ok || place.Community != tt.want || place.Pin != tt.pin || km > tt.maxKm {
				t.Errorf("Nearest = %+v at %.1f km %v, want %s with the pin", place, km, ok, tt.want)
			}
		})
	}
}

func TestKm(t *testing.T) {
	t.Parallel()
	beijing, shanghai := county.Pin{Lat: 39.9042, Lon: 116.4074}, county.Pin{Lat: 31.2304, Lon: 121.4737}
	if got := beijing.Km(shanghai); math.Abs(got-1067) > 3 {
		t.Errorf("Beijing to Shanghai = %.0f km, want about 1067", got)
	}
	if got := beijing.Km(beijing); got != 0 {
		t.Errorf("a place to itself = %v km", got)
	}
}
