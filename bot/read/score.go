package read

import (
	"fmt"
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

// DangerRecall is the share of dangers that are heard, in percent: an alarm of the kind
// counts 1, a question or another kind ½.
func (r *Result) DangerRecall() float64 {
	return 100 * r.Danger.Points / max(1, float64(r.Danger.Rows))
}

// FalseRate is the share of harmless rows that alarm, in percent.
func (r *Result) FalseRate() float64 { return percent(len(r.FalseAlarms), r.harmless) }

// Rates are how many rows of a group are understood, in percent: exactly, and with the
// readings that are as good. The groups are "all", "language zh", "screen first zh" and so on.
func (r *Result) Rates(group string) (strict, also float64) {
	g := r.groups[group]
	if g == nil {
		return 0, 0
	}
	return percent(g.Strict, g.Rows), percent(g.Also, g.Rows)
}

// SlotRates are how many of the slots that were read are right, and how many of those
// that were said are read, in percent.
func (r *Result) SlotRates() (precision, recall float64) {
	said, read, right := 0, 0, 0
	for _, c := range r.slots {
		said, read, right = said+c.said, read+c.read, right+c.right
	}
	return percent(right, read), percent(right, said)
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func percent(n, of int) float64 { return 100 * float64(n) / max(1, float64(of)) }
