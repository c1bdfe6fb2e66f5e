package outbox

import (
	"strconv"
	"time"
)

// intake puts offered rows of groups in order. A person's chat is written to by
// one commit after another, a group by many at once, and two goroutines may
// come from their commits in the wrong order. That shows as a gap in the
// sequence of IDs. A gap that stays is a row the commit did not lease.
type intake struct {
	top     uint64
	missing map[uint64]time.Time // IDs below top that nobody has shown, and since when
	pending []*entry
}

const (
	// gapWait is how long a row waits for one that may be on its way: far longer
	// than a goroutine takes from a commit's reply to Offer.
	gapWait = 20 * time.Millisecond
	// gapLimit bounds what is remembered of one jump in the sequence: more
	// commits than that are never under way at once.
	gapLimit = 100
)

// note takes account of a row's ID, wherever the row came from.
func (in *intake) note(id string, now time.Time) {
	n := number(id)
	if n <= in.top {
		delete(in.missing, n)
		return
	}
	if in.top > 0 {
		for m := max(in.top+1, n-min(n, gapLimit)); m < n; m++ {
			in.missing[m] = now
		}
	}
	in.top = n
}

// ready returns the rows whose turn it is.
func (in *intake) ready(now time.Time) []*entry {
	first := in.top + 1 // the first ID still missing
	for n, since := range in.missing {
		if now.Sub(since) >= gapWait {
			delete(in.missing, n)
		} else {
			first = min(first, n)
		}
	}
	var ready, wait []*entry
	for _, e := range in.pending {
		if number(e.ID) < first {
			ready = append(ready, e)
		} else {
			wait = append(wait, e)
		}
	}
	in.pending = wait
	return ready
}

// takeAll returns the rows whatever they wait for.
func (in *intake) takeAll() []*entry {
	rows := in.pending
	in.pending = nil
	return rows
}

// number is the place of an ID in the sequence of commits; 0, before the first,
// for an ID that is no number.
func number(id string) uint64 {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
