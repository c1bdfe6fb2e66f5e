package demo

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// findEntities marks what Telegram recognises in plain text without being told: commands, mentions and web addresses. Nothing is looked for
// inside code, and nothing inside links that the text has already. Phone numbers, hashtags and e-mail addresses are left alone: no update or
// page of ours needs them marked.
func findEntities(text string, marks []entity) []entity {
	if !strings.ContainsAny(text, "/@") {
		return nil
	}
	var found []entity
	units, previous := 0, rune(0)
	for i := 0; i < len(text); {
		size, kind := 0, ""
		switch rest := text[i:]; {
		case strings.HasPrefix(rest, "http://") || strings.HasPrefix(rest, "https://"):
			size, kind = urlLen(rest), "url"
		case wordRune(previous):
		case rest[0] == '/' && previous != '/' && previous != '<' && previous != '>':
			size, kind = commandLen(rest), "bot_command"
		case rest[0] == '@':
			size, kind = mentionLen(rest), "mention"
		}
		if size > 0 {
			e := entity{Type: kind, Offset: units, Length: utf16Len(text[i : i+size])}
			if !covered(e, marks) {
				found = append(found, e)
			}
		} else {
			_, size = utf8.DecodeRuneInString(text[i:])
		}
		units += utf16Len(text[i : i+size])
		previous, _ = utf8.DecodeLastRuneInString(text[:i+size])
		i += size
	}
	return found
}

func wordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// commandAt and mentionAt find what begins a text; a word that goes on behind them is none.
var (
	commandAt = regexp.MustCompile(`^/\w{1,64}(@\w{3,32})?`)
	mentionAt = regexp.MustCompile(`^@\w{2,32}`)
)

// commandLen measures /name or /name@bot at the beginning of s, 0 when there is none.
func commandLen(s string) int {
	m := commandAt.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	next, _ := utf8.DecodeRuneInString(s[len(m[0]):])
	if wordRune(next) || strings.ContainsRune("/<>", next) || next == '@' && m[1] == "" {
		return 0
	}
	return len(m[0])
}

func mentionLen(s string) int {
	name := mentionAt.FindString(s)
	if next, _ := utf8.DecodeRuneInString(s[len(name):]); wordRune(next) {
		return 0
	}
	return len(name)
}

// urlLen measures a web address: up to the next blank or non-ASCII character, without the punctuation at its end.
func urlLen(s string) int {
	n := strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r == '<' || r == '>' || r == '"' || r > unicode.MaxASCII })
	if n < 0 {
		n = len(s)
	}
	address := strings.TrimRight(s[:n], ".,;:!?)'")
	if checkedLink(address) == "" {
		return 0
	}
	return len(address)
}

func covered(e entity, marks []entity) bool {
	return slices.ContainsFunc(marks, func(m entity) bool {
		taken := m.Type == "code" || m.Type == "pre" || m.Type == "text_link" || m.Type == "text_mention"
		return taken && m.Offset < e.Offset+e.Length && e.Offset < m.Offset+m.Length
	})
}
