package read

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"powerdesk/flows/county"
	"powerdesk/flows/understand"
)

// Result is what a set of rows came to.
type Result struct {
	groups map[string]*Count // by what is counted: a language, a screen, an intent
	Misses []Miss
	Danger struct {
		Rows   int
		Points float64 // 1 = the alarm of that kind, ½ = asked, or another kind
		Lost   []Row   // neither alarmed nor asked
	}
	FalseAlarms []Row // alarmed where there is no danger
	Started     []Row // a quiet row that starts something
	Settled     []Row // wrongly closed, withdrawn or rated
	slots       map[string]*slotCount
	WrongSlots  []string
	harmless    int
}

// Count is how many rows of a group were understood: exactly, and with the readings
// that are as good.
type Count struct{ Rows, Strict, Also int }

// Miss is a row that was read as something else.
type Miss struct {
	Row  Row
	Read understand.Reading
}

type slotCount struct{ said, read, right, wrong int }

// settling intents end, withdraw or rate a job: to read one where it was not said is
// worse than to ask.
var settling = []understand.Intent{
	understand.LightBack, understand.Withdraw, understand.Satisfied, understand.Fair, understand.Unsatisfied,
}

// settles says whether to read an intent at a screen ends, withdraws or rates
// something there; elsewhere it leads to a screen with buttons.
func settles(screen string, i understand.Intent) bool {
	return slices.Contains(settling, i) && (screen == "restored" || screen == "rating" || strings.Contains(screen, "/"))
}

// starting intents are answered with words alone.
var quietly = []understand.Intent{
	"", understand.Smalltalk, understand.NotUnderstandable, understand.Greeting, understand.Thanks, understand.Help, understand.Unsure,
	understand.Yes, understand.No, understand.Answer,
}

// Of reads every row and counts.
func Of(c *county.County, rows []Row) *Result {
	r := &Result{groups: make(map[string]*Count), slots: make(map[string]*slotCount)}
	reader := understand.Reader{County: c}
	for _, row := range rows {
		r.count(row, reader.Read(row.Screen, row.Said))
	}
	return r
}

func (r *Result) count(row Row, read understand.Reading) {
	means := read.Intent
	if !read.Firm() && settles(row.Screen, means) {
		means = "" // it is asked about
	}
	strict := means == row.Intent
	also := strict || slices.Contains(row.Also, means)
	groups := []string{"language " + row.Lang, "screen " + row.Screen + " " + row.Lang, "intent " + string(row.Intent) + " " + row.Lang, "all"}
	if row.Hard {
		groups = append(groups, "hard")
	}
	for _, group := range groups {
		g := r.groups[group]
		if g == nil {
			g = &Count{}
			r.groups[group] = g
		}
		g.Rows++
		g.Strict += one(strict)
		g.Also += one(also)
	}
	if !also {
		r.Misses = append(r.Misses, Miss{row, read})
	}
	r.countDanger(row, read)
	if row.Quiet && !slices.Contains(quietly, means) {
		r.Started = append(r.Started, row)
	}
	if !also && settles(row.Screen, means) {
		r.Settled = append(r.Settled, row)
	}
	r.countSlots(row, read)
}

func (r *Result) countDanger(row Row, read understand.Reading) {
	alarms, asks := read.Alarm(), read.Asks()
	switch {
	case row.Intent.Danger():
		r.Danger.Rows++
		switch {
		case alarms == row.Intent.Kind():
			r.Danger.Points++
		case alarms != "" || asks:
			r.Danger.Points += 0.5
		default:
			r.Danger.Lost = append(r.Danger.Lost, row)
		}
	case row.Intent == understand.DangerUnclear:
		r.Danger.Rows++
		switch {
		case asks:
			r.Danger.Points++
		case alarms != "":
			r.Danger.Points += 0.5
		default:
			r.Danger.Lost = append(r.Danger.Lost, row)
		}
	default:
		r.harmless++
		if alarms != "" && !slices.ContainsFunc(row.Also, understand.Intent.Danger) {
			r.FalseAlarms = append(r.FalseAlarms, row)
		}
	}
}

func (r *Result) countSlots(row Row, read understand.Reading) {
	for _, key := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(slices.Collect(maps.Keys(row.Slots)), slices.Collect(maps.Keys(read.Slots)))))) {
		c := r.slots[key]
		if c == nil {
			c = &slotCount{}
			r.slots[key] = c
		}
		said, read := row.Slots[key], read.Slots[key]
		c.said += one(said != "")
		c.read += one(read != "")
		switch {
		case read == "":
			if said != "" {
				r.WrongSlots = append(r.WrongSlots, fmt.Sprintf("missed %s=%s\t%s\t%s", key, said, row.Screen, row.Said))
			}
		case said != "" && agree(key, said, read):
			c.right++
		default:
			c.wrong += one(said != "")
			r.WrongSlots = append(r.WrongSlots, fmt.Sprintf("wrong %s=%s for %q\t%s\t%s", key, read, said, row.Screen, row.Said))
		}
	}
}

// Print writes the figures; all = also every intent and every miss.
func (r *Result) Print(to io.Writer, all bool) {
	for _, name := range slices.Sorted(maps.Keys(r.groups)) {
		g := r.groups[name]
		if all || name == "all" || name == "hard" || len(name) > 8 && name[:8] == "language" {
			fmt.Fprintf(to, "%-40s %4d rows  strict %5.1f %%  with also %5.1f %%\n", name, g.Rows, percent(g.Strict, g.Rows), percent(g.Also, g.Rows))
		}
	}
	fmt.Fprintf(to, "danger recall %.1f %% of %d rows, %d lost\n", 100*r.Danger.Points/max(1, float64(r.Danger.Rows)), r.Danger.Rows, len(r.Danger.Lost))
	fmt.Fprintf(to, "false alarms %d of %d rows (%.1f %%); quiet rows that start something %d; wrongly closed, withdrawn or rated %d\n",
		len(r.FalseAlarms), r.harmless, percent(len(r.FalseAlarms), r.harmless), len(r.Started), len(r.Settled))
	said, read, right := 0, 0, 0
	for _, key := range slices.SortedFunc(maps.Keys(r.slots), cmp.Compare) {
		c := r.slots[key]
		said, read, right = said+c.said, read+c.read, right+c.right
		if all {
			fmt.Fprintf(to, "slot %-12s said %3d  precision %5.1f %%  recall %5.1f %%  wrong value %d\n", key, c.said, percent(c.right, c.read), percent(c.right, c.said), c.wrong)
		}
	}
	fmt.Fprintf(to, "slots: precision %.1f %%, recall %.1f %%\n", percent(right, read), percent(right, said))
	if !all {
		return
	}
	for _, m := range r.Misses {
		fmt.Fprintf(to, "miss\t%s\t%s\t%s\twanted %s, read %s %s %.2f\n", m.Row.Lang, m.Row.Screen, m.Row.Said, m.Row.Intent, m.Read.Intent, m.Read.Answer, m.Read.Likely)
	}
	for what, rows := range map[string][]Row{"danger lost": r.Danger.Lost, "false alarm": r.FalseAlarms, "quiet, but starts": r.Started, "wrongly settled": r.Settled} {
		for _, row := range rows {
			fmt.Fprintf(to, "%s\t%s\t%s\t%s\t%s\n", what, row.Lang, row.Screen, row.Said, row.Intent)
		}
	}
	for _, line := range r.WrongSlots {
		fmt.Fprintln(to, line)
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func percent(n, of int) float64 { return 100 * float64(n) / max(1, float64(of)) }
