package demo

import (
	"errors"
	"html"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func nobody(int64) *wireUser { return nil }

// parse gives what parseHTML refuses as an error in the words of that refusal.
func parse(in string, user func(id int64) *wireUser) (text string, marks []entity, err error) {
	if refused := caught(func() { text, marks = parseHTML(in, user) }); refused != nil {
		err = errors.New(strings.TrimPrefix(refused.text, "Bad Request: can't parse entities: "))
	}
	return text, marks, err
}

func TestParseHTML(t *testing.T) {
	t.Parallel()
	li := &wireUser{ID: 21, FirstName: "Li"}
	for _, c := range []struct {
		name, in, text string
		marks          []entity
	}{
		{"plain", "no light", "no light", nil},
		{"all tags", "<b>1</b><strong>2</strong><i>3</i><em>4</em><u>5</u><ins>6</ins><s>7</s><strike>8</strike><del>9</del>", "123456789", []entity{
			{Type: "bold", Offset: 0, Length: 1}, {Type: "bold", Offset: 1, Length: 1}, {Type: "italic", Offset: 2, Length: 1},
			{Type: "italic", Offset: 3, Length: 1}, {Type: "underline", Offset: 4, Length: 1}, {Type: "underline", Offset: 5, Length: 1},
			{Type: "strikethrough", Offset: 6, Length: 1}, {Type: "strikethrough", Offset: 7, Length: 1}, {Type: "strikethrough", Offset: 8, Length: 1},
		}},
		{"spoilers", `<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>`, "ab",
			[]entity{{Type: "spoiler", Offset: 0, Length: 1}, {Type: "spoiler", Offset: 1, Length: 1}}},
		{"lengths count UTF-16", "电😀<b>电😀</b>", "电😀电😀", []entity{{Type: "bold", Offset: 3, Length: 3}}},
		{"character references", "&lt;b&gt; &amp;amp; &quot;&#30005;&#x7535;&lt", `<b> &amp; "电电<`, nil},
		{"unknown references stay", "&nbsp;&copy; & &; &#0; &#x110000;", "&nbsp;&copy; & &; &#0; &#x110000;", nil},
		{"upper case and blanks", "<B >x</B\n>", "x", []entity{{Type: "bold", Offset: 0, Length: 1}}},
		{"an end tag may be nameless", "<b>x</>", "x", []entity{{Type: "bold", Offset: 0, Length: 1}}},
		{"nested", "<b>a<i>b</i></b>", "ab", []entity{{Type: "italic", Offset: 1, Length: 1}, {Type: "bold", Offset: 0, Length: 2}}},
		{"around nothing", "<b></b>x", "x", nil},
		{"link", `<a href="https://example.com/?a=1&amp;b=2">x</a>`, "x", []entity{{Type: "text_link", Length: 1, URL: "https://example.com/?a=1&b=2"}}},
		{"link of its own text", "<a>example.com</a>", "example.com", []entity{{Type: "text_link", Length: 11, URL: "http://example.com/"}}},
		{"unusable link", `<a href="javascript:alert(1)">x</a>`, "x", nil},
		{"person", `<a href='tg://user?id=21'>Li</a>`, "Li", []entity{{Type: "text_mention", Length: 2, User: li}}},
		{"code", `<code class="language-go">x</code>`, "x", []entity{{Type: "code", Length: 1}}},
		{"block with a language", `<pre><code class="language-go">x</code></pre>`, "x", []entity{{Type: "pre", Length: 1, Language: "go"}}},
		{"the other way round", `<code class="language-go"><pre>x</pre></code>`, "x", []entity{{Type: "pre", Length: 1, Language: "go"}}},
		{"quotes", "<blockquote>a</blockquote><blockquote expandable>b</blockquote>", "ab",
			[]entity{{Type: "blockquote", Length: 1}, {Type: "expandable_blockquote", Offset: 1, Length: 1}}},
		{"emoji", `<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>`, "👍", []entity{{Type: "custom_emoji", Length: 2, Emoji: "5368324170671202286"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text, marks, err := parse(c.in, func(id int64) *wireUser {
				if id == 21 {
					return li
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if text != c.text {
				t.Errorf("got text %q, want %q", text, c.text)
			}
			if diff := cmp.Diff(c.marks, marks); diff != "" {
				t.Errorf("entities (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseHTMLRefuses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"电<br>":                    `Unsupported start tag "br" at byte offset 3`,
		"a < b":                    `Unsupported start tag "" at byte offset 2`,
		"x<B":                      `Unclosed start tag at byte offset 1`,
		"<b>x":                     `Can't find end tag corresponding to start tag "b"`,
		"x</b>":                    `Unexpected end tag at byte offset 1`,
		"<b>x</i>":                 `Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`,
		"<b>x</b":                  `Unclosed end tag at byte offset 4`,
		`<a =x>y</a>`:              `Empty attribute name in the tag "a" at byte offset 0`,
		`<a href>y</a>`:            `Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0`,
		`<a href=`:                 `Unclosed start tag "a" at byte offset 0`,
		`<a href="x`:               `Unclosed start tag at byte offset 0`,
		`<a href=x&y>z</a>`:        `Unexpected end of name token at byte offset 8`,
		"<span>x</span>":           `Tag "span" must have class "tg-spoiler" at byte offset 0`,
		"<tg-emoji>x</tg-emoji>":   `Invalid custom emoji identifier specified`,
		"&#xd800;":                 `Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units`,
		"<b><i>x</i></b></blink>":  `Unexpected end tag at byte offset 15`,
		"<b>x</b><p class=\"a\">y": `Unsupported start tag "p" at byte offset 8`,
	} {
		_, _, err := parse(in, nobody)
		if err == nil || err.Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", in, err, want)
		}
	}
}

func TestEscapedTextComesBackAsItWas(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.String().Draw(t, "text")
		got, marks, err := parse(html.EscapeString(want), nobody)
		if err != nil || got != strings.ToValidUTF8(want, "\uFFFD") || len(marks) != 0 {
			t.Fatalf("got %q, entities %v, error %v, want %q", got, marks, err, want)
		}
	})
}

func TestWriteHTML(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		marks      []entity
		want       string
	}{
		{"plain text is escaped", `<img src=x onerror="alert(1)">`, nil, "&lt;img src=x onerror=&#34;alert(1)&#34;&gt;"},
		{"nested", "abc", []entity{{Type: "bold", Length: 3}, {Type: "italic", Offset: 1, Length: 1}}, "<b>a<i>b</i>c</b>"},
		{"crossing", "abc", []entity{{Type: "bold", Length: 2}, {Type: "italic", Offset: 1, Length: 2}}, "<b>a<i>b</i></b><i>c</i>"},
		{"beyond the basic plane", "😀x", []entity{{Type: "code", Offset: 2, Length: 1}}, "😀<code>x</code>"},
		{"link", "x", []entity{{Type: "text_link", Length: 1, URL: `https://e.com/"><script>`}}, `<a href="https://e.com/%22%3E%3Cscript%3E">x</a>`},
		{"link that is none", "x", []entity{{Type: "text_link", Length: 1, URL: "javascript:alert(1)"}}, "x"},
		{"address", "see http://e.com/a?b=1&c", []entity{{Type: "url", Offset: 4, Length: 20}}, `see <a href="http://e.com/a?b=1&amp;c">http://e.com/a?b=1&amp;c</a>`},
		{"commands look plain", "/start", []entity{{Type: "bot_command", Length: 6}}, "/start"},
		{"all the rest", "abcdef", []entity{
			{Type: "underline", Length: 1}, {Type: "strikethrough", Offset: 1, Length: 1}, {Type: "spoiler", Offset: 2, Length: 1},
			{Type: "pre", Offset: 3, Length: 1}, {Type: "blockquote", Offset: 4, Length: 1}, {Type: "expandable_blockquote", Offset: 5, Length: 1},
		}, "<u>a</u><s>b</s><tg-spoiler>c</tg-spoiler><pre>d</pre><blockquote>e</blockquote><blockquote>f</blockquote>"},
		{"beyond the end", "a", []entity{{Type: "bold", Length: 9}, {Type: "bold", Offset: 5, Length: 9}}, "<b>a</b>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := writeHTML(c.text, c.marks); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// Whatever the entities, what is written must be well-formed and must say the same text.
func TestWrittenHTMLIsAlwaysWellFormed(t *testing.T) {
	t.Parallel()
	kinds := []string{"bold", "italic", "code", "pre", "spoiler", "text_link", "url", "mention"}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("ab<>&电😀 \n"))).Draw(t, "text")
		var marks []entity
		for range rapid.IntRange(0, 5).Draw(t, "count") {
			marks = append(marks, entity{
				Type:   rapid.SampledFrom(kinds).Draw(t, "type"),
				Offset: rapid.IntRange(0, 12).Draw(t, "offset"),
				Length: rapid.IntRange(1, 12).Draw(t, "length"),
				URL:    "https://example.com/",
			})
		}
		written := writeHTML(text, sortEntities(marks))
		got, _, err := parse(strings.ReplaceAll(written, "&#34;", "&quot;"), nobody)
		if err != nil || got != text {
			t.Fatalf("wrote %s\n got %q, error %v, want %q", written, got, err, text)
		}
	})
}

func FuzzParseHTML(f *testing.F) {
	for _, seed := range []string{"<b>x</b>", `<a href="http://e.com">&lt;`, "<pre><code class=language-go>", "&#x110000;&", "<", "</", "<a b='"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		in = strings.ToValidUTF8(in, "")
		text, marks, err := parse(in, nobody)
		if err != nil {
			return
		}
		if !utf8.ValidString(text) {
			t.Errorf("%q: got invalid text %q", in, text)
		}
		for _, e := range marks {
			if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > utf16Len(text) {
				t.Errorf("%q: got %+v outside of %q", in, e, text)
			}
		}
	})
}

func TestFindEntities(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []entity
	}{
		{"no light", nil},
		{"/start abc", []entity{{Type: "bot_command", Length: 6}}},
		{"请按 /help@wuqiao_bot 。", []entity{{Type: "bot_command", Offset: 3, Length: 16}}},
		{"and/or 1/2 //x /", nil},
		{"/status/x", nil},
		{"ask @li_volunteer or a@example.com", []entity{{Type: "mention", Offset: 4, Length: 13}}},
		{"看http://e.com/a?b. 好", []entity{{Type: "url", Offset: 1, Length: 16}}},
		{"http://x", nil},
		{"😀 /go", []entity{{Type: "bot_command", Offset: 3, Length: 3}}},
	} {
		if diff := cmp.Diff(c.want, findEntities(c.text, nil)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
	if got := findEntities("/start", []entity{{Type: "code", Length: 6}}); got != nil {
		t.Errorf("inside code: got %v, want nothing", got)
	}
}
