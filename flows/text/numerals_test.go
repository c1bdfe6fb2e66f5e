package text_test

import (
	"testing"

	"powerdesk/flows/text"
)

func TestNumber(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]int{
		"1": 1, "12": 12, "２": 2, "②": 2, "2.": 2, " 3 ": 3, "3️⃣": 3, "第2": 2, "第二个": 2, "第三项": 3, "选1": 1, "按2": 2, "二": 2, "两个": 2, "十": 10, "十一": 11,
		"二十": 20, "三十五": 35, "Two": 2, "second": 2, "the second one": 2, "No. 2": 2, "number 4": 4, "option 1": 1, "one": 1, "the first": 1,
		"": 0, "零": 0, "0": 0, "十十": 0, "百": 0, "有": 0, "3号楼": 0, "桑园镇": 0, "no": 0, "none": 0, "一下": 0, "no one": 1, "-2": 2, "1 2": 12,
		"99999999999999999999": 0,
	} {
		if got := text.Number(said); got != want {
			t.Errorf("Number(%q) = %d, want %d", said, got, want)
		}
	}
}
