package telegram

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCutHTML(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, in string
		limit    int
		want     string
	}{
		{"it fits", "<b>没电</b>", 2, "<b>没电</b>"},
		{"tags and entities do not count", `<a href="https://t.me/x?a=1&amp;b=2">&lt;ok&gt;</a>`, 4, `<a href="https://t.me/x?a=1&amp;b=2">&lt;ok&gt;</a>`},
		{"what is open is closed", "<b>三里庄<i>五号楼</i></b>", 5, "<b>三里庄<i>五…</i></b>"},
		{"what was closed stays closed", "<b>ab</b>cdef", 4, "<b>ab</b>c…"},
		{"a tag with attributes is closed by name", `<span class="tg-spoiler">abcdef</span>`, 3, `<span class="tg-spoiler">ab…</span>`},
		{"a > in quotes is no end", `<a href="x>y">abcdef</a>`, 3, `<a href="x>y">ab…</a>`},
		{"an entity is not halved", "ab&amp;cdef", 4, "ab&amp;…"},
		{"a numeric entity is one", "&#39;&#x4e2d;cdef", 3, "&#39;&#x4e2d;…"},
		{"other entities are text", "&nbsp;x", 4, "&nb…"},
		{"a loose < is text", "1 < 2 > 0 <", 4, "1 <…"},
		{"an emoji is whole", "a👨\u200d👩\u200d👧b", 5, "a…"},
		{"no blank before the ellipsis", "ab cdef", 4, "ab…"},
		{"just the ellipsis", "<b>abc</b>", 1, "…"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := cutHTML(test.in, test.limit); got != test.want {
				t.Errorf("cutHTML(%q, %d) = %q, want %q", test.in, test.limit, got, test.want)
			}
		})
	}
}

func TestStripHTML(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"<b>1123-07</b> &lt;急&gt; &amp;amp; &quot;x&quot;": `1123-07 <急> &amp; "x"`,
		`<a href="https://x">地图</a>`:                       "地图",
		"3 < 5 & 7 &; &#x4e2d;":                            "3 < 5 & 7 &; 中",
		"<1> <b <i>x</i> &quot":                            "<1> <b x &quot",
		"a<":                                               "a<",
		"":                                                 "",
	} {
		if got := stripHTML(in); got != want {
			t.Errorf("stripHTML(%q) = %q, want %q", in, got, want)
		}
	}
}

var (
	anyTag    = regexp.MustCompile(`</?[a-z-]+( [a-z]+="[^"]*")?>`)
	anyEntity = regexp.MustCompile(`&(lt|gt|amp|quot|#[0-9]+|#x[0-9a-fA-F]+);`)
)

// checkHTML says in another way than cutHTML what Telegram takes, and gives the
// text a reader sees.
func checkHTML(t *testing.T, text string) (visible string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("not UTF-8: %q", text)
	}
	var open []string
	for _, tag := range anyTag.FindAllString(text, -1) {
		name := strings.Fields(strings.Trim(tag, "</>"))[0]
		if !strings.HasPrefix(tag, "</") {
			open = append(open, name)
			continue
		}
		if len(open) == 0 || open[len(open)-1] != name {
			t.Errorf("%s closes nothing in %q", tag, text)
			return ""
		}
		open = open[:len(open)-1]
	}
	if len(open) > 0 {
		t.Errorf("%v stays open in %q", open, text)
	}
	rest := anyTag.ReplaceAllString(text, "")
	if strings.ContainsAny(anyEntity.ReplaceAllString(rest, ""), "<>&") {
		t.Errorf("a bare sign in %q", text)
	}
	return html.UnescapeString(rest)
}

func FuzzSendText(f *testing.F) {
	f.Add("家里没电了", uint16(3))
	f.Add(`</b><script>&lt;"'&`, uint16(9))
	f.Add("👨\u200d👩\u200d👧🇨🇳e\u0301\u0301", uint16(5))
	f.Add(strings.Repeat("&", 60), uint16(50))
	f.Fuzz(func(t *testing.T, words string, short uint16) {
		limit := textLimit
		if short > 0 {
			limit = int(short)
		}
		words = strings.ToValidUTF8(words, "\uFFFD")
		if got := stripHTML(html.EscapeString(words)); strings.ReplaceAll(got, "\x00", "\uFFFD") != strings.ReplaceAll(words, "\x00", "\uFFFD") {
			t.Errorf("escaped and read back: %q, want %q", got, words)
		}
		text := "<b>" + html.EscapeString(words) + `</b> <a href="https://t.me/x?start=1&amp;y"><i>` + html.EscapeString(words) + "</i>!</a>"
		whole := checkHTML(t, text)
		got := cutHTML(text, limit)
		visible := checkHTML(t, got)
		switch n := utf8.RuneCountInString(visible); {
		case n > limit:
			t.Errorf("%d code points, limit %d", n, limit)
		case utf8.RuneCountInString(whole) <= limit:
			if got != text {
				t.Errorf("cut without need: %q", got)
			}
		default:
			begin, cut := strings.CutSuffix(visible, ellipsis)
			if !cut || !strings.HasPrefix(whole, begin) {
				t.Errorf("%q is not the beginning of %q", visible, whole)
			}
		}
		if plain := cutPlain(stripHTML(text), limit); plain != visible {
			t.Errorf("plain %q, with tags %q", plain, visible)
		}
	})
}
