package nemesis

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// drained is I10: in the end nothing waits.
func (p *past) drained() {
	rests := slices.DeleteFunc(slices.Clone(p.events), func(e event) bool { return e.Kind != "rest" })
	if len(rests) != 1 || rests[0].Waiting != 0 {
		p.broken("I10", "in the end this waits: %+v", rests)
	}
}

// atRest is what a replica may hold of each when it has nothing to do: its own
// few, and idle connections. A run makes thousands of calls, so what is left
// behind by each shows.
const atRest = 200

var holds = regexp.MustCompile(`(?m)^(go_goroutines|process_open_fds) (\S+)$`)

// released is I12: goroutines and files go back to what they were.
func (p *past) released() {
	for _, e := range p.events {
		if e.Kind != "output" || !strings.HasPrefix(e.What, "metrics") {
			continue
		}
		for _, m := range holds.FindAllStringSubmatch(e.Text, -1) {
			if n, err := strconv.ParseFloat(m[2], 64); err != nil || n > atRest {
				p.broken("I12", "%s at rest: %s, want at most %d", e.What, m[0], atRest)
			}
		}
	}
}
