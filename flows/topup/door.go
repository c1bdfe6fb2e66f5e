package topup

import (
	"regexp"
	"strings"
	"unicode"

	"powerdesk/flows/text"
)

var (
	// doorPart is a number in either script, a word of Latin letters, or one character.
	doorPart = regexp.MustCompile(`[0-9]+|[零〇一二两三四五六七八九十]+|[a-z]+|\p{L}`)

	// doorFiller is what some write around a door's numbers and others leave out.
	doorFiller = regexp.MustCompile(`^([号楼幢栋座单元门室户第]|building|block|unit|flat|apartment|apt|room|no)$`)
)

// door reads an address within a community so that "3号楼2单元302", "三号楼二单元三零二室"
// and "3-2-302" are one door, and "32-302" is another. Names stay as they are.
func door(detail string) string {
	var parts []string
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }
	for _, written := range strings.FieldsFunc(detail, apart) {
		for _, part := range doorPart.FindAllString(text.Fold(written), -1) {
			if !doorFiller.MatchString(part) {
				parts = append(parts, text.Digits(part))
			}
		}
	}
	return strings.Join(parts, "-")
}
