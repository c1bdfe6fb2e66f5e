package outbox

import (
	"slices"
	"strconv"
	"time"
)

// intake holds back offered rows that would overtake an older row of their chat
// on its way here.
//
// That may be a row in the reply of a lease call: nothing passes while a call is
// under way, unless it hangs, nor after one that failed and may have taken rows.
//
// In a group it may be a row of another commit, for a group is written to by
// many at once, and two goroutines may come from their commits in the wrong
// order. That shows as a gap in the sequence of IDs. A gap that stays is a row
// that the commit did not lease.
type intake struct {
	asking  time.Time // when the lease call that is under way began; zero = none is
	failed  bool      // the latest lease call failed
	top     uint64
	missing map[uint64]time.Time // IDs below top that nobody has shown, and since when
	pending []*entry
}

const (
	// gapWait is how long a row waits for one that may be on its way: far longer
	// than a goroutine takes from a commit's reply to Offer, or a lease call
	// takes, and too short for a resident to notice.
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
	if in.failed || now.Sub(in.asking) < gapWait {
		return nil
	}
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
		if number(e.ID) < first || scopeOf(e.Chat) == Private {
			ready = append(ready, e)
		} else {
			wait = append(wait, e)
		}
	}
	in.pending = wait
	return ready
}

// take returns the rows of a chat, whatever they wait for.
func (in *intake) take(chat int64) []*entry {
	var taken []*entry
	in.pending = slices.DeleteFunc(in.pending, func(e *entry) bool {
		if e.Chat == chat {
			taken = append(taken, e)
		}
		return e.Chat == chat
	})
	return taken
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
