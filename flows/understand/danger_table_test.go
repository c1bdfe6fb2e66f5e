package understand_test

import (
	"strings"
	"testing"

	"powerdesk/flows/words"
)

// Every class of danger.tsv is one that a sign or the code asks for, every sign is made
// of classes that are there, and the words are whole: written small, once, with no blank
// around them.
func TestDangerTables(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, row := range words.Table("danger.tsv") {
		known[row[0]] = true
		seen := map[string]bool{}
		for _, word := range strings.Split(row[1]+"|"+row[2], "|") {
			switch {
			case word != strings.TrimSpace(word), word != strings.ToLower(word), strings.Count(word, "[") != strings.Count(word, "]"):
				t.Errorf("%s has %q", row[0], word)
			case seen[word] && word != "":
				t.Errorf("%s has %q twice", row[0], word)
			}
			seen[word] = true
		}
		if row[3] == "" {
			t.Errorf("nobody knows what %s is", row[0])
		}
	}
	used := map[string]bool{}
	for _, name := range strings.Fields("harmless usual place feared past unreal fire_cry help_cry plea") {
		used[name] = true
	}
	for _, row := range words.Table("danger_signs.tsv") {
		if (row[0] == "") != (row[1] == "nothing") {
			t.Errorf("%v: a sign of nothing has no kind, every other has one", row)
		}
		for name := range strings.FieldsSeq(row[2]) {
			name = strings.TrimPrefix(name, "+")
			used[name] = true
			if !known[name] {
				t.Errorf("%v names %s, which danger.tsv does not have", row, name)
			}
		}
	}
	for name := range known {
		if !used[name] {
			t.Errorf("no sign uses %s", name)
		}
	}
}

// What a danger is said to be like, a film, cooking and what only sounds like one alarm
// nobody; typed by sound, by a slip of the finger or in dialect it is heard all the same.
func TestDangerAsItWasMeant(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"smok from the meter": "fire!", "he was electrcuted": "shock!", "着伙了": "fire!", "电表冒言": "fire!", "插座那进睡了": "water!", "有人初电了": "shock!", "木有冒烟": "",
		"师傅刚到": "", "这活干得漂亮": "", "井水抽不上来": "", "猫眼坏了": "", "期货赔了": "", "停电了一下午": "", "没电了你给看看": "",
		"急得我直冒火": "", "my bill exploded": "", "交了电费 表冒烟了": "fire!", "急死了 插座着火了": "fire!", "冒烟的是隔壁烧烤摊 我就问明天停不停电": "",
		"孩子不动了": "shock!", "my dad is not breathing": "shock!", "我家电表不动了": "", "help": "unknown?", "火": "fire!", "来火了": "",
		"没电线掉下来": "wire!", "没见有电线掉下来": "", "哪有什么火花": "", "sparks? none": "", "火花没见着": "",
		"小孩在开着的电表箱那玩": "unknown?", "the panel cover is missing": "unknown?", "电线还在地上": "wire!", "挖沟把电缆挖出来了": "wire!",
	} {
		namesDanger(t, strings.TrimSuffix(want, "!"), []string{said})
	}
}
