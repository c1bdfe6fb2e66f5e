package config

import (
	"cmp"
	"strings"
	"time"
)

// ladders reads the waits after which the desk speaks up by itself (PRODUCT V5).
// The defaults are those of DOMAIN §2.6. No rung comes sooner than a person can
// read and answer, and none so late that it would be silence.
func (d *desk) ladders(v value) {
	const (
		second, minute, hour, day = time.Second, time.Minute, time.Hour, 24 * time.Hour
	)
	l := &d.county.Ladders
	v.fields(func(f *fields) {
		unclaimed := ladder{f.get("unclaimed"), []time.Duration{3 * minute, 6 * minute, 10 * minute}, minute, 2 * hour}
		danger := ladder{f.get("danger"), []time.Duration{minute, 2 * minute, 3 * minute}, 30 * second, 30 * minute}
		ordinary, quick := unclaimed.noSlower(danger)
		l.Unclaimed, l.Danger = [3]time.Duration(ordinary), [3]time.Duration(quick)

		two := func(key string, first, second, least, most time.Duration) ladder {
			return ladder{f.get(key), []time.Duration{first, second}, least, most}
		}
		idle := two("idle", 10*minute, 20*minute, 2*minute, day)
		ordinary, quick = idle.noSlower(two("idle_danger", 3*minute, 6*minute, minute, 2*hour))
		l.Idle, l.IdleDanger = [2]time.Duration(ordinary), [2]time.Duration(quick)
		l.ETA = [2]time.Duration(two("eta", 5*minute, 15*minute, minute, 12*hour).rising())
		l.Work = [2]time.Duration(two("work", 2*hour, 4*hour, 10*minute, 2*day).rising())
		l.Unanswered = [2]time.Duration(two("unanswered", 30*minute, day, 5*minute, 7*day).rising())
		l.Clerk = [2]time.Duration(two("clerk", 5*minute, 10*minute, minute, hour).rising())
		l.Paying = [2]time.Duration(two("paying", 10*minute, 20*minute, 2*minute, 2*hour).rising())
		l.Light = [2]time.Duration(two("light", 10*minute, 25*minute, 5*minute, 2*hour).rising())
		l.Opening = [2]time.Duration(two("opening", hour, 15*minute, 5*minute, 12*hour).falling())

		l.Again = f.get("again").duration(30*minute, 5*minute, day)
		l.Late = cmp.Or(f.get("late").between(1, 100), 80)
		l.Question = f.get("question").duration(30*minute, 5*minute, day)
		l.Wait = f.get("wait").duration(2*hour, 10*minute, 7*day)
	})
}

// ladder is a list of waits that is being read. It always gives as many rungs
// as the default has: what is not written right becomes the default and a
// Problem.
type ladder struct {
	value
	missing     []time.Duration // the default
	least, most time.Duration   // of every rung
}

// rising reads rungs of which each comes later than the one before.
func (l ladder) rising() []time.Duration {
	return l.read("later", func(before, rung time.Duration) bool { return before < rung })
}

// falling reads rungs that count down to an instant.
func (l ladder) falling() []time.Duration {
	return l.read("shorter", func(before, rung time.Duration) bool { return before > rung })
}

func (l ladder) read(order string, ordered func(before, rung time.Duration) bool) []time.Duration {
	if l.node == nil {
		return l.missing
	}
	mistakes := len(l.d.problems)
	rungs := list(l.value, "a rung of "+l.name, func(v value) value { return v })
	if len(l.d.problems) == mistakes && len(rungs) != len(l.missing) {
		l.wrong("write "+rungList(l.missing), "%s has %d rungs instead of %d", l.name, len(rungs), len(l.missing))
	}
	all := make([]time.Duration, len(rungs))
	for i, r := range rungs {
		if r.missing() {
			r.wrong("write a number with its unit, such as "+spell(l.missing[0]), "%s is empty", r.name)
		}
		all[i] = r.duration(0, l.least, l.most)
	}
	for i := 1; i < len(all) && len(l.d.problems) == mistakes; i++ {
		if !ordered(all[i-1], all[i]) {
			rungs[i].wrong("write each "+order+" than the one before, such as "+rungList(l.missing),
				"%s of %s is not %s than the %s before it", spell(all[i]), l.name, order, spell(all[i-1]))
		}
	}
	if len(l.d.problems) > mistakes {
		return l.missing
	}
	return all
}

// noSlower reads a ladder together with the one that takes its place in danger:
// whoever is in danger must not wait longer than everybody else.
func (l ladder) noSlower(danger ladder) (ordinary, quick []time.Duration) {
	mistakes := len(l.d.problems)
	ordinary, quick = l.rising(), danger.rising()
	at := danger.value
	if at.missing() {
		at = l.value
	}
	allowed := make([]time.Duration, len(quick))
	for i := range quick {
		allowed[i] = min(quick[i], ordinary[i])
	}
	for i := range quick {
		if len(l.d.problems) == mistakes && quick[i] > ordinary[i] {
			at.wrong("write "+danger.name+": "+rungList(allowed),
				"%s of %s is slower than the %s of %s", spell(quick[i]), danger.name, spell(ordinary[i]), l.name)
		}
	}
	return ordinary, quick
}

// rungList writes rungs the way the desk file has them.
func rungList(rungs []time.Duration) string {
	all := make([]string, len(rungs))
	for i, r := range rungs {
		all[i] = spell(r)
	}
	return "[" + strings.Join(all, ", ") + "]"
}
