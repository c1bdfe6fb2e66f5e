package text_test

import (
	"testing"

	"powerdesk/flows/text"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"nothing that counts", " …!🙏 👍🏽 ", ""},
		{"case and spaces", "  No POWER ", "nopower"},
		{"punctuation", "没电了!!。", "没电了"},
		{"full width", "ＳＡＮＧＹＵＡＮ　１２", "sangyuan12"},
		{"tone marks", "Sāng Yuán zhèn", "sangyuanzhen"},
		{"tone marks written apart", "Sa\u0304ng Yua\u0301n", "sangyuan"},
		{"stacked marks", "n\u0300\u0301\u0302o\u0336", "no"},
		{"traditional", "吳橋縣溝店鋪鄉", "吴桥县沟店铺乡"},
		{"compatibility ideograph", "\uF90A", "金"},
		{"keycap", "1️⃣", "1"},
		{"circled", "②", "2"},
		{"joiners and variation selectors", "没\u200d电\ufe0f", "没电"},
		{"right-to-left override", "\u202e停电", "停电"},
		{"ideographic zero", "二〇二六", "二〇二六"},
		{"broken bytes", "桑\xff园", "桑园"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := text.Fold(tt.text); got != tt.want {
				t.Errorf("Fold(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// lastLetter is the end of the last block that holds letters (CJK Extension J).
const lastLetter = 0x3347F

// Every letter there is: what has been folded must not change again, or a
// stored folding and a fresh one would differ.
func TestFoldTwiceIsFoldOnce(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= lastLetter; r++ {
		once := text.Fold(string(r))
		if twice := text.Fold(once); twice != once {
			t.Errorf("Fold(%U) = %q, folded again %q", r, once, twice)
		}
	}
}
