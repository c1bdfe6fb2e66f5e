package understand

import (
	"slices"
	"strings"
	"unicode"
)

// features lists what a text is weighed by: its characters in ones, twos and threes
// and their sounds, or its words in ones and twos; what stands behind a "not" apart;
// and each again for the screen.
func features(screen, said string) []uint32 {
	var names []string
	written := canonical(Plain(said))
	s := masked(written)
	if hasHan(s) {
		names = hanFeatures(s)
	} else {
		names = latinFeatures(s)
	}
	names = append(names, classesIn(said)...)
	for key, value := range byRules(screen, written, "neighbours", "switch", "meter", "reset", "for") {
		names = append(names, "="+key, "="+key+"="+value)
	}
	out := make([]uint32, 0, 2*len(names)+2)
	out = append(out, bucket("always"), bucket(screen+"|always"))
	for _, name := range names {
		out = append(out, bucket(name), bucket(screen+"|"+name))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// masked writes a number as 0 or, when it is long, as #: which number does not matter.
func masked(s string) string {
	var b strings.Builder
	n := 0
	flush := func() {
		switch {
		case n > 6:
			b.WriteString("#")
		case n > 0:
			b.WriteString("0")
		}
		n = 0
	}
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
			continue
		}
		flush()
		b.WriteRune(r)
	}
	flush()
	return b.String()
}

const negations = "没不无别未甭"

func hanFeatures(s string) (all []string) {
	for clause := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(" ,，。.;；!！、\n:：~…", r) }) {
		runes := []rune("^" + clause + "$")
		denied := 0
		for i := range runes {
			if i > 0 && i < len(runes)-1 {
				all = append(all, string(runes[i]))
			}
			for _, size := range []int{2, 3} {
				if i+size <= len(runes) {
					all = append(all, string(runes[i:i+size]))
				}
			}
			if i+2 <= len(runes) {
				two := runes[i : i+2]
				if a, b := soundOf(two[0]), soundOf(two[1]); a != "" && b != "" {
					all = append(all, "~"+a+b)
				}
				if denied > 0 {
					all = append(all, "-"+string(two))
				}
			}
			denied--
			if strings.ContainsRune(negations, runes[i]) {
				denied = 4
			}
		}
	}
	if strings.ContainsAny(s, "?？") {
		all = append(all, "?")
	}
	return all
}

var negators = []string{"not", "no", "never", "without", "none", "nobody", "nothing", "neither", "nor", "hardly"}

func latinFeatures(s string) (all []string) {
	denied, last := false, "^"
	var word strings.Builder
	end := func() {
		w := word.String()
		if w == "" {
			return
		}
		word.Reset()
		st := stem(w)
		all = append(all, st, last+" "+st)
		if len(w) > 4 {
			for i := 0; i+4 <= len(w); i++ {
				all = append(all, "_"+w[i:i+4])
			}
		}
		if denied {
			all = append(all, "-"+st)
		}
		if slices.Contains(negators, w) {
			denied = true
		}
		last = st
	}
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || r == '\'' || r == '0' || r == '#':
			word.WriteRune(r)
		case strings.ContainsRune(",.;!?\n", r):
			end()
			denied = false
			all = append(all, last+" $")
			last = "^"
		case r > 0x2000:
			end()
			all = append(all, string(r))
		default:
			end()
		}
	}
	end()
	all = append(all, last+" $")
	if strings.Contains(s, "?") {
		all = append(all, "?")
	}
	return all
}

// stem cuts the usual endings of an English word.
func stem(w string) string {
	for _, end := range []string{"'s", "ing", "ies", "ed", "es", "s", "ly"} {
		if len(w) > len(end)+2 && strings.HasSuffix(w, end) {
			return w[:len(w)-len(end)]
		}
	}
	return w
}

// classesIn names the word classes of danger that a text has words of, and each with
// whether it is denied.
func classesIn(said string) (all []string) {
	r := readDanger(Plain(said))
	for class, at := range r.hits {
		if len(at) == 0 {
			continue
		}
		all = append(all, "#"+class)
		if r.denies(at[0], false, false) {
			all = append(all, "-#"+class)
		}
	}
	return all
}
