package telegram

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"

	"powerdesk/flows/job"
)

func TestClean(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, in, want string }{
		{"plain words stay", "家里没电了 E4", "家里没电了 E4"},
		{"blanks around go", " \t没电\n ", "没电"},
		{"runs of blanks become one", "三里庄  \t 5 号", "三里庄 5 号"},
		{"ideographic blank", "三里庄　5号", "三里庄 5号"},
		{"no-break and braille blanks", "a\u00a0\u2800b", "a b"},
		{"one line break stays", "a \r\n b", "a\nb"},
		{"one empty line stays, more do not", "a\n\n\n\n\nb", "a\n\nb"},
		{"unicode line breaks", "a\u2028b\u2029c\u0085d", "a\nb\nc\nd"},
		{"controls go", "a\x00b\x1b[31mc\x7f\u0090", "ab[31mc"},
		{"byte order mark goes", "\ufeff没电", "没电"},
		{"bidi controls go", "\u202aa\u202eb\u2066c\u2069\u200e\u200f\u061c", "abc"},
		{"zero width goes", "没\u200b电\u200c了\u2060\u00ad", "没电了"},
		{"invisible letters go", "a\u3164\u115f\u1160\uffa0\u034fb", "ab"},
		{"tag characters go", "ok\U000E0041\U000E0042", "ok"},
		{"private use goes", "a" + job.Unnumbered + "b\U000F1234\U0010FFFD", "ab"},
		{"no characters go", "a\uFFFE\uFDD0\U0001FFFFb", "ab"},
		{"invalid bytes are marked", "a\xff\xfeb", "a\uFFFDb"},
		{"two marks stay", "e\u0323\u0302", "ệ"},
		{"the third mark goes", "h\u0301\u0302\u0303\u0304", "h\u0301\u0302"},
		{"a mark with nothing below goes", "\u0301 \u0301a", "a"},
		{"composed", "Cafe\u0301", "Café"},
		{"a keycap is whole", "1\ufe0f\u20e3", "1\ufe0f\u20e3"},
		{"a joined emoji is whole", "👩🏽\u200d⚕\ufe0f", "👩🏽\u200d⚕\ufe0f"},
		{"a joiner elsewhere goes", "a\u200db \u200d☺ ☺ \u200d☺\u200d", "ab ☺ ☺ ☺"},
		{"full-width forms stay", "ＡＢ１２", "ＡＢ１２"},
		{"nothing left", "\u200b\u3164 \u2060", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got, cut := clean(test.in, textLimit); got != test.want || cut {
				t.Errorf("clean(%+q) = %+q, %v, want %+q", test.in, got, cut, test.want)
			}
		})
	}
}

func TestCleanCutsWhereAReaderSeesABoundary(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, in string
		limit    int
		want     string
		cut      bool
	}{
		{"it fits", "没电了", 3, "没电了", false},
		{"one too many", "没电了吗", 3, "没电了", true},
		{"an accent stays with its letter", "ah\u0301\u0302x", 2, "a", true},
		{"a family stays together", "a👨\u200d👩\u200d👧", 4, "a", true},
		{"a flag is not halved", "🇨🇳🇨🇳", 3, "🇨🇳", true},
		{"the blank before the cut goes", "ab cd", 3, "ab", true},
		{"one endless emoji is cut hard", strings.Repeat("👩\u200d", 50) + "👩", 10, strings.TrimSuffix(strings.Repeat("👩\u200d", 5), "\u200d"), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got, cut := clean(test.in, test.limit); got != test.want || cut != test.cut {
				t.Errorf("clean(%+q, %d) = %+q, %v, want %+q, %v", test.in, test.limit, got, cut, test.want, test.cut)
			}
		})
	}
}

func TestCleanTakesTextOfAnyLength(t *testing.T) {
	t.Parallel()
	for _, runes := range []int{4096, 4097, 100_000} {
		got, cut := clean(strings.Repeat("电", runes), textLimit)
		if utf8.RuneCountInString(got) != 4096 || cut != (runes > 4096) {
			t.Errorf("%d characters: %d left, cut %v", runes, utf8.RuneCountInString(got), cut)
		}
	}
}

// checkClean says in another way than clean what clean text is.
func checkClean(t *testing.T, text string, limit int) {
	t.Helper()
	if !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) {
		t.Errorf("not valid UTF-8 in form NFC: %+q", text)
	}
	if n := utf8.RuneCountInString(text); n > limit {
		t.Errorf("%d code points, limit %d", n, limit)
	}
	if text != strings.TrimSpace(text) || strings.Contains(text, "\n\n\n") || strings.Contains(text, "  ") {
		t.Errorf("loose white space: %+q", text)
	}
	for _, r := range text {
		kept := r == '\n' || r == ' ' || r == '\u200d'
		if !kept && (unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Z) || r == '\u3164' || r == '\u2800') {
			t.Errorf("%U in %+q", r, text)
		}
	}
	for clusters := uniseg.NewGraphemes(text); clusters.Next(); {
		marks := 0
		for _, r := range clusters.Runes() {
			if marks++; !unicode.In(r, unicode.Mn, unicode.Me) {
				marks = 0
			}
			if marks > marksLimit {
				t.Errorf("a tower of marks in %+q", text)
			}
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{
		"没电", "a\u0301\u0302\u0303", "\u0958\u0301\u0302", "👨\u200d👩\u200d👧", "\r\n\n\r", "\xff", "\u1112\u1161\u11ab", "e\u200b\u0301", "\u2126\u212b",
	} {
		f.Add(seed, uint8(0))
		f.Add(seed, uint8(3))
	}
	f.Fuzz(func(t *testing.T, text string, short uint8) {
		limit := textLimit
		if short > 0 {
			limit = int(short)
		}
		once, _ := clean(text, limit)
		checkClean(t, once, limit)
		if twice, cut := clean(once, limit); twice != once || cut {
			t.Errorf("clean twice: %+q, then %+q", once, twice)
		}
		checkClean(t, cleanLine(text, nameLimit), nameLimit)
		if strings.Contains(cleanLine(text, nameLimit), "\n") {
			t.Error("a line with a break")
		}
	})
}

func BenchmarkClean(b *testing.B) {
	for name, text := range map[string]string{
		"short":      "家里没电了，三里庄 5 号楼",
		"full":       strings.Repeat("家里没电了 ", 682),
		"too long":   strings.Repeat("家里没电了 ", 7000),
		"decomposed": strings.Repeat("e\u0301", 2000),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				clean(text, textLimit)
			}
		})
	}
}
