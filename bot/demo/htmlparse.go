package demo

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// entityOf names the entity each tag of Telegram's HTML makes; some have rules of their own (Bot API, "HTML style").
var entityOf = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
	"tg-spoiler": "spoiler", "span": "spoiler", "tg-emoji": "custom_emoji",
	"blockquote": "blockquote", "a": "text_link", "pre": "pre", "code": "code",
}

// refuse ends the call because of its markup. What is wrong is said in Telegram's words.
func (p *htmlParser) refuse(format string, args ...any) {
	refuse(badRequest("can't parse entities: %s", fmt.Sprintf(format, args...)))
}

// openTag is a start tag whose end has not come.
type openTag struct {
	name     string
	argument string // href of a, language of code, "expandable" of blockquote
	units    int    // where it begins in the text, in UTF-16 units
	bytes    int
}

// htmlParser reads Telegram's HTML in one pass. Byte offsets in its errors count from the beginning of the input, as Telegram's do.
type htmlParser struct {
	in    string
	pos   int
	out   []byte
	units int
	open  []openTag
	marks []entity
	user  func(id int64) *wireUser
}

// parseHTML takes the markup off a text, or refuses the call. Unknown named entities such as &nbsp; are taken: Telegram shows them as they
// were written.
func parseHTML(in string, user func(id int64) *wireUser) (string, []entity) {
	p := &htmlParser{in: in, user: user}
	for p.pos < len(p.in) {
		switch p.in[p.pos] {
		case '<':
			p.tag()
		case '&':
			r, size := decodeEntity(p.in[p.pos:])
			if size == 0 {
				r, size = '&', 1
			}
			p.put(r, size)
		default:
			r, size := utf8.DecodeRuneInString(p.in[p.pos:])
			p.put(r, size)
		}
	}
	if n := len(p.open); n > 0 {
		p.refuse("Can't find end tag corresponding to start tag %q", p.open[n-1].name)
	}
	if !utf8.Valid(p.out) {
		p.refuse("Text contains invalid Unicode characters after decoding HTML entities, " +
			"check for unmatched surrogate code units")
	}
	for i := range p.marks {
		if p.marks[i].Type == "code" {
			p.marks[i].Language = "" // only a block has a language
		}
	}
	return string(p.out), p.marks
}

func (p *htmlParser) put(r rune, size int) {
	p.pos += size
	if utf16.IsSurrogate(r) {
		p.out = append(p.out, 0xED) // half of a pair cannot be written in UTF-8; the check at the end refuses the text
		return
	}
	p.out = utf8.AppendRune(p.out, r)
	p.units += utf16.RuneLen(r)
}

// at is the byte at i, 0 behind the end.
func (p *htmlParser) at(i int) byte {
	if i < len(p.in) {
		return p.in[i]
	}
	return 0
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' }

// skip moves over bytes while the condition holds.
func (p *htmlParser) skip(while func(byte) bool) {
	for p.pos < len(p.in) && while(p.in[p.pos]) {
		p.pos++
	}
}

func (p *htmlParser) tag() {
	begin := p.pos
	p.pos++
	if p.at(p.pos) == '/' {
		p.endTag(begin)
		return
	}
	p.skip(func(c byte) bool { return !isBlank(c) && c != '>' })
	if p.pos >= len(p.in) {
		p.refuse("Unclosed start tag at byte offset %d", begin)
	}
	tag := openTag{name: strings.ToLower(p.in[begin+1 : p.pos]), units: p.units, bytes: len(p.out)}
	if entityOf[tag.name] == "" {
		p.refuse("Unsupported start tag %s at byte offset %d", quoted(tag.name), begin)
	}
	for p.at(p.pos) != '>' {
		p.skip(isBlank)
		if p.at(p.pos) == '>' {
			break
		}
		p.attribute(&tag, begin)
	}
	if tag.name == "span" && tag.argument != "spoiler" {
		p.refuse(`Tag "span" must have class "tg-spoiler" at byte offset %d`, begin)
	}
	p.pos++
	p.open = append(p.open, tag)
}

// attribute reads one name="value" of a start tag that begins at byte begin.
func (p *htmlParser) attribute(tag *openTag, begin int) {
	from := p.pos
	p.skip(func(c byte) bool { return !isBlank(c) && c != '=' && c != '>' })
	name := p.in[from:p.pos]
	if name == "" {
		p.refuse("Empty attribute name in the tag %s at byte offset %d", quoted(tag.name), begin)
	}
	p.skip(isBlank)
	if p.at(p.pos) != '=' {
		if tag.name == "blockquote" && name == "expandable" {
			tag.argument = name
			return
		}
		p.refuse("Expected equal sign in declaration of an attribute of the tag %s at byte offset %d",
			quoted(tag.name), begin)
	}
	p.pos++
	p.skip(isBlank)
	if p.pos >= len(p.in) {
		p.refuse("Unclosed start tag %s at byte offset %d", quoted(tag.name), begin)
	}
	value := p.attributeValue()
	if p.pos >= len(p.in) {
		p.refuse("Unclosed start tag at byte offset %d", begin)
	}
	switch {
	case tag.name == "a" && name == "href":
		tag.argument = value
	case tag.name == "code" && name == "class":
		tag.argument, _ = strings.CutPrefix(value, "language-")
	case tag.name == "tg-emoji" && name == "emoji-id":
		tag.argument = value
	case tag.name == "span" && name == "class":
		tag.argument, _ = strings.CutPrefix(value, "tg-")
	}
}

func (p *htmlParser) attributeValue() string {
	quote := p.at(p.pos)
	if quote != '"' && quote != '\'' {
		from := p.pos
		p.skip(func(c byte) bool {
			return c == '.' || c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		})
		if c := p.at(p.pos); !isBlank(c) && c != '>' && c != 0 {
			p.refuse("Unexpected end of name token at byte offset %d", from)
		}
		return strings.ToLower(p.in[from:p.pos])
	}
	p.pos++
	var b strings.Builder
	for p.pos < len(p.in) && p.in[p.pos] != quote {
		if r, size := decodeEntity(p.in[p.pos:]); size > 0 {
			b.WriteRune(r)
			p.pos += size
			continue
		}
		b.WriteByte(p.in[p.pos])
		p.pos++
	}
	if p.pos < len(p.in) {
		p.pos++
	}
	return b.String()
}

func (p *htmlParser) endTag(begin int) {
	if len(p.open) == 0 {
		p.refuse("Unexpected end tag at byte offset %d", begin)
	}
	p.skip(func(c byte) bool { return !isBlank(c) && c != '>' })
	name := strings.ToLower(p.in[begin+2 : p.pos])
	p.skip(isBlank)
	if p.at(p.pos) != '>' {
		p.refuse("Unclosed end tag at byte offset %d", begin)
	}
	p.pos++
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		p.refuse(`Unmatched end tag at byte offset %d, expected "</%s>", found "</%s>"`, begin, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	if p.units != tag.units { // else it is around nothing
		p.mark(tag)
	}
}

// mark adds the entity of a tag that has ended around some text.
func (p *htmlParser) mark(tag openTag) {
	e := entity{Type: entityOf[tag.name], Offset: tag.units, Length: p.units - tag.units}
	switch tag.name {
	case "a":
		target := cmp.Or(tag.argument, string(p.out[tag.bytes:]))
		if u := p.user(linkedUser(target)); u != nil {
			e.Type, e.User = "text_mention", u
		} else if e.URL = checkedLink(target); e.URL == "" {
			return // Telegram leaves the words and drops the link
		}
	case "blockquote":
		if tag.argument != "" {
			e.Type = "expandable_blockquote"
		}
	case "tg-emoji":
		if id, err := strconv.ParseInt(tag.argument, 10, 64); err != nil || id == 0 {
			p.refuse("Invalid custom emoji identifier specified")
		}
		e.Emoji = tag.argument
	case "code", "pre":
		// <pre><code class="language-x">, in either order, is one block with a language.
		e.Language = tag.argument
		if n := len(p.marks); n > 0 && p.marks[n-1].Offset == e.Offset && p.marks[n-1].Length == e.Length {
			inner := p.marks[n-1]
			if language := inner.Language + e.Language; language != "" && inner.Type != e.Type && (inner.Type == "code" || inner.Type == "pre") {
				p.marks = p.marks[:n-1]
				e.Type, e.Language = "pre", language
			}
		}
	}
	p.marks = append(p.marks, e)
}

func quoted(s string) string { return `"` + s + `"` }
