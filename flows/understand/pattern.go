package understand

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
)

// A pattern is how a table of flows/words/heard writes what a sentence may look like.
// The head of slots.tsv tells a colleague how it is written.
type pattern struct {
	re    *regexp.Regexp
	needs [][]string // of each of these lists one stands in every text that matches
}

// stands says whether the pattern is found in a text.
func (p pattern) stands(text string) bool {
	for _, list := range p.needs {
		if !slices.ContainsFunc(list, func(need string) bool { return strings.Contains(text, need) }) {
			return false
		}
	}
	return p.re != nil && p.re.MatchString(text)
}

// class is a list of words that may stand for each other, in both languages.
type class struct{ zh, en string }

// What the signs of a pattern become, in Chinese and in English.
var (
	signsZH = map[string]string{
		"……": `(?s:.{0,60}?)`, "…": `[^ ` + clauseMarks + `]{0,12}?`,
		"^": `(?:^|[` + clauseMarks + ` ])`, "$": `(?:$|[` + clauseMarks + ` ~])`,
	}
	signsEN = map[string]string{
		"……": `(?s:.{0,120}?)`, "…": `[^ ` + clauseMarks + `]* (?:[^ ` + clauseMarks + `]+ ){0,6}?`,
		"^": `(?:^|[` + clauseMarks + `] ?)`, "$": `(?: ?$| ?[` + clauseMarks + `])`,
	}
)

// clauseMarks end a clause; in Chinese a space does too, for ^ and $.
const clauseMarks = `,、.;:!?\n()。`

var (
	written   = regexp.MustCompile(`<\w+>|……|…|[()|^$]|[^<>…()|^$]+|[<>]`)
	gapSpaces = regexp.MustCompile(` ?(…+) ?`)
	className = regexp.MustCompile(`<\w+>`)
	latinWord = regexp.MustCompile(`[a-z0-9'#]+\*?`)
)

// compile reads a pattern. Each of its alternatives is of the language of its letters;
// one without letters of its own, made of classes only, is of both.
func compile(p string, classes map[string]class) (pattern, error) {
	var ways []string
	for _, one := range alternatives(p) {
		bare := className.ReplaceAllString(one, "")
		han, latin := hasHan(bare), strings.ContainsFunc(bare, func(r rune) bool { return r < unicode.MaxASCII && unicode.IsLetter(r) })
		if han && latin && strings.Contains(bare, " ") {
			han = false // English that cites a word of the meter
		}
		if han || !latin {
			way, err := expression(one, signsZH, classes, func(c class) string { return c.zh }, 0)
			if err != nil {
				return pattern{}, err
			}
			ways = append(ways, way)
		}
		if !han {
			way, err := expression(one, signsEN, classes, func(c class) string { return c.en }, 0)
			if err != nil {
				return pattern{}, err
			}
			ways = append(ways, way)
		}
	}
	all := strings.Join(ways, "|")
	re, err := regexp.Compile(all)
	if err != nil {
		return pattern{}, errors.New("the brackets do not close")
	}
	if re.MatchString("") {
		return pattern{}, errors.New("it fits every sentence: something has to stand in it")
	}
	tree, err := syntax.Parse(all, syntax.Perl)
	if err != nil {
		return pattern{}, err
	}
	return pattern{re, needed(tree.Simplify())}, nil
}

// alternatives divides a pattern at each | that stands in no brackets.
func alternatives(p string) (all []string) {
	depth, from := 0, 0
	for i, r := range p {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == '|' && depth == 0:
			all = append(all, p[from:i])
			from = i + 1
		}
	}
	return append(all, p[from:])
}

// nested is how deep classes may name classes.
const nested = 4

func expression(p string, signs map[string]string, classes map[string]class, of func(class) string, depth int) (string, error) {
	if depth > nested {
		return "", errors.New("classes name each other in a circle")
	}
	if signs["…"] == signsEN["…"] {
		p = gapSpaces.ReplaceAllString(p, "$1")
	}
	var b strings.Builder
	for _, part := range written.FindAllString(p, -1) {
		switch {
		case signs[part] != "":
			b.WriteString(signs[part])
		case part == "(":
			b.WriteString("(?:")
		case part == ")" || part == "|":
			b.WriteString(part)
		case part == "<" || part == ">":
			return "", errors.New("a class is written <name>")
		case part[0] == '<':
			c, known := classes[part[1:len(part)-1]]
			if !known {
				return "", fmt.Errorf("there is no class %s in classes.tsv", part)
			}
			words, err := expression(of(c), signs, classes, of, depth+1)
			if err != nil {
				return "", err
			}
			if words == "" {
				words = `[^\s\S]` // the class has no words of this language
			}
			b.WriteString("(?:" + words + ")")
		default:
			b.WriteString(literal(part))
		}
	}
	return b.String(), nil
}

// literal writes text as itself, Latin words as whole words and those with a * as the
// beginnings of any.
func literal(part string) string {
	var b strings.Builder
	at := 0
	for _, word := range latinWord.FindAllStringIndex(part, -1) {
		b.WriteString(regexp.QuoteMeta(part[at:word[0]]))
		w, begins := strings.CutSuffix(part[word[0]:word[1]], "*")
		b.WriteString(`\b` + regexp.QuoteMeta(w))
		if begins {
			b.WriteString(`[a-z']*`)
		}
		b.WriteString(`\b`)
		at = word[1]
	}
	b.WriteString(regexp.QuoteMeta(part[at:]))
	return strings.ReplaceAll(b.String(), "#", `\d`)
}

// needed gives lists of strings of each of which one must stand in what an expression
// matches, so that most rows of a table are passed over without matching.
func needed(e *syntax.Regexp) (all [][]string) {
	switch e.Op {
	case syntax.OpLiteral:
		if e.Flags&syntax.FoldCase == 0 && strings.TrimSpace(string(e.Rune)) != "" {
			return [][]string{{string(e.Rune)}}
		}
	case syntax.OpCharClass:
		if list := few(e.Rune); list != nil {
			return [][]string{list}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return needed(e.Sub[0])
	case syntax.OpConcat:
		for _, sub := range e.Sub {
			all = append(all, needed(sub)...)
		}
		slices.SortStableFunc(all, func(a, b []string) int { return cmp.Compare(commonness(a), commonness(b)) })
	case syntax.OpAlternate:
		var either []string
		for _, sub := range e.Sub {
			some := needed(sub)
			if some == nil {
				return nil
			}
			either = append(either, some[0]...)
		}
		return [][]string{either}
	}
	return all
}

// few lists the characters of a class when they are few.
func few(ranges []rune) (all []string) {
	for i := 0; i < len(ranges); i += 2 {
		if ranges[i+1]-ranges[i] > 8 || len(all) > 16 {
			return nil
		}
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			all = append(all, string(r))
		}
	}
	return all
}

// commonness tells of lists of strings which is likely to be found in more texts.
func commonness(list []string) (sum float64) {
	for _, s := range list {
		sum += 1 / float64(len(s)*len(s))
	}
	return sum
}
