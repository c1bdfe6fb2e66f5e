package store

import (
	"strconv"
	"strings"
	"sync"
)

// numbers remembers the last job number that this process has seen given on a
// day. A Redis that was emptied, or set back to an hour ago, would give them
// again, and the card of the old job would claim the new one.
type numbers struct {
	mu   sync.Mutex
	last map[string]int // by day: "1123"
}

// daysKept is enough for events that come late, and bounds the memory.
const daysKept = 7

// after is the number that the next one of a day must be beyond.
func (n *numbers) after(day string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.last[day]
}

// given takes note of a job's number.
func (n *numbers) given(no string) {
	day, count, _ := strings.Cut(no, "-")
	number, err := strconv.Atoi(count)
	if err != nil {
		return // no job was opened
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.last == nil || len(n.last) > daysKept {
		n.last = make(map[string]int)
	}
	n.last[day] = max(n.last[day], number)
}
