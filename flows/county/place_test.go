package county_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"powerdesk/flows/county"
	"powerdesk/flows/words"
)

// wuqiao is the county with the towns of DOMAIN §7 and invented communities,
// among them the hard cases: a village name in two towns, villages that differ
// by one character, a village named like a town.
func wuqiao() *county.County {
	town := func(id, zh, en string, area county.Area, communities ...county.Community) county.Town {
		return county.Town{ID: id, Name: words.Text{ZH: zh, EN: en}, Area: area, Communities: communities}
	}
	place := func(id, zh, en string, lat, lon float64) county.Community {
		return county.Community{ID: id, Name: words.Text{ZH: zh, EN: en}, Pin: county.Pin{Lat: lat, Lon: lon}}
	}
	c := &county.County{
		Name: words.Text{ZH: "吴桥县", EN: "Wuqiao County"},
		Towns: []county.Town{
			town("sangyuan", "桑园镇", "Sangyuan Town", county.Urban,
				place("hanlin", "翰林住宅小区", "Hanlin Residential Estate", 37.632, 116.393),
				place("yunhe", "运河小区", "Yunhe Estate", 37.629, 116.381),
				place("beiyangzhuang", "北杨庄村", "Beiyangzhuang Village", 37.654, 116.398)),
			town("tiecheng", "铁城镇", "Tiecheng Town", county.Rural,
				place("zhangzhuang-tiecheng", "张庄村", "Zhangzhuang Village", 37.585, 116.545),
				place("wangzhuang", "王庄村", "Wangzhuang Village", 37.57, 116.56),
				place("wanglou", "王楼村", "Wanglou Village", 37.59, 116.57)),
			town("yuji", "于集镇", "Yuji Town", county.Rural,
				place("zhangzhuang-yuji", "张庄村", "Zhangzhuang Village", 37.64, 116.48),
				place("dasun", "大孙庄村", "Dasunzhuang Village", 37.65, 116.49)),
			town("liangji", "梁集镇", "Liangji Town", county.Rural),
			town("anling", "安陵镇", "Anling Town", county.Rural),
			town("caojiawa", "曹家洼乡", "Caojiawa Township", county.Rural,
				place("lyujia", "吕家村", "Lüjia Village", 37.69, 116.35)),
			town("songmen", "宋门乡", "Songmen Township", county.Rural),
			town("yangjiasi", "杨家寺乡", "Yangjiasi Township", county.Rural,
				county.Community{ID: "sanguanmiao", Name: words.Text{ZH: "三官庙村"}}),
			town("goudianpu", "沟店铺乡", "Goudianpu Township", county.Rural),
			town("hezhuang", "何庄乡", "Hezhuang Township", county.Rural,
				place("hezhuang-cun", "何庄村", "Hezhuang Village", 37.65, 116.32)),
		},
		Promises: map[county.Area]county.Arrival{county.Urban: {Minutes: 45}, county.Rural: {Minutes: 90}},
	}
	c.Towns[0].Aliases = []string{"县城"}
	c.Towns[0].Communities[2].Area = county.Rural
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
		place   county.Place
		area    county.Area
		minutes int
		ok      bool
	}{
		{"the town's", county.Place{Town: "sangyuan", Community: "hanlin"}, county.Urban, 45, true},
		{"the village's own", county.Place{Town: "sangyuan", Community: "beiyangzhuang"}, county.Rural, 90, true},
		{"a town alone", county.Place{Town: "anling"}, county.Rural, 90, true},
		{"an unknown community of a town", county.Place{Town: "anling", Community: "x"}, county.Rural, 90, true},
		{"nowhere", county.Place{Words: "山那边"}, "", 0, false},
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
	home := county.Place{Town: "sangyuan", Community: "hanlin", Detail: "3号楼2单元", Words: "老地方", Pin: county.Pin{Lat: 1}}
	for _, tt := range []struct {
		name   string
		place  county.Place
		zh, en string
	}{
		{"never the home", home, "桑园镇翰林住宅小区", "Hanlin Residential Estate, Sangyuan Town"},
		{"a town", county.Place{Town: "anling"}, "安陵镇", "Anling Town"},
		{"a name in Chinese only", county.Place{Town: "yangjiasi", Community: "sanguanmiao"}, "杨家寺乡三官庙村", "三官庙村, Yangjiasi Township"},
		{"unknown", county.Place{Words: "山那边"}, "", ""},
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
	c.Points = []county.Point{
		{ID: "town", Town: "sangyuan"},
		{ID: "hanlin", Town: "sangyuan", Communities: []string{"hanlin"}},
		{ID: "yunhe", Town: "sangyuan", Communities: []string{"yunhe"}},
		{ID: "anling", Town: "anling"},
	}
	for _, tt := range []struct {
		name  string
		place county.Place
		want  []string
	}{
		{"its own before the town's", county.Place{Town: "sangyuan", Community: "hanlin"}, []string{"hanlin", "town"}},
		{"the town's alone", county.Place{Town: "sangyuan", Community: "beiyangzhuang"}, []string{"town"}},
		{"all of a town", county.Place{Town: "sangyuan"}, []string{"town", "hanlin", "yunhe"}},
		{"a town without", county.Place{Town: "liangji"}, nil},
		{"nowhere", county.Place{}, nil},
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

// A community's own meters win over its town's; where both kinds hang, or nobody
// knows, the resident is asked.
func TestMeterAt(t *testing.T) {
	t.Parallel()
	c := &county.County{Towns: []county.Town{{ID: "a", Meter: "slot", Communities: []county.Community{{ID: "x", Meter: "slotless"}, {ID: "y"}}}, {ID: "b"}}}
	for p, want := range map[county.Place]string{
		{Town: "a", Community: "x"}: "slotless", {Town: "a", Community: "y"}: "slot", {Town: "a"}: "slot", {Town: "a", Community: "?"}: "slot",
		{Town: "b"}: "", {}: "", {Words: "a"}: "",
	} {
		if got := c.MeterAt(p); got != want {
			t.Errorf("MeterAt(%+v) = %q, want %q", p, got, want)
		}
	}
}
