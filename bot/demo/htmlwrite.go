package demo

import (
	"html"
	"slices"
	"strings"
	"unicode/utf16"
)

// tagOf names the HTML tag that shows an entity. Entities that apps only colour, such as bot commands, show as plain text.
var tagOf = map[string]string{
	"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler",
	"code": "code", "pre": "pre", "blockquote": "blockquote", "expandable_blockquote": "blockquote", "text_link": "a", "url": "a",
}

// tag is an entity as HTML shows it, from one UTF-16 unit of the text to another.
type tag struct {
	from, to    int
	begin, name string
}

// tagsOf are the tags of the entities that are shown. What reaches beyond the text ends with it, and a link without an address is none.
func tagsOf(text string, marks []entity) (tags []tag) {
	units := utf16.Encode([]rune(text))
	for _, e := range marks {
		t := tag{from: e.Offset, to: min(e.Offset+e.Length, len(units)), name: tagOf[e.Type]}
		if t.name == "" || t.from >= t.to {
			continue
		}
		t.begin = "<" + t.name + ">"
		if t.name == "a" {
			target := e.URL
			if e.Type == "url" {
				target = string(utf16.Decode(units[t.from:t.to]))
			}
			if target = checkedLink(target); target == "" {
				continue
			}
			t.begin = `<a href="` + html.EscapeString(target) + `">`
		}
		tags = append(tags, t)
	}
	return tags
}

// writeHTML shows a text with its entities as HTML made of b i u s code pre a tg-spoiler blockquote only. All text is escaped, and a link
// leads to http, https or tg: it can be put into a page as it is. Where an entity ends, those that were opened inside it and go on are closed
// with it and opened again.
func writeHTML(text string, marks []entity) string {
	var b strings.Builder
	tags := tagsOf(text, marks)
	var open []tag
	turn := func(now []tag) {
		same := 0
		for same < min(len(open), len(now)) && open[same] == now[same] {
			same++
		}
		for _, t := range slices.Backward(open[same:]) {
			b.WriteString("</" + t.name + ">")
		}
		for _, t := range now[same:] {
			b.WriteString(t.begin)
		}
		open = now
	}
	units, last := 0, -1
	for _, r := range text {
		passed := func(at int) bool { return last < at && at <= units }
		if slices.ContainsFunc(tags, func(t tag) bool { return passed(t.from) || passed(t.to) }) {
			turn(slices.DeleteFunc(slices.Clone(tags), func(t tag) bool { return units < t.from || t.to <= units }))
		}
		b.WriteString(html.EscapeString(string(r)))
		last = units
		units += utf16.RuneLen(r)
	}
	turn(nil)
	return b.String()
}
