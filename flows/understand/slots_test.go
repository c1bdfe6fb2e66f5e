package understand

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"powerdesk/bot/config"
	"powerdesk/flows/words"
)

func sample(t testing.TB) Reader {
	t.Helper()
	c, problems := config.ReadDesk("wuqiao.yaml", config.Sample(), time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC))
	if len(c.Towns) == 0 {
		t.Fatal(problems)
	}
	return Reader{County: &c}
}

// A slot said in the words of a sentence is filled; what only looks like one is not.
func TestSlotsOfASentence(t *testing.T) {
	r := sample(t)
	for _, c := range []struct{ screen, said, slots string }{
		{"outage/household", "家里有人上着呼吸机", "household=medical"},
		{"outage/household", "奶奶八十五了 走不动", "household=helpless"},
		{"outage/household", "没老人也没小孩", "household=none"},
		{"outage/household", "老人有是有 搬去城里了", "household=none"},
		{"outage/household", "no children, no old people", "household=none"},
		{"outage/household", "my gran is bedridden", "household=helpless"},
		{"first", "没电了 我妈靠制氧机", "household=medical"},
		{"first", "鱼塘的增氧机停了 没电", ""},
		{"outage/neighbours", "不是都没电 就俺家", "neighbours=me"},
		{"outage/neighbours", "隔壁也没有", "neighbours=all"},
		{"outage/neighbours", "隔壁没停", "neighbours=me"},
		{"outage/neighbours", "不止我家", "neighbours=all"},
		{"outage/neighbours", "next door don't have it either", "neighbours=all"},
		{"outage/neighbours", "next door have light and we don't", "neighbours=me"},
		{"outage/neighbours", "not just us", "neighbours=all"},
		{"first", "西屋没电 东屋亮着", "neighbours=part"},
		{"first", "is it just me or everyone?", ""},
		{"first", "替我姑报 她家在柳林村", "for=somebody;community=liulin"},
		{"first", "calling on behalf of my aunt in Taoyuan village", "for=somebody;community=taoyuan"},
		{"first", "前李村不是后李 没电", "community=qianli"},
		{"first", "俺是王各庄的 没电", "place=王各庄"},
		{"outage/switch", "小的都在上 大的往下了", "switch=down"},
		{"outage/switch", "没跳呀", "switch=up"},
		{"outage/reset", "一合又跳", "reset=trips"},
		{"outage/reset", "上着锁呢", "reset=sealed"},
		{"outage/summary", "不对 是7号楼", "building=7号楼"},
		{"first", "block 4 flat 1203, no power since 6pm", "building=block 4 flat 1203;since=6pm"},
		{"first", "村委会对面 停了三个多钟头", "building=村委会对面;since=三个多钟头"},
		{"first", "鎮上停電兩個鐘頭了", "since=兩個鐘頭"},
		{"outage/onsite", "到了找老赵 13900000012", "onsite=老赵;phone=13900000012"},
		{"first", "昨天支付宝交的二百 还没电", "paid_by=alipay;paid_when=yesterday;amount=200"},
		{"first", "支付宝能交电费吗", ""},
		{"topup/code", "err后面四十八", "code=48"},
		{"topup/account", "户号是0098765432", "account=0098765432"},
		{"topup/shows", "上面写着拉闸", "meter=拉闸"},
		{"outage/summary", "不留电话", "phone=none"},
	} {
		got := r.Read(c.screen, c.said).Slots
		want := Slots{}
		for slot := range strings.SplitSeq(c.slots, ";") {
			if key, value, ok := strings.Cut(slot, "="); ok {
				want[key] = value
			}
		}
		for key, value := range want {
			if got[key] != value {
				t.Errorf("%s: %s: %s=%q, want %q", c.screen, c.said, key, got[key], value)
			}
		}
		for key, value := range got {
			if want[key] == "" {
				t.Errorf("%s: %s: %s=%q was not said", c.screen, c.said, key, value)
			}
		}
	}
}

// A phone number is found however it is written or spoken; one that is not certain
// is none.
func TestPhone(t *testing.T) {
	for said, want := range map[string]string{
		"打 139 0000 0012":                                 "13900000012",
		"139-0000-0012 晚上打":                               "13900000012",
		"电话１３９００００００１２":                                   "13900000012",
		"一三九零零零零零零四六":                                     "13900000046",
		"幺三九 零零零零 零零一二":                                   "13900000012",
		"壹叁玖零零零零零零贰捌":                                     "13900000028",
		"一三九六个零四六":                                        "13900000046",
		"+86 139 0000 0012":                               "13900000012",
		"139OOOOOO12":                                     "13900000012",
		"one three nine, six zeros, eight five":           "13900000085",
		"one three nine triple zero triple oh double one": "13900000011",
		"3号楼2单元501 13900000012":                           "13900000012",
		"不是13900000011 是13900000012":                      "13900000012",
		"139000000123":                                    "",
		"1390000001":                                      "",
		"户号1234567890":                                    "",
		"没有电话":                                            "",
	} {
		if got := wordingOf(said).phone(); got != want {
			t.Errorf("%s: %q, want %q", said, got, want)
		}
	}
}

func TestSpokenNumber(t *testing.T) {
	for said, want := range map[string]int{
		"50": 50, "五十": 50, "十二": 12, "一百": 100, "一百二": 120, "一百零二": 102, "两百五十": 250, "五一": 51, "一千二": 1200,
		"fifty": 50, "two hundred": 200, "a hundred and twenty": 120, "twenty-one": 21,
	} {
		if got, ok := spokenNumber(said); !ok || got != want {
			t.Errorf("%s: %d %v, want %d", said, got, ok, want)
		}
	}
	if n, ok := spokenNumber("some"); ok {
		t.Errorf("some is %d", n)
	}
}

// Every class that is written in a table is used and known, and every word of a class
// is a pattern.
func TestTablesOfSlots(t *testing.T) {
	classes := classesOf(words.Rows("classes.tsv"))
	if _, err := readRules(words.Rows("slots.tsv"), classes); err != nil {
		t.Fatal(err)
	}
	var used strings.Builder
	for _, row := range words.Rows("slots.tsv") {
		used.WriteString(strings.Join(row.Fields, " "))
		for screen := range strings.FieldsSeq(row.Fields[1]) {
			if !regexp.MustCompile(`^!?(first|open-job|restored|rating|(outage|topup|report|contact)/(\*|[a-z_]+))$`).MatchString(screen) {
				t.Errorf("flows/words/heard/slots.tsv: line %d: %q is no screen", row.Line, screen)
			}
		}
	}
	for _, row := range words.Rows("classes.tsv") {
		name := "<" + row.Fields[0] + ">"
		if _, err := compile(name, classes); err != nil {
			t.Errorf("flows/words/heard/classes.tsv: line %d: %s: %v", row.Line, name, err)
		}
		if !strings.Contains(used.String(), name) {
			t.Errorf("flows/words/heard/classes.tsv: line %d: %s is used nowhere", row.Line, name)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	r := sample(b)
	said := []string{
		"那个我家里好像是没有电了然后电视也看不了你们能不能来个人看一下",
		"桑园镇百花小区4号楼 我在3楼 外头4楼5楼都有电 电话13900000012",
		"um hi so basically the power went off in my house about ten minutes ago and the neighbours seem to have theirs",
		"none, and it's only our flat that's off",
	}
	r.Read("first", said[0])
	for b.Loop() {
		for _, s := range said {
			r.Read("first", s)
		}
	}
}

// BenchmarkSlots is the part of BenchmarkRead that the slots take.
func BenchmarkSlots(b *testing.B) {
	r := sample(b)
	read := r.Read("first", "没电了")
	for b.Loop() {
		r.slots("first", "桑园镇百花小区4号楼 我在3楼 外头4楼5楼都有电 电话13900000012", &read)
	}
}
