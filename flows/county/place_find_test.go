package county_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"powerdesk/flows/county"
	"powerdesk/flows/words"
)

// short writes found places as "town/community detail", divided by "|".
func short(found []county.Place) string {
	var all []string
	for _, p := range found {
		name := p.Town
		if p.Community != "" {
			name += "/" + p.Community
		}
		all = append(all, strings.TrimSpace(name+" "+p.Detail))
	}
	return strings.Join(all, "|")
}

func TestFindTowns(t *testing.T) {
	t.Parallel()
	for id, writings := range map[string][]string{
		"sangyuan": {
			"桑园镇", "桑园", "桑園鎮", "桑園", "Sangyuan", "sangyuan town", "SANG YUAN", "sang yuan zhen", "sangyuanzhen", "Sāngyuán Zhèn",
			"县城", "吴桥县城", "吴桥县桑园镇", "河北省沧州市吴桥县桑园镇", "我家在桑园", "俺们桑园镇的", "桑园镇。", " 桑 园 镇 ", "Ｓａｎｇｙｕａｎ", "I live in Sangyuan",
		},
		"tiecheng":  {"铁城镇", "铁城", "鐵城鎮", "鐵城", "tiecheng", "Tie Cheng Zhen", "tiě chéng"},
		"yuji":      {"于集镇", "于集", "於集", "於集鎮", "yuji", "Yu Ji", "住在于集", "属于于集镇"},
		"liangji":   {"梁集镇", "梁集", "liangji", "Liángjí"},
		"anling":    {"安陵镇", "安陵", "anling town", "anling zhen"},
		"caojiawa":  {"曹家洼乡", "曹家洼", "曹家窪鄉", "曹家窪", "曹洼乡", "曹洼", "曹窪鄉", "caojiawa", "cao jia wa xiang", "Caojiawa township"},
		"songmen":   {"宋门乡", "宋门", "宋門鄉", "宋門", "songmen"},
		"yangjiasi": {"杨家寺乡", "杨家寺", "楊家寺鄉", "楊家寺", "yangjiasi", "Yang Jia Si Xiang"},
		"goudianpu": {"沟店铺乡", "沟店铺", "溝店舖", "溝店鋪鄉", "溝店舖鄉", "goudianpu", "gou dian pu"},
		"hezhuang":  {"何庄乡", "何莊鄉", "hezhuang township", "hezhuangxiang"},
	} {
		for _, text := range writings {
			t.Run(text, func(t *testing.T) {
				t.Parallel()
				if got := short(wuqiao().Find(text)); got != id {
					t.Errorf("Find(%q) = %q, want %q", text, got, id)
				}
			})
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"town, community and building", "桑园镇翰林小区3号楼2单元", "sangyuan/hanlin 3号楼2单元"},
		{"with spaces", "桑园镇 翰林住宅小区 3号楼 2单元 501", "sangyuan/hanlin 3号楼 2单元 501"},
		{"in a sentence", "我家在桑园镇翰林小区,3号楼", "sangyuan/hanlin 3号楼"},
		{"traditional", "桑園鎮翰林小區3號樓", "sangyuan/hanlin 3號樓"},
		{"pinyin", "sangyuan zhen hanlin xiaoqu 3-2-501", "sangyuan/hanlin 3-2-501"},
		{"pinyin without spaces", "sangyuanzhenhanlinxiaoqu", "sangyuan/hanlin"},
		{"English, house first", "Building 3 Unit 2, Hanlin Estate, Sangyuan", "sangyuan/hanlin Building 3 Unit 2"},
		{"English, by landmark", "Hanlin Estate, behind the school", "sangyuan/hanlin behind the school"},
		{"both scripts", "桑园 hanlin 3号楼", "sangyuan/hanlin 3号楼"},
		{"community alone", "翰林小区", "sangyuan/hanlin"},
		{"community without its last word", "翰林", "sangyuan/hanlin"},
		{"community with another of the same kind", "翰林社区", "sangyuan/hanlin"},
		{"village, with its committee", "王庄村委会旁边", "tiecheng/wangzhuang 旁边"},
		{"house before the estate", "3号楼翰林小区", "sangyuan/hanlin 3号楼"},
		{"what stands between", "桑园镇解放路12号翰林小区3号楼", "sangyuan/hanlin 解放路12号 3号楼"},
		{"a town and a landmark", "安陵镇北街王大妈家", "anling 北街王大妈家"},
		{"a trouble is no building", "翰林小区没电了|翰林小区,家里没电了|Hanlin estate, no light", "sangyuan/hanlin"},
		{"v for ü", "吕家村|lvjia cun", "caojiawa/lyujia"},

		{"a name in two towns", "张庄村", "tiecheng/zhangzhuang-tiecheng|yuji/zhangzhuang-yuji"},
		{"both keep the building", "张庄5号", "tiecheng/zhangzhuang-tiecheng 5号|yuji/zhangzhuang-yuji 5号"},
		{"the town decides", "于集镇张庄村", "yuji/zhangzhuang-yuji"},
		{"the town decides, written after", "Zhangzhuang Village, Tiecheng", "tiecheng/zhangzhuang-tiecheng"},
		{"town or village", "何庄", "hezhuang/hezhuang-cun|hezhuang"},
		{"the village", "何庄村", "hezhuang/hezhuang-cun"},
		{"the village in its town", "何庄乡何庄村", "hezhuang/hezhuang-cun"},
		{"a town that contradicts", "于集镇翰林小区", "sangyuan/hanlin|yuji"},
		{"two towns", "安陵镇还是梁集镇", "liangji|anling"},

		{"nothing", "", ""},
		{"only signs", "??!🙏", ""},
		{"a trouble", "家里没电了", ""},
		{"the county alone", "吴桥县", ""},
		{"another county", "德州市陵城区", ""},
		{"a village nobody listed", "李家屯", ""},
		{"a longer name ends like a known one", "大王庄村", ""},
		{"an estate named like a town", "桑园小区", ""},
		{"a township that is another's", "张庄乡", ""},
		{"the village's name as a town", "翰林镇", ""},
		{"a town inside another word", "由于集中检修停电", ""},
		{"a Latin name inside another", "Sanglingyuan anlingburg", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for text := range strings.SplitSeq(tt.text, "|") {
				if got := short(wuqiao().Find(text)); got != tt.want {
					t.Errorf("Find(%q) = %q, want %q", text, got, tt.want)
				}
			}
		})
	}
}

func TestFindForgivesOneSlip(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"a like-sounding character", "桑圆镇", "sangyuan"},
		{"in a longer name", "曹家娃", "caojiawa"},
		{"two swapped", "沟铺店乡", "goudianpu"},
		{"one missing", "杨寺乡", ""}, // 家 tells villages apart
		{"one missing letter", "sangyan", "sangyuan"},
		{"one letter too many", "sangyuaan zhen", "sangyuan"},
		{"one wrong letter", "anlimg", "anling"},
		{"two letters swapped", "tiechegn", "tiecheng"},
		{"an estate, at the front", "汉林小区5号楼", "sangyuan/hanlin 5号楼"},
		{"an estate, behind the town", "桑园镇翰琳小区", "sangyuan/hanlin"},
		{"town and estate", "桑圆镇翰琳小区", "sangyuan/hanlin"},
		{"a village, its last character", "大孙装", "yuji/dasun"},

		{"the family's name is no slip", "李庄村", ""},
		{"nor behind a direction", "北李庄村", ""},
		{"nor the kind of settlement", "王集村", ""},
		{"nor a direction", "南杨庄村", ""},
		{"nor a size", "小孙庄村", ""},
		{"two slips", "sngyuam", ""},
		{"two characters alone", "桑圆", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := short(wuqiao().Find(tt.text)); got != tt.want {
				t.Errorf("Find(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// What people write to the desk when they do not write a place.
func TestFindNoPlaceInATrouble(t *testing.T) {
	t.Parallel()
	c := wuqiao()
	for _, text := range []string{
		"家里没电了", "跳闸了怎么办", "电表显示拉闸", "停电了", "电卡插进去没反应", "什么时候来电", "着火了", "电线掉地上了", "我要报修",
		"没有", "不知道", "是的", "谢谢", "您好", "昨天晚上开始的", "只有我家没电", "一家老小都在", "安全吗", "邻居家有电", "找人帮忙",
		"no power at home", "the lights went out", "my card does not work", "hello", "I need help", "please come quickly", "any news?",
		"neighbours have light", "what is going on", "thank you", "yes", "no", "sorry, wrong button", "one moment", "stop", "1", "12",
	} {
		if got := short(c.Find(text)); got != "" {
			t.Errorf("Find(%q) = %q, want none", text, got)
		}
	}
}

// A resident's whole story: the place in its first 256 characters is found, and
// a place after them is not looked for.
func TestFindInALongText(t *testing.T) {
	t.Parallel()
	story := strings.Repeat("今天早上起来就没电。", 20)
	if got := short(wuqiao().Find(story + "地址:桑园镇翰林小区3号楼")); got != "sangyuan/hanlin 3号楼" {
		t.Errorf("Find = %q", got)
	}
	if got := short(wuqiao().Find(story + story + "地址:桑园镇翰林小区3号楼")); got != "" {
		t.Errorf("Find far behind = %q", got)
	}
}

func TestFindInAnEmptyCounty(t *testing.T) {
	t.Parallel()
	c := &county.County{Towns: []county.Town{{ID: "x"}}}
	if got := c.Find("桑园镇"); got != nil {
		t.Errorf("Find = %v, want none", got)
	}
}

func FuzzFind(f *testing.F) {
	for _, text := range []string{"桑园镇翰林小区3号楼2单元", "sangyuan zhen", "汉林小区", "\xff桑园", "㍿桑园㎏", "吴桥县", "1️⃣ 张庄村"} {
		f.Add(text)
	}
	c := wuqiao()
	f.Fuzz(func(t *testing.T, text string) {
		found := c.Find(text)
		for _, p := range found {
			if c.PlaceName(p, words.ZH) == "" {
				t.Errorf("Find(%q) names a place that is not there: %+v", text, p)
			}
			if p.Community != "" {
				if _, ok := c.Community(p.Town, p.Community); !ok {
					t.Errorf("Find(%q) names a community that is not there: %+v", text, p)
				}
			}
		}
		if diff := cmp.Diff(found, c.Find(text)); diff != "" {
			t.Errorf("Find(%q) answers twice differently:\n%s", text, diff)
		}
	})
}

// BenchmarkFind searches the villages of a real county: 473 of them in ten
// towns (DOMAIN §7).
func BenchmarkFind(b *testing.B) {
	c := wuqiao()
	heads, tails := []rune("前后东西南北大小新老上下"), []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕")
	for i := range 473 {
		t := &c.Towns[i%len(c.Towns)]
		zh := string(heads[i%len(heads)]) + string(tails[i/len(heads)]) + "庄村"
		t.Communities = append(t.Communities, county.Community{ID: zh, Name: words.Text{ZH: zh, EN: "Village " + zh}})
	}
	for _, bm := range []struct{ name, text string }{
		{"address", "桑园镇翰林小区3号楼2单元"},
		{"slip", "sangyuam zhen"},
		{"nothing", "家里没电了"},
		{"story", strings.Repeat("今天早上起来就没电。", 400)},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Find(bm.text)
			}
		})
	}
}
