package outbox

import "time"

// gate is what holds the bot as a whole.
type gate struct {
	pause       time.Time // nothing goes before: a 429 of the whole bot, a refused token
	free        int       // sends that may start now
	spare       int       // how many of those are left to dangers
	dangersOnly bool
	meters      []meter
}

// choose names the row that leaves next and its lane. It changes nothing. When
// no row may go it returns nil and how long to wait; 0 = until something else
// happens. It looks at every lane that has rows, and at the first rows only.
func choose(lanes []*lane, g gate, now time.Time) (*lane, *entry, time.Duration) {
	switch {
	case g.free <= 0:
		return nil, nil, 0
	case g.pause.After(now):
		return nil, nil, g.pause.Sub(now)
	}
	var ordinary time.Time
	for i := range g.meters {
		ordinary = latest(ordinary, g.meters[i].next())
	}
	dangersOnly := g.dangersOnly || g.free <= g.spare

	var from *lane
	var best *entry
	var soonest time.Time
	for _, l := range lanes {
		e, at := l.next(ordinary, dangersOnly, now)
		switch {
		case e == nil:
		case at.After(now):
			if soonest.IsZero() || at.Before(soonest) {
				soonest = at
			}
		case best == nil || before(l, e, from, best):
			from, best = l, e
		}
	}
	if best != nil || soonest.IsZero() {
		return from, best, 0
	}
	return nil, nil, soonest.Sub(now)
}

// before says whether row e of lane l leaves before row f of lane m: the more
// urgent first, then the older.
func before(l *lane, e *entry, m *lane, f *entry) bool {
	if a, b := l.urgency(e), m.urgency(f); a != b {
		return a < b
	}
	return e.rank < f.rank
}
