package understand

import (
	"strings"
	"testing"

	"powerdesk/flows/words"
)

var someClasses = map[string]class{
	"room": {zh: "厨房|客厅", en: "kitchen*|living room"},
	"off":  {zh: "没电|不亮", en: "out|dead"},
	"nest": {zh: "<room>灯", en: "<room> light*"},
	"loop": {zh: "<loop>", en: "<loop>"},
}

func TestPattern(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		stands        bool
	}{
		{"就我家", "好像就我家没电", true},
		{"邻居…有电", "邻居家里都有电", true},
		{"邻居…有电", "邻居没有 我家有电", false}, // a space ends a clause in Chinese
		{"邻居……有电", "邻居没有 我家有电", true},
		{"(就|只有)我", "只有我这样", true},
		{"没(有|)人", "没人", true},
		{"^没有$", "没有 我家没电", true},
		{"^没有$", "没有人", false},
		{"only us", "it is only us", true},
		{"only us", "only useful", false}, // whole words
		{"neighbour* … light*", "the neighbours all have lights", true},
		{"neighbour* … light*", "the neighbours are out, no lights here", false},
		{"neighbour* …… light*", "the neighbours are out, no lights here", true},
		{"^no$", "no, but my dad is old", true},
		{"^no$", "no power", false},
		{"<room>…<off>", "厨房里不亮", true},
		{"<room>…<off>", "living room is dead", true}, // only classes: both languages
		{"<nest>", "客厅灯", true},
		{"<nest>", "kitchen lights", true},
		{"厨房|kitchen", "my kitchen", true}, // each alternative in its own language
		{"shows … 拉闸", "the meter shows only 拉闸", true},
		{"50.5", "50x5", false},
	} {
		p, err := compile(c.pattern, someClasses)
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
			continue
		}
		if p.stands(c.text) != c.stands {
			t.Errorf("%s in %s: %v", c.pattern, c.text, !c.stands)
		}
		if p.re.MatchString(c.text) != c.stands {
			t.Errorf("%s in %s: passed over for %q", c.pattern, c.text, p.needs)
		}
	}
}

// A wrong line of the table says where it is and what is wrong.
func TestWrongRule(t *testing.T) {
	for line, says := range map[string]string{
		"household\t\t老人\t":               `"household" is not written slot=value`,
		"houshold=none\t\t没有\t":           `there is no slot "houshold"`,
		"household=none\t\t没有(老人\t":       "the brackets do not close",
		"household=none\t\t没有<old>\t":     "there is no class <old>",
		"household=none\t\t没有<old\t":      "a class is written <name>",
		"household=none\t\t(没有|)\t":       "it fits every sentence",
		"household=none\t\t<loop>\t":      "in a circle",
		"household=none\t\t没有\t没有(老人":     `unless "没有(老人"`,
		"household=none\t\t\t":            "it fits every sentence",
		"household=none\toutage\t没有)老人\t": "the brackets do not close",
	} {
		_, err := readRules([]words.Row{{Line: 7, Fields: strings.Split(line, "\t")}}, someClasses)
		if err == nil || !strings.Contains(err.Error(), says) || !strings.HasPrefix(err.Error(), "flows/words/heard/slots.tsv: line 7: ") {
			t.Errorf("%q: %v, want %q", line, err, says)
		}
	}
}

func TestRuleAtScreen(t *testing.T) {
	for _, c := range []struct {
		screens, screen string
		at              bool
	}{
		{"", "first", true},
		{"first topup/*", "topup/now", true},
		{"first topup/*", "outage/now", false},
		{"!rating !topup/*", "first", true},
		{"!rating !topup/*", "topup/now", false},
		{"outage/* !outage/part", "outage/part", false},
		{"outage/* !outage/part", "outage/meter", true},
		{"outage/* !outage/part", "first", false},
	} {
		if got := (rule{screens: strings.Fields(c.screens)}).at(c.screen); got != c.at {
			t.Errorf("%q at %s: %v", c.screens, c.screen, got)
		}
	}
}
