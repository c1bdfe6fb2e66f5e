package demo

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// entity marks a part of a text. Offset and Length count UTF-16 code units, as Telegram does (RELIABILITY §2, text).
type entity struct {
	Type     string    `json:"type"`
	Offset   int       `json:"offset"`
	Length   int       `json:"length"`
	URL      string    `json:"url,omitempty"`
	User     *wireUser `json:"user,omitempty"`
	Language string    `json:"language,omitempty"`
	Emoji    string    `json:"custom_emoji_id,omitempty"`
}

// Longest texts in Unicode code points after the markup is taken off (RELIABILITY §2, text).
const (
	maxText    = 4096
	maxCaption = 1024
)

// settable are the entities that a bot may give as entities; Telegram finds the others itself and ignores them here.
var settable = map[string]bool{
	"bold": true, "italic": true, "underline": true, "strikethrough": true, "spoiler": true, "blockquote": true,
	"expandable_blockquote": true, "code": true, "pre": true, "text_link": true, "custom_emoji": true,
}

// formatted turns the text of a call into what will be shown: markup parsed, forbidden characters removed, ends trimmed, links found.
func (t *Telegram) formatted(text, parseMode, entitiesJSON string) (string, []entity) {
	var marks []entity
	switch strings.ToLower(strings.TrimSpace(parseMode)) {
	case "":
		if entitiesJSON != "" && json.Unmarshal([]byte(entitiesJSON), &marks) != nil {
			refuse(badRequest("can't parse entities JSON object"))
		}
		marks = slices.DeleteFunc(marks, func(e entity) bool { return !settable[e.Type] || e.Type == "text_link" && checkedLink(e.URL) == "" })
	case "html":
		text, marks = parseHTML(text, t.wireUserByID)
	default:
		refuse(badRequest("unsupported parse_mode"))
	}
	text, marks = tidy(text, marks)
	return text, sortEntities(append(marks, findEntities(text, marks)...))
}

// messageText is the text of a message: not empty and not over-long.
func (t *Telegram) messageText(c *call) (string, []entity) {
	if c.str("text") == "" {
		refuse(badRequest("message text is empty"))
	}
	text, marks := t.formatted(c.str("text"), c.str("parse_mode"), c.str("entities"))
	switch {
	case text == "":
		refuse(badRequest("text must be non-empty"))
	case utf8.RuneCountInString(text) > maxText:
		refuse(badRequest("message is too long"))
	}
	return text, marks
}

// caption is the text under the picture or file of a call, which may be empty.
func (t *Telegram) caption(c *call) (string, []entity) {
	return t.captionOf(c.str("caption"), c.str("parse_mode"), c.str("caption_entities"))
}

func (t *Telegram) captionOf(text, parseMode, entitiesJSON string) (string, []entity) {
	text, marks := t.formatted(text, parseMode, entitiesJSON)
	if utf8.RuneCountInString(text) > maxCaption {
		refuse(badRequest("message caption is too long"))
	}
	return text, marks
}

// tidy does what Telegram does to every text: control characters become spaces, \r and U+2028–202E vanish, blanks at the ends are cut off;
// the entities move with the text. Bidi isolates stay (RELIABILITY §2, text).
func tidy(text string, marks []entity) (string, []entity) {
	var b strings.Builder
	b.Grow(len(text))
	moved := make([]int, 0, len(text)+1) // moved[i] is where UTF-16 unit i of the input went
	units := 0
	for _, r := range text {
		for range utf16.RuneLen(r) {
			moved = append(moved, units)
		}
		switch {
		case r == '\r' || (r >= 0x2028 && r <= 0x202E):
			continue
		case r < ' ' && r != '\n':
			r = ' '
		}
		b.WriteRune(r)
		units += utf16.RuneLen(r)
	}
	moved = append(moved, units)
	clean := b.String()
	right := strings.TrimRight(clean, " \n")
	trimmed := strings.TrimLeft(right, " \n")
	cut := len(right) - len(trimmed) // blanks are one byte and one unit each
	last := utf16Len(trimmed)
	var kept []entity
	for _, e := range marks {
		end := e.Offset + e.Length
		if e.Offset < 0 || e.Length <= 0 || end >= len(moved) {
			continue
		}
		from, to := max(moved[e.Offset]-cut, 0), min(moved[end]-cut, last)
		if to > from {
			e.Offset, e.Length = from, to-from
			kept = append(kept, e)
		}
	}
	return trimmed, kept
}

func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// sortEntities orders by place, an outer entity before those inside it.
func sortEntities(marks []entity) []entity {
	slices.SortStableFunc(marks, func(a, b entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length))
	})
	return marks
}

// checkedLink is the address a text link gets, empty when Telegram would not make a link of it.
func checkedLink(raw string) string {
	raw = strings.TrimSpace(raw)
	if !strings.Contains(raw, "://") {
		raw = "http://" + raw
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "tg", "ton":
		return u.String()
	case "http", "https":
		if !strings.Contains(u.Hostname(), ".") && u.Hostname() != "localhost" && !strings.Contains(u.Hostname(), ":") {
			return ""
		}
		u.Path = cmp.Or(u.Path, "/")
		return u.String()
	}
	return ""
}

// linkedUser reads tg://user?id=123.
func linkedUser(raw string) int64 {
	id, ok := strings.CutPrefix(strings.ToLower(raw), "tg://user?id=")
	if !ok {
		return 0
	}
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
