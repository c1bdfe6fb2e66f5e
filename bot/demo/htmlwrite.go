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

// writeHTML shows a text with its entities as HTML made of b i u s code pre a tg-spoiler blockquote only. All text is escaped, and a link
// leads to http, https or tg: it can be put into a page as it is. Entities that overlap without nesting are cut where they cross.
func writeHTML(text string, marks []entity) string {
	if !slices.ContainsFunc(marks, func(e entity) bool { return tagOf[e.Type] != "" }) {
		return html.EscapeString(text)
	}
	w := htmlWriter{text: text}
	next := 0
	for i, r := range text {
		w.byteAt = i
		w.closeEnded()
		for ; next < len(marks) && marks[next].Offset <= w.units; next++ {
			w.start(marks[next])
		}
		w.b.WriteString(html.EscapeString(string(r)))
		w.units += utf16.RuneLen(r)
	}
	for _, e := range slices.Backward(w.open) { // those that claim to reach beyond the end, too
		w.b.WriteString("</" + tagOf[e.Type] + ">")
	}
	return w.b.String()
}

type htmlWriter struct {
	text   string
	b      strings.Builder
	units  int // UTF-16 units written
	byteAt int
	open   []entity
}

func (w *htmlWriter) start(e entity) {
	tag := tagOf[e.Type]
	if tag == "" || e.Offset+e.Length <= w.units {
		return
	}
	if tag != "a" {
		w.open = append(w.open, e)
		w.b.WriteString("<" + tag + ">")
		return
	}
	target := e.URL
	if e.Type == "url" {
		target = w.ahead(e.Length)
	}
	if target = checkedLink(target); target != "" {
		w.open = append(w.open, e)
		w.b.WriteString(`<a href="` + html.EscapeString(target) + `">`)
	}
}

// ahead is the text from here on, so many UTF-16 units long.
func (w *htmlWriter) ahead(units int) string {
	rest := w.text[w.byteAt:]
	for i, r := range rest {
		if units <= 0 {
			return rest[:i]
		}
		units -= utf16.RuneLen(r)
	}
	return rest
}

// closeEnded closes every entity that ends here. What was opened inside such a one and goes on is closed too and opened again.
func (w *htmlWriter) closeEnded() {
	outermost := slices.IndexFunc(w.open, func(e entity) bool { return e.Offset+e.Length <= w.units })
	if outermost < 0 {
		return
	}
	cut := slices.Clone(w.open[outermost:])
	for _, e := range slices.Backward(cut) {
		w.b.WriteString("</" + tagOf[e.Type] + ">")
	}
	w.open = w.open[:outermost]
	for _, e := range cut {
		w.start(e) // does nothing for those that have ended
	}
}
