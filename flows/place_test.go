package flows_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

// wuqiao is the county with the towns of DOMAIN §7 and invented communities,
// among them the hard cases: a village name in two towns, villages that differ
// by one character, a village named like a town.
func wuqiao() *flows.County {
	town := func(id, zh, en string, area flows.Area, communities ...flows.Community) flows.Town {
		return flows.Town{ID: id, Name: words.Text{ZH: zh, EN: en}, Area: area, Communities: communities}
	}
	place := func(id, zh, en string, lat, lon float64) flows.Community {
		return flows.Community{ID: id, Name: words.Text{ZH: zh, EN: en}, Pin: flows.Pin{Lat: lat, Lon: lon}}
	}
	c := &flows.County{
		Name: words.Text{ZH: "吴桥县", EN: "Wuqiao County"},
		Towns: []flows.Town{
			town("sangyuan", "桑园镇", "Sangyuan Town", flows.Urban,
				place("hanlin", "翰林住宅小区", "Hanlin Residential Estate", 37.632, 116.393),
				place("yunhe", "运河小区", "Yunhe Estate", 37.629, 116.381),
				place("beiyangzhuang", "北杨庄村", "Beiyangzhuang Village", 37.654, 116.398)),
			town("tiecheng", "铁城镇", "Tiecheng Town", flows.Rural,
				place("zhangzhuang-tiecheng", "张庄村", "Zhangzhuang Village", 37.585, 116.545),
				place("wangzhuang", "王庄村", "Wangzhuang Village", 37.57, 116.56),
				place("wanglou", "王楼村", "Wanglou Village", 37.59, 116.57)),
			town("yuji", "于集镇", "Yuji Town", flows.Rural,
				place("zhangzhuang-yuji", "张庄村", "Zhangzhuang Village", 37.64, 116.48),
				place("dasun", "大孙庄村", "Dasunzhuang Village", 37.65, 116.49)),
			town("liangji", "梁集镇", "Liangji Town", flows.Rural),
			town("anling", "安陵镇", "Anling Town", flows.Rural),
			town("caojiawa", "曹家洼乡", "Caojiawa Township", flows.Rural,
				place("lyujia", "吕家村", "Lüjia Village", 37.69, 116.35)),
			town("songmen", "宋门乡", "Songmen Township", flows.Rural),
			town("yangjiasi", "杨家寺乡", "Yangjiasi Township", flows.Rural,
				flows.Community{ID: "sanguanmiao", Name: words.Text{ZH: "三官庙村"}}),
			town("goudianpu", "沟店铺乡", "Goudianpu Township", flows.Rural),
			town("hezhuang", "何庄乡", "Hezhuang Township", flows.Rural,
				place("hezhuang-cun", "何庄村", "Hezhuang Village", 37.65, 116.32)),
		},
		Promises: map[flows.Area]flows.Arrival{flows.Urban: {Minutes: 45}, flows.Rural: {Minutes: 90}},
	}
	c.Towns[0].Aliases = []string{"县城"}
	c.Towns[0].Communities[2].Area = flows.Rural
	c.Towns[5].Aliases = []string{"曹洼乡"}
	c.Towns[5].Communities[0].Aliases = []string{"lvjia"}
	return c
}

func TestTownAndCommunity(t *testing.T) {
	t.Parallel()
	c := wuqiao()
	if town, ok := c.Town("anling"); !ok || town.Name.ZH != "安陵镇" {
		t.Errorf("Town(anling) = %v %v", town.Name, ok)
	}
	if _, ok := c.Town(""); ok {
		t.Error("Town of no id was found")
	}
	if m, ok := c.Community("sangyuan", "hanlin"); !ok || m.Name.ZH != "翰林住宅小区" {
		t.Errorf("Community(sangyuan, hanlin) = %v %v", m.Name, ok)
	}
	if _, ok := c.Community("anling", "hanlin"); ok {
		t.Error("a community was found in a town where it does not lie")
	}
}

func TestAreaAndUsualMinutes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		place   flows.Place
		area    flows.Area
		minutes int
		ok      bool
	}{
		{"the town's", flows.Place{Town: "sangyuan", Community: "hanlin"}, flows.Urban, 45, true},
		{"the village's own", flows.Place{Town: "sangyuan", Community: "beiyangzhuang"}, flows.Rural, 90, true},
		{"a town alone", flows.Place{Town: "anling"}, flows.Rural, 90, true},
		{"an unknown community of a town", flows.Place{Town: "anling", Community: "x"}, flows.Rural, 90, true},
		{"nowhere", flows.Place{Words: "山那边"}, "", 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := wuqiao()
			minutes, ok := c.UsualMinutes(tt.place)
			if area := c.AreaOf(tt.place); area != tt.area || minutes != tt.minutes || ok != tt.ok {
				t.Errorf("got %q %d %v, want %q %d %v", area, minutes, ok, tt.area, tt.minutes, tt.ok)
			}
		})
	}
}

func TestPlaceName(t *testing.T) {
	t.Parallel()
	home := flows.Place{Town: "sangyuan", Community: "hanlin", Detail: "3号楼2单元", Words: "老地方", Pin: flows.Pin{Lat: 1}}
	for _, tt := range []struct {
		name   string
		place  flows.Place
		zh, en string
	}{
		{"never the home", home, "桑园镇翰林住宅小区", "Hanlin Residential Estate, Sangyuan Town"},
		{"a town", flows.Place{Town: "anling"}, "安陵镇", "Anling Town"},
		{"a name in Chinese only", flows.Place{Town: "yangjiasi", Community: "sanguanmiao"}, "杨家寺乡三官庙村", "三官庙村, Yangjiasi Township"},
		{"unknown", flows.Place{Words: "山那边"}, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := wuqiao()
			if got := c.PlaceName(tt.place, words.ZH); got != tt.zh {
				t.Errorf("zh = %q, want %q", got, tt.zh)
			}
			if got := c.PlaceName(tt.place, words.EN); got != tt.en {
				t.Errorf("en = %q, want %q", got, tt.en)
			}
		})
	}
}

func TestPointsFor(t *testing.T) {
	t.Parallel()
	c := wuqiao()
	c.Points = []flows.Point{
		{ID: "town", Town: "sangyuan"},
		{ID: "hanlin", Town: "sangyuan", Communities: []string{"hanlin"}},
		{ID: "yunhe", Town: "sangyuan", Communities: []string{"yunhe"}},
		{ID: "anling", Town: "anling"},
	}
	for _, tt := range []struct {
		name  string
		place flows.Place
		want  []string
	}{
		{"its own before the town's", flows.Place{Town: "sangyuan", Community: "hanlin"}, []string{"hanlin", "town"}},
		{"the town's alone", flows.Place{Town: "sangyuan", Community: "beiyangzhuang"}, []string{"town"}},
		{"all of a town", flows.Place{Town: "sangyuan"}, []string{"town", "hanlin", "yunhe"}},
		{"a town without", flows.Place{Town: "liangji"}, nil},
		{"nowhere", flows.Place{}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, p := range c.PointsFor(tt.place) {
				got = append(got, p.ID)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("points (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		pin   flows.Pin
		maxKm float64
		want  string // community; "" = none
	}{
		{"in the estate", flows.Pin{Lat: 37.6321, Lon: 116.3931}, 3, "hanlin"},
		{"between two, nearer the second", flows.Pin{Lat: 37.63, Lon: 116.384}, 3, "yunhe"},
		{"too far", flows.Pin{Lat: 37.63, Lon: 116.43}, 3, ""},
		{"far, but still the nearest", flows.Pin{Lat: 37.63, Lon: 116.43}, 25, "hanlin"},
		{"the other side of the earth", flows.Pin{Lat: -37.6, Lon: -63.6}, 25, ""},
		{"not a number", flows.Pin{Lat: math.NaN(), Lon: 116.39}, 25, ""},
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
	beijing, shanghai := flows.Pin{Lat: 39.9042, Lon: 116.4074}, flows.Pin{Lat: 31.2304, Lon: 121.4737}
	if got := beijing.Km(shanghai); math.Abs(got-1067) > 3 {
		t.Errorf("Beijing to Shanghai = %.0f km, want about 1067", got)
	}
	if got := beijing.Km(beijing); got != 0 {
		t.Errorf("a place to itself = %v km", got)
	}
}
