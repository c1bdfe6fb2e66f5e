package telegram

import (
	"html"
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
	for left := utf8.RuneCountInString(kept); left > 0; {
		p := next(text)
		text = text[len(p.raw):]
		out.WriteString(p.raw)
		switch {
		case p.tag == "":
			left--
		case !p.closing:
			open = append(open, p.tag)
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
	for text != "" {
		p := next(text)
		text = text[len(p.raw):]
		out.WriteString(p.shows)
	}
	return out.String()
}

// piece is the smallest part of HTML text: a tag, or one visible code point,
// which may be written as an entity.
type piece struct {
	raw     string
	shows   string // "" for a tag
	tag     string // its name; "" for a code point
	closing bool
}

// next reads the piece at the beginning of text, which is not empty. What looks
// like a tag or an entity and is none counts as written.
func next(text string) piece {
	switch text[0] {
	case '<':
		if p, ok := tag(text); ok {
			return p
		}
	case '&':
		if p, ok := entity(text); ok {
			return p
		}
	}
	_, size := utf8.DecodeRuneInString(text)
	return piece{raw: text[:size], shows: text[:size]}
}

// tag reads <b>, </b> or <a href="…">. A > within quotes does not end it.
func tag(text string) (piece, bool) {
	var quote byte
	for i := 1; i < len(text); i++ {
		switch b := text[i]; {
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '"' || b == '\'':
			quote = b
		case b == '<':
			return piece{}, false
		case b == '>':
			inner, closing := strings.CutPrefix(text[1:i], "/")
			name, _, _ := strings.Cut(inner, " ")
			return piece{raw: text[:i+1], tag: name, closing: closing}, isTagName(name)
		}
	}
	return piece{}, false
}

func isTagName(name string) bool {
	for _, r := range name {
		if r != '-' && (r < 'a' || r > 'z') {
			return false
		}
	}
	return name != ""
}

// entity reads one of the four names that Telegram knows, or a number
// (RELIABILITY §2, "HTML mode").
func entity(text string) (piece, bool) {
	end := strings.IndexByte(text[:min(len(text), 12)], ';')
	if end < 0 {
		return piece{}, false
	}
	raw := text[:end+1]
	switch raw {
	case "&lt;", "&gt;", "&amp;", "&quot;":
	default:
		if !strings.HasPrefix(raw, "&#") {
			return piece{}, false
		}
	}
	shows := html.UnescapeString(raw)
	return piece{raw: raw, shows: shows}, utf8.RuneCountInString(shows) == 1
}
