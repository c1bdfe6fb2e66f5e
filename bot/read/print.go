package read

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Print writes the figures of README; all = also every intent, screen and slot, what is
// taken for what, and every row that was missed.
func (r *Result) Print(to io.Writer, all bool) {
	for _, name := range slices.Sorted(maps.Keys(r.groups)) {
		g := r.groups[name]
		if all || name == "all" || name == "hard" || strings.HasPrefix(name, "language ") {
			fmt.Fprintf(to, "%-40s %4d rows  strict %5.1f %%  with also %5.1f %%\n", name, g.Rows, percent(g.Strict, g.Rows), percent(g.Also, g.Rows))
		}
	}
	fmt.Fprintf(to, "danger: recall %.1f %% of %d rows, %d lost\n", r.DangerRecall(), r.Danger.Rows, len(r.Danger.Lost))
	fmt.Fprintf(to, "false alarms: %d of %d rows (%.1f %%); quiet rows that start something: %d; wrongly closed, withdrawn or rated: %d\n",
		len(r.FalseAlarms), r.harmless, percent(len(r.FalseAlarms), r.harmless), len(r.Started), len(r.Settled))
	precision, recall := r.SlotRates()
	fmt.Fprintf(to, "slots: precision %.1f %%, recall %.1f %%\n", precision, recall)
	if all {
		r.printSlots(to)
		r.printConfusion(to)
		r.printMisses(to)
	}
}

func (r *Result) printSlots(to io.Writer) {
	for _, key := range slices.Sorted(maps.Keys(r.slots)) {
		c := r.slots[key]
		fmt.Fprintf(to, "slot %-12s said %3d  precision %5.1f %%  recall %5.1f %%  wrong value %d\n", key, c.said, percent(c.right, c.read), percent(c.right, c.said), c.wrong)
	}
}

// printConfusion writes what is taken for what, the most frequent first.
func (r *Result) printConfusion(to io.Writer) {
	times := make(map[string]int)
	for _, m := range r.Misses {
		screen := m.Row.Screen
		if strings.Contains(screen, "/") {
			screen = "question"
		}
		times[fmt.Sprintf("%s  %-9s  %-18s is taken for %s", m.Row.Lang, screen, m.Row.Intent, cmp.Or(string(m.Read.Intent), "nothing"))]++
	}
	lines := slices.SortedFunc(maps.Keys(times), func(a, b string) int { return cmp.Or(cmp.Compare(times[b], times[a]), cmp.Compare(a, b)) })
	for _, line := range lines {
		fmt.Fprintf(to, "%3d  %s\n", times[line], line)
	}
}

func (r *Result) printMisses(to io.Writer) {
	for _, m := range r.Misses {
		fmt.Fprintf(to, "miss\t%s\t%s\t%s\twanted %s, read %s %s %.2f\n", m.Row.Lang, m.Row.Screen, m.Row.Said, m.Row.Intent, m.Read.Intent, m.Read.Answer, m.Read.Likely)
	}
	for _, list := range []struct {
		what string
		rows []Row
	}{{"danger lost", r.Danger.Lost}, {"false alarm", r.FalseAlarms}, {"quiet, but starts", r.Started}, {"wrongly settled", r.Settled}} {
		for _, row := range list.rows {
			fmt.Fprintf(to, "%s\t%s\t%s\t%s\t%s\n", list.what, row.Lang, row.Screen, row.Said, row.Intent)
		}
	}
	for _, line := range r.WrongSlots {
		fmt.Fprintln(to, line)
	}
}
