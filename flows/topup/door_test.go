package topup

import "testing"

func TestOneDoorIsWrittenInManyWays(t *testing.T) {
	t.Parallel()
	doors := [][]string{
		{"3号楼2单元302", "三号楼二单元三零二室", "3-2-302", "３號樓 2單元 302室", "Building 3, unit 2, room 302", "3 2 302"},
		{"32-302", "32号楼302"},
		{"3-2302"},
		{"12号楼", "十二号楼", "No. 12"},
		{"2号楼", "两号楼"},
		{"东头第三家", "东头3家"},
		{"西头第三家"},
		{"3A", "3号楼a单元"},
		{"三百零二"},
		{"老张家", "老張家"},
	}
	known := map[string]int{}
	for i, same := range doors {
		for _, written := range same {
			got := door(written)
			if other, ok := known[got]; got == "" || ok && other != i {
				t.Errorf("door(%q) = %q, which is that of %q", written, got, doors[other])
			}
			if want := door(same[0]); got != want {
				t.Errorf("door(%q) = %q, want %q as for %q", written, got, want, same[0])
			}
			known[got] = i
		}
	}
	for _, none := range []string{"", " ", "号", "!?"} {
		if got := door(none); got != "" {
			t.Errorf("door(%q) = %q, want none", none, got)
		}
	}
}
