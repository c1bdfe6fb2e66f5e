package duty

import (
	"slices"
	"strings"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// shiftBegan is when the present shift began: the last time at which the group
// was told who is on duty.
func shiftBegan(t *talk.Turn) time.Time {
	c := t.Desk.County
	next := c.NextPost(t.E.At)
	for _, back := range []time.Duration{usualShift, 2 * usualShift} {
		if at := c.NextPost(t.E.At.Add(-back)); !at.IsZero() && at.Before(next) && !at.After(t.E.At) {
			return at
		}
	}
	return t.E.At.Add(-usualShift)
}

// showLog reads the duty log of this shift.
func showLog(t *talk.Turn) {
	l := lang(t)
	all := t.E.Finding.Lines
	if len(all) == 0 {
		answer(t, words.Say(l, "duty.log_none", nil))
		return
	}
	lines := []string{words.Say(l, "duty.log", words.Args{"N": len(all)})}
	if cut := len(all) - listed; cut > 0 {
		lines = append(lines, words.Say(l, "duty.log_cut", words.Args{"N": cut}))
		all = all[cut:]
	}
	for _, line := range all {
		lines = append(lines, strings.Join(slices.DeleteFunc([]string{
			t.Desk.County.TimeInWords(l, line.At, t.E.At), line.Job, words.Escape(actorName(l, line.Who)), did(l, line),
		}, func(part string) bool { return part == "" }), " "))
	}
	answer(t, strings.Join(lines, "\n"))
}

func actorName(l words.Lang, who string) string {
	if who == "resident" || who == job.ByDesk.Name {
		return words.Plain(l, "who."+who, nil)
	}
	return who
}

// did says a line of the log in the reader's language.
func did(l words.Lang, line talk.Log) string {
	if key := "did." + line.What; words.Has(l, key) {
		return words.Say(l, key, nil)
	}
	return words.Escape(line.What)
}

// stats counts the last seven days: no figure without the number of jobs it stands
// on (DOMAIN §8).
func stats(t *talk.Turn) {
	l, since := lang(t), statsBegin(t)
	all := slices.Clone(t.E.Finding.Facts)
	for _, j := range t.E.Finding.Jobs {
		if j.Live() { // one that is "still dark" has ended before, and counts once
			all = slices.DeleteFunc(all, func(f job.Fact) bool { return f.No == j.No })
			all = append(all, j.Fact())
		}
	}
	opened, restored, small := 0, 0, 0
	var arrive, restore []int
	for _, f := range all {
		if f.Clocks.Reported.Before(since) || f.Kind.Traits().Days {
			continue // of a week before, it would be counted without its like; a visit is no report
		}
		opened++
		arrive = minutes(arrive, f.Clocks.Reported, f.Clocks.Arrive)
		restore = minutes(restore, f.Clocks.Reported, f.Clocks.Restore)
		if !f.Clocks.Restore.IsZero() {
			restored++
			if slices.Contains(Causes[:firstCauses], f.Cause) {
				small++
			}
		}
	}
	answer(t, words.Say(l, "duty.stats", words.Args{
		"Opened": opened, "Open": len(t.E.Finding.Jobs), "Restored": restored, "Small": small,
		"Arrive": median(l, arrive), "Restore": median(l, restore),
	}))
}

// minutes adds those between two instants, if both have been.
func minutes(all []int, from, to time.Time) []int {
	if to.IsZero() {
		return all
	}
	return append(all, int(to.Sub(from)/time.Minute))
}

// median is the middle of them, with the number of jobs.
func median(l words.Lang, minutes []int) string {
	if len(minutes) == 0 {
		return "–"
	}
	slices.Sort(minutes)
	return words.Plain(l, "duty.median", words.Args{"Minutes": minutes[len(minutes)/2], "N": len(minutes)})
}
