package text

import (
	"testing"
	"time"
)

func TestNamedDay(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 19, 40, 0, 0, time.UTC) // a Monday
	for said, want := range map[string]string{
		"明天停电不": "2026-11-24", "明天會停電嗎": "2026-11-24", "大后天呢": "2026-11-26", "后天停不停": "2026-11-25", "今天停到几点": "2026-11-23",
		"星期五检修吗": "2026-11-27", "礼拜天停电吗": "2026-11-29", "周一停电不": "2026-11-23", "下周一停电不": "2026-11-30", "下个礼拜日": "2026-12-06",
		"12月3号停电吗": "2026-12-03", "1月5日停吗": "2027-01-05",
		"is there a cut tomorrow": "2026-11-24", "the day after tomorrow": "2026-11-25", "heard there's a shutdown Friday, true?": "2026-11-27",
		"next Tuesday": "2026-12-01", "off on wed?": "2026-11-25", "this Sunday": "2026-11-29",
	} {
		if got, ok := NamedDay(said, now); !ok || got.Format(time.DateOnly) != want {
			t.Errorf("%s: %s, %v; want %s", said, got.Format(time.DateOnly), ok, want)
		}
	}
	for _, said := range []string{"停电到几点", "the sunny side", "13月3号停电吗", "2月30号", "下周停电吗", "is it planned"} {
		if got, ok := NamedDay(said, now); ok {
			t.Errorf("%s: names %s", said, got.Format(time.DateOnly))
		}
	}
}

func TestWithoutDay(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{"周五张庄村停电吗": " 张庄村停电吗", "明天梁集停不停电": " 梁集停不停电", "cut on Friday in Zhangzhuang": "cut on Friday in Zhangzhuang"} {
		if got := WithoutDay(said); got != want {
			t.Errorf("%s: %q, want %q", said, got, want)
		}
	}
}
