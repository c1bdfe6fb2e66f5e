package telegram

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// textLimit and captionLimit are Telegram's limits in code points, counted
// after the tags are read (RELIABILITY §2, "Text").
const (
	textLimit    = 4096
	captionLimit = 1024
)

// marksLimit is how many combining marks a character may carry. Living scripts
// of the county need two; towers of them are an attack on the card.
const marksLimit = 2

// clean makes text fit to be stored, compared and shown among other people's
// text: valid UTF-8 in form NFC; no control, format, bidi, invisible or
// private-use characters; no stacked marks; single blanks, at most one empty
// line, none at the ends; at most limit code points. It reports whether text
// was cut. To clean twice changes nothing. Full-width forms stay as they are.
func clean(text string, limit int) (string, bool) {
	text = scrub(strings.ToValidUTF8(text, string(utf8.RuneError)))
	if !norm.NFC.IsNormalString(text) {
		// Composing can take a character apart too, and so add a mark.
		text = scrub(norm.NFC.String(text))
	}
	return cut(text, limit)
}

// cleanLine is clean for a name: one line, and no word about a cut.
func cleanLine(text string, limit int) string {
	text, _ = clean(text, 4*limit)
	text, _ = cut(strings.Join(strings.Fields(text), " "), limit)
	return text
}

// scrub drops what clean drops, and gathers white space.
func scrub(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	var lines, blanks, marks int // white space, and marks on base, not yet bounded
	var base rune                // the last character that was written and is no mark
	for i, r := range text {
		switch {
		case isPlain(r): // spares most text the tables below
		case isBreak(r):
			// \r\n is one break.
			if r != '\n' || i == 0 || text[i-1] != '\r' {
				lines++
			}
			continue
		case isBlank(r):
			blanks++
			continue
		case r == zwj:
			next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
			if lines+blanks == 0 && isPicture(base) && isPicture(next) {
				out.WriteRune(r)
			}
			continue
		case isUnwanted(r):
			continue
		case unicode.In(r, unicode.Mn, unicode.Me):
			if marks++; marks > marksLimit || base == 0 || lines+blanks > 0 {
				continue
			}
			out.WriteRune(r)
			continue
		}
		if out.Len() > 0 {
			out.WriteString(space(lines, blanks))
		}
		out.WriteRune(r)
		base, lines, blanks, marks = r, 0, 0, 0
	}
	return out.String()
}

// space bounds white space: single blanks, and at most one empty line.
func space(lines, blanks int) string {
	if lines > 0 {
		return strings.Repeat("\n", min(lines, 2))
	}
	return strings.Repeat(" ", min(blanks, 1))
}

// zwj joins emoji into one picture, such as a family.
const zwj = '\u200D'

// isPlain covers visible ASCII and the Chinese characters in daily use.
func isPlain(r rune) bool { return ' ' < r && r <= '~' || 0x4E00 <= r && r <= 0x9FFF }

func isBreak(r rune) bool { return strings.ContainsRune("\n\r\u0085\u2028\u2029", r) }

// isBlank counts the empty Braille pattern as the blank that it looks like.
func isBlank(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Zs, r) || r == '\u2800' }

// isPicture is a rough measure for emoji, on which zwj alone depends: symbols,
// and the modifiers of skin colour.
func isPicture(r rune) bool {
	return r != '\u2800' && r != utf8.RuneError && unicode.In(r, unicode.So, unicode.Sm) || 0x1F3FB <= r && r <= 0x1F3FF
}

// isUnwanted covers control and format characters (all of bidi and of zero
// width), private use, what is no character at all, and letters that show
// nothing.
func isUnwanted(r rune) bool {
	return strings.ContainsRune("\u034F\u115F\u1160\u17B4\u17B5\u3164\uFFA0", r) ||
		unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co) || r&0xFFFE == 0xFFFE || 0xFDD0 <= r && r <= 0xFDEF
}

// cut shortens text to limit code points, where a reader sees a boundary: it
// takes no emoji and no accent apart. It reports whether it did.
func cut(text string, limit int) (string, bool) {
	if len(text) <= limit || utf8.RuneCountInString(text) <= limit {
		return text, false
	}
	end, count, state := 0, 0, -1
	for rest := text; ; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if count += utf8.RuneCountInString(cluster); count > limit {
			break
		}
		end += len(cluster)
	}
	if end == 0 {
		// One single picture, joined from thousands, is cut where it must be.
		for range limit {
			_, size := utf8.DecodeRuneInString(text[end:])
			end += size
		}
	}
	return strings.TrimRight(text[:end], " \n\u200D"), true
}
