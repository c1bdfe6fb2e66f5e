package config

import (
	"fmt"
	"strings"
)

// suggest says what to write instead of an unknown word: the known one that it
// was probably meant to be, else all of them.
func suggest(word string, known []string) string {
	if name := nearest(word, known); name != "" {
		return fmt.Sprintf("write %q", name)
	}
	if len(known) == 0 {
		return "remove it"
	}
	return "write one of: " + strings.Join(known, ", ")
}

// names gives what each of a list is called.
func names[T any](all []T, name func(T) string) (called []string) {
	for _, one := range all {
		called = append(called, name(one))
	}
	return called
}

// nearest gives the known word closest to the one written, or "" when none is
// close: more than a third of the letters would have to change.
func nearest(word string, known []string) string {
	letters := []rune(strings.ToLower(word))
	best, least := "", max(1, len(letters)/3)+1
	for _, k := range known {
		if d := edits(letters, []rune(k)); d < least {
			best, least = k, d
		}
	}
	return best
}

// edits counts the letters to add, drop, change or swap with their neighbour to
// make one word of another (Damerau-Levenshtein, optimal string alignment).
func edits(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := range a {
		for j := range b {
			change := 1
			if a[i] == b[j] {
				change = 0
			}
			d := min(rows[i][j+1]+1, rows[i+1][j]+1, rows[i][j]+change)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, rows[i-1][j-1]+1)
			}
			rows[i+1][j+1] = d
		}
	}
	return rows[len(a)][len(b)]
}
