package understand

import (
	"fmt"
	"slices"
	"sync"

	"powerdesk/flows/words"
)

// doubted says whether something in a sentence speaks against an intent that would
// end, withdraw or rate a job: the words stand in flows/words/heard/doubts.tsv.
func doubted(i Intent, said string) bool {
	s := canonical(Plain(said))
	for _, d := range doubts()[i] {
		rest := s
		if d.unless != nil {
			rest = d.unless.re.ReplaceAllString(s, "…")
		}
		if d.against.stands(rest) {
			return true
		}
	}
	return false
}

// doubt is what speaks against an intent, and what does not though it looks like it.
type doubt struct {
	against pattern
	unless  *pattern
}

var doubts = sync.OnceValue(func() map[Intent][]doubt {
	all := make(map[Intent][]doubt)
	for _, row := range words.Table("doubts.tsv") {
		d := doubt{against: mustCompile("doubts.tsv", row[1])}
		if row[2] != "" {
			unless := mustCompile("doubts.tsv", row[2])
			d.unless = &unless
		}
		all[Intent(row[0])] = append(all[Intent(row[0])], d)
	}
	return all
})

// mustCompile compiles a pattern of a table, which a test has proved.
func mustCompile(table, written string) pattern {
	p, err := compile(written, nil)
	if err != nil {
		panic(fmt.Sprintf("words: heard/%s: %q: %v", table, written, err))
	}
	return p
}

// lacks says whether a text has none of the words without which it cannot mean an
// intent.
func lacks(i Intent, canonical string) bool {
	all := needs()[i]
	return all != nil && !slices.ContainsFunc(all, func(p pattern) bool { return p.stands(canonical) })
}

var needs = sync.OnceValue(func() map[Intent][]pattern {
	all := make(map[Intent][]pattern)
	for _, row := range words.Table("needs.tsv") {
		for _, written := range row[1:] {
			all[Intent(row[0])] = append(all[Intent(row[0])], mustCompile("needs.tsv", written))
		}
	}
	return all
})
