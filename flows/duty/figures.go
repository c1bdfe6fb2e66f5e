package duty

import (
	"cmp"
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

// stats counts the last seven days from the duty log: no figure without the
// number of jobs it stands on (DOMAIN §8).
func stats(t *talk.Turn) {
	l := lang(t)
	opened, arrived, restored := map[string]time.Time{}, map[string]time.Time{}, map[string]time.Time{}
	small := 0
	for _, line := range t.E.Finding.Lines {
		switch line.What {
		case job.DidOpen:
			opened[line.Job] = line.At
		case job.DidArrive:
			if arrived[line.Job].IsZero() {
				arrived[line.Job] = line.At
			}
		case job.DidRestore, job.DidConfirm:
			if line.What == job.DidConfirm && line.Note == "" { // the crew's word stands already
				continue
			}
			if restored[line.Job].IsZero() && slices.Contains(Causes[:firstCauses], line.Note) {
				small++
			}
			restored[line.Job] = line.At
		}
	}
	delete(restored, "")
	answer(t, words.Say(l, "duty.stats", words.Args{
		"Opened": len(opened), "Open": len(t.E.Finding.Jobs), "Restored": len(restored), "Small": small,
		"Arrive": median(l, opened, arrived), "Restore": median(l, opened, restored),
	}))
}

// median is the middle of the minutes from the report, with the number of jobs.
func median(l words.Lang, from, to map[string]time.Time) string {
	var minutes []int
	for no, at := range to {
		if began := from[no]; !began.IsZero() {
			minutes = append(minutes, int(at.Sub(began)/time.Minute))
		}
	}
	if len(minutes) == 0 {
		return "–"
	}
	slices.SortFunc(minutes, cmp.Compare[int])
	return words.Plain(l, "duty.median", words.Args{"Minutes": minutes[len(minutes)/2], "N": len(minutes)})
}
