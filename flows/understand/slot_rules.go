package understand

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"powerdesk/flows/words"
)

// rule is a row of slots.tsv: the value that a slot has when the pattern stands in a
// sentence, and the other does not.
type rule struct {
	key, value   string
	screens      []string
	when, unless pattern
}

// slotKeys are the names of the slots.
var slotKeys = strings.Fields("household neighbours for danger switch reset branches flicker now risk paid paid_by paid_when card planned " +
	"town community place building onsite since phone meter code account amount count leave told")

// slotRules are the rows of slots.tsv, compiled once. A row that is
// wrong is a fault of the build, shown by a test.
var slotRules = sync.OnceValue(func() []rule {
	rules, err := readRules(words.Rows("slots.tsv"), classesOf(words.Rows("classes.tsv")))
	if err != nil {
		panic(err)
	}
	return rules
})

func classesOf(rows []words.Row) map[string]class {
	all := make(map[string]class, len(rows))
	for _, row := range rows {
		all[row.Fields[0]] = class{zh: row.Fields[1], en: row.Fields[2]}
	}
	return all
}

func readRules(rows []words.Row, classes map[string]class) (all []rule, err error) {
	for _, row := range rows {
		r, err := readRule(row.Fields, classes)
		if err != nil {
			return nil, fmt.Errorf("flows/words/heard/slots.tsv: line %d: %w", row.Line, err)
		}
		all = append(all, r)
	}
	return all, nil
}

func readRule(fields []string, classes map[string]class) (r rule, err error) {
	var ok bool
	if r.key, r.value, ok = strings.Cut(fields[0], "="); !ok || r.value == "" {
		return r, fmt.Errorf("%q is not written slot=value", fields[0])
	}
	if !slices.Contains(slotKeys, r.key) {
		return r, fmt.Errorf("there is no slot %q", r.key)
	}
	r.screens = strings.Fields(fields[1])
	if r.when, err = compile(fields[2], classes); err != nil {
		return r, fmt.Errorf("pattern %q: %w", fields[2], err)
	}
	if fields[3] != "" {
		if r.unless, err = compile(fields[3], classes); err != nil {
			return r, fmt.Errorf("unless %q: %w", fields[3], err)
		}
	}
	return r, nil
}

// at says whether the rule is of a screen: one that is named, or any when none is;
// a name with * at its end stands for all that begin with it, one with ! before it is
// left out.
func (r rule) at(screen string) bool {
	named, here := false, false
	for _, s := range r.screens {
		s, not := strings.CutPrefix(s, "!")
		begin, open := strings.CutSuffix(s, "*")
		hit := s == screen || open && strings.HasPrefix(screen, begin)
		if not && hit {
			return false
		}
		named, here = named || !not, here || hit && !not
	}
	return here || !named
}

// byRules gives the values that the table has for a sentence on a screen, of some slots
// or of all: of the rows of a slot the first that fits wins.
func byRules(screen, canon string, keys ...string) Slots {
	slots := Slots{}
	for _, r := range rulesAt(screen) {
		asked := len(keys) == 0 || slices.Contains(keys, r.key)
		if asked && slots[r.key] == "" && r.when.stands(canon) && !r.unless.stands(canon) {
			slots[r.key] = r.value
		}
	}
	return slots
}

// rulesAt gives the rows that hold on a screen.
func rulesAt(screen string) []rule {
	if known, ok := screenRules.Load(screen); ok {
		return known.([]rule)
	}
	var here []rule
	for _, r := range slotRules() {
		if r.at(screen) {
			here = append(here, r)
		}
	}
	screenRules.Store(screen, here)
	return here
}

// screenRules remembers rulesAt; there are as many screens as questions.
var screenRules sync.Map
