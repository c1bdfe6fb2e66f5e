package config

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"powerdesk/flows/words"
)

// word gives a single value as it is written: a phone number keeps its zero.
func (v value) word() (string, bool) {
	switch n := v.node.(type) {
	case nil:
		return "", false
	case *ast.StringNode:
		return strings.TrimSpace(n.Value), true
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value), true
	case ast.ScalarNode:
		return n.GetToken().Value, true
	}
	v.wrong("write a single value", "%s is not a single value", v.name)
	return "", false
}

// The longest name fits a button of a phone, the longest sentence a message
// with others.
const longestName, longestSentence = 40, 300

// str gives a name.
func (v value) str() string { return v.within(longestName) }

func (v value) within(longest int) string {
	s, ok := v.word()
	switch {
	case !ok:
		return ""
	case s == "":
		v.wrong("write it, or remove the line", "%s is empty", v.name)
	case utf8.RuneCountInString(s) > longest:
		v.wrong("write at most "+strconv.Itoa(longest)+" characters", "%s is %d characters long", v.name, utf8.RuneCountInString(s))
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.C, r) }):
		v.wrong("write it in one line of plain text", "%s holds invisible characters", v.name)
	}
	return s
}

// label gives a name in Chinese and, where there is one, in English: many
// villages have none.
func (v value) label() (t words.Text) {
	v.part(func(f *fields) {
		t.ZH = f.need("zh", "the Chinese name").str()
		t.EN = f.get("en").str()
	})
	return t
}

// sentence gives a text that residents read, in both languages.
func (v value) sentence() (t words.Text) {
	v.part(func(f *fields) {
		t.ZH = f.need("zh", "the Chinese text").within(longestSentence)
		t.EN = f.need("en", "the English text").within(longestSentence)
	})
	return t
}

var idPattern = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)

// id gives an id: it stands in Redis keys and in deep links, whose payload has
// 64 characters (RELIABILITY §2).
func (v value) id() string {
	return v.matching(idPattern, "write a small letter, then up to 31 of a-z, 0-9 and -", "is not an id")
}

// matching gives what is written as the pattern has it; what says why anything else
// is wrong.
func (v value) matching(pattern *regexp.Regexp, remedy, what string) string {
	s, ok := v.word()
	if ok && !pattern.MatchString(s) {
		v.wrong(remedy, "%s %q %s", v.name, s, what)
	}
	return s
}

var phonePattern = regexp.MustCompile(`^\+?[0-9]([ ()-]{0,2}[0-9]){2,14}$`)

// phone gives a phone number as it is to be read out: a hotline of 3 digits up
// to an international number of 15 (E.164).
func (v value) phone() string {
	return v.matching(phonePattern, "write 3 to 15 digits, such as 95598, 0317-1234567 or 13912345678", "is not a phone number")
}

func (v value) boolean() bool {
	if v.missing() {
		return false
	}
	n, ok := v.node.(*ast.BoolNode)
	if !ok {
		v.wrong("write true or false", "%s is neither true nor false", v.name)
		return false
	}
	return n.Value
}

func (v value) integer() int64 {
	s, ok := v.word()
	if !ok {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		v.wrong("write digits only", "%s %q is not a whole number", v.name, s)
	}
	return n
}

// degrees gives a number between -limit and limit; what lies beyond gets the
// remedy.
func (v value) degrees(limit float64, remedy string) (n float64, ok bool) {
	s, ok := v.word()
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil || math.IsNaN(n):
		v.wrong("write a number such as 37.63", "%s %q is not a number", v.name, s)
	case math.Abs(n) > limit:
		v.wrong(remedy, "%s %s is not between -%v and %v", v.name, s, limit, limit)
	default:
		return n, true
	}
	return 0, false
}

// between gives a whole number of a range.
func (v value) between(least, most int64) int {
	mistakes := len(v.d.problems)
	n := v.integer()
	if !v.missing() && len(v.d.problems) == mistakes && (n < least || n > most) {
		v.wrong("write "+strconv.FormatInt(least, 10)+" to "+strconv.FormatInt(most, 10), "%s is %d", v.name, n)
	}
	return int(n)
}

// oneOf gives one of the known words.
func (v value) oneOf(known ...string) string {
	s, ok := v.word()
	if ok && !slices.Contains(known, s) {
		v.wrong(suggest(s, known), "%s %q is not known", v.name, s)
	}
	return s
}

// days is a duration in days, which time.ParseDuration does not read.
var days = regexp.MustCompile(`^([0-9]{1,5})d$`)

// duration gives a duration of a range, and the default when it is missing.
func (v value) duration(missing, least, most time.Duration) time.Duration {
	s, ok := v.word()
	if !ok {
		return missing
	}
	d, err := time.ParseDuration(s)
	if m := days.FindStringSubmatch(s); m != nil {
		n, _ := strconv.Atoi(m[1])
		d, err = time.Duration(n)*24*time.Hour, nil
	}
	switch {
	case err != nil:
		v.wrong("write a number with its unit, such as 60s, 30m, 12h or 90d", "%s %q is not a duration", v.name, s)
	case d < least || d > most:
		v.wrong("write "+spell(least)+" to "+spell(most), "%s is %s", v.name, s)
	}
	return d
}

// spell writes a duration the way the desk file has it.
func spell(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d%day == 0:
		return strconv.Itoa(int(d/day)) + "d"
	case d%time.Hour == 0:
		return strconv.Itoa(int(d/time.Hour)) + "h"
	case d%time.Minute == 0:
		return strconv.Itoa(int(d/time.Minute)) + "m"
	}
	return strconv.Itoa(int(d/time.Second)) + "s"
}
