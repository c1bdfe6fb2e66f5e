package county_test

import (
	"math"
	"strings"
	"testing"

	"powerdesk/flows/county"
)

func TestAround(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		pin  county.Pin
		want string // communities, the nearest first; "" = outside the county
	}{
		{"in the estate", county.Pin{Lat: 37.6321, Lon: 116.3931}, "hanlin"},
		{"between two, nearer the second", county.Pin{Lat: 37.63, Lon: 116.3845}, "yunhe hanlin"},
		{"far from any", county.Pin{Lat: 37.63, Lon: 116.43}, "hanlin beiyangzhuang yunhe zhangzhuang-yuji"},
		{"the other side of the earth", county.Pin{Lat: -37.6, Lon: -63.6}, ""},
		{"not a number", county.Pin{Lat: math.NaN(), Lon: 116.39}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, p := range wuqiao().Around(tt.pin) {
				got = append(got, p.Community)
				if p.Pin != tt.pin {
					t.Errorf("%s has the pin %+v", p.Community, p.Pin)
				}
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("Around = %v, want %q", got, tt.want)
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
