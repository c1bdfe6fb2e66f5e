package telegram

import (
	"html"
	"regexp"
	"strings"
	"unicode/utf8"
)

// ellipsis tells the reader that the text went on.
const ellipsis = "…"

// cutPlain shortens plain text to limit code points, the ellipsis included.
func cutPlain(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	short, _ := cut(text, limit-1)
	return short + ellipsis
}

// cutHTML shortens Telegram's HTML to limit visible code points, the ellipsis
// included. It cuts between characters a reader sees and closes what is open
// there, because Telegram refuses a message with a broken tag as a whole.
func cutHTML(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text // nothing is shorter written than shown
	}
	visible := stripHTML(text)
	if utf8.RuneCountInString(visible) <= limit {
		return text
	}
	kept, _ := cut(visible, limit-1)
	var out strings.Builder
	var open []string
	left := utf8.RuneCountInString(kept)
	for _, p := range piece.FindAllStringSubmatch(text, -1) {
		if left == 0 {
			break
		}
		out.WriteString(p[0])
		switch closing, tag := p[1] != "", p[2]; {
		case tag == "":
			left--
		case !closing:
			open = append(open, tag)
		case len(open) > 0:
			open = open[:len(open)-1]
		}
	}
	out.WriteString(ellipsis)
	for i := len(open) - 1; i >= 0; i-- {
		out.WriteString("</" + open[i] + ">")
	}
	return out.String()
}

// stripHTML gives the text that a reader of Telegram's HTML sees.
func stripHTML(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	for _, p := range piece.FindAllStringSubmatch(text, -1) {
		if tag := p[2]; tag == "" {
			out.WriteString(html.UnescapeString(p[0]))
		}
	}
	return out.String()
}

// piece is the smallest part of HTML text, of which the first that fits counts: a
// tag, with what makes it a closing one and its name; one of the four entities that
// Telegram knows, or a number (RELIABILITY §2, "HTML mode"); one code point. A >
// within quotes does not end a tag. What looks like a tag or an entity and is none
// counts as written.
var piece = regexp.MustCompile(strings.Join([]string{
	`(?s)<(/?)([a-z-]+)(?: (?:[^<>"']|"[^"]*"|'[^']*')*)?>`,
	`&(?:lt|gt|amp|quot|#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8});`,
	`.`,
}, "|"))
