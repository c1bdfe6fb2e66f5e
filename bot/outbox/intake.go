package outbox

import (
	"strconv"
	"time"
)

// intake holds back offered rows that may not be next in their chat. The fast
// path hands rows over as they are committed, but an older row of the same chat
// may lie in the store (another process committed it) or still be on its way
// here (two commits at once). Both show as a gap in the sequence of IDs, and
// both end within a lease call or a moment; a lone process sees hardly any.
type intake struct {
	behind  bool // the store may hold more due rows than were leased: any row may have older ones there
	top     uint64
	missing map[uint64]time.Time // IDs below top that nobody has shown, and since when
	opened  time.Time            // when the latest gap was seen
	pending []*entry
}

// gapWait is how long a gap may stay open after a lease looked for it: a commit
// whose goroutine was held up between its reply and its Offer.
const gapWait = 50 * time.Millisecond

// gapLimit bounds what is remembered of one jump in the sequence. At the first
// row of a process the whole past is a jump, and is all in the store.
const gapLimit = 1000

// note takes account of a row's ID, wherever the row came from.
func (in *intake) note(id string, now time.Time) {
	n := number(id)
	if n <= in.top {
		delete(in.missing, n)
		return
	}
	for m := max(in.top+1, n-min(n, gapLimit)); m < n; m++ {
		in.missing[m], in.opened = now, now
	}
	in.top = n
}

// ready returns the rows that are next in their chats. looked is when the last
// successful lease began.
func (in *intake) ready(looked, now time.Time) []*entry {
	first := in.top + 1 // the first ID still missing
	for n, since := range in.missing {
		if !looked.Before(since) && now.Sub(since) >= gapWait {
			delete(in.missing, n)
		} else {
			first = min(first, n)
		}
	}
	if in.behind {
		return nil
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

// gap says whether rows wait for others that are missing.
func (in *intake) gap() bool { return len(in.pending) > 0 && len(in.missing) > 0 }

// takeAll returns the rows whatever they wait for.
func (in *intake) takeAll() []*entry {
	rows := in.pending
	in.pending = nil
	return rows
}

// number is the place of an ID in the sequence of commits; 0, the first, for an
// ID that is no number.
func number(id string) uint64 {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
