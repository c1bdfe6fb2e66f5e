package outbox

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestIntake(t *testing.T) {
	t.Parallel()
	// Each step is one thing that happens: "+7" row 7 is offered to a group, "7"
	// row 7 comes by another way, "20ms" time goes by, a lease call is "asked",
	// "answered" and "failed". "p7" is row 7 offered to a person.
	tests := []struct {
		name  string
		steps string
		ready string
	}{
		{"rows in sequence pass", "+1 +2 +3", "1 2 3"},
		{"a gap holds what is above it", "+1 +3 +4", "1"},
		{"the missing row fills the gap", "+1 +3 +2", "1 3 2"},
		{"a row that came by another way fills it", "+1 +3 2", "1 3"},
		{"two gaps, one filled", "+1 +3 +5 +2", "1 3 2"},
		{"a gap that stays is given up", "+1 +3 20ms", "1 3"},
		{"but not too soon", "+1 +3 19ms", "1"},
		{"an old gap is given up, a new one is not", "+1 +3 10ms +5 10ms", "1 3"},
		{"the first row of all has no gap below it", "+4711 +4712", "4711 4712"},
		{"an old row is no gap", "+1 +2 +3 +2", "1 2 3 2"},
		{"a person's row minds no gap", "+1 +3 p4", "1 p4"},
		{"nothing passes while a lease call is under way", "asked +1 p2", ""},
		{"all pass when it is answered", "asked +1 p2 answered", "1 p2"},
		{"but it does not wait for one that hangs", "asked +1 p2 19ms +3 1ms", "1 p2 3"},
		{"nothing passes after a call that failed", "asked +1 p2 failed 50ms", ""},
		{"all pass after the next one", "asked +1 p2 failed 50ms asked answered", "1 p2"},
		{"a gap is still a gap", "asked +1 +3 p4 answered", "1 p4"},
		{"an ID that is no number waits for nothing", "+1 +3 +x", "1 x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			in := intake{missing: map[uint64]time.Time{}}
			now := at(0)
			var ready []string
			for _, step := range strings.Fields(tt.steps) {
				chat := int64(duty)
				if id, private := strings.CutPrefix(step, "p"); private {
					chat, step = ann, "+"+id
				}
				if id, offered := strings.CutPrefix(step, "+"); offered {
					in.note(id, now)
					in.pending = append(in.pending, &entry{Row: Row{ID: id, Chat: chat}})
				} else if step == "asked" {
					in.asking = now
				} else if step == "answered" || step == "failed" {
					in.asking, in.failed = time.Time{}, step == "failed"
				} else if d, err := time.ParseDuration(step); err == nil {
					now = now.Add(d)
				} else {
					in.note(step, now)
				}
				for _, e := range in.ready(now) {
					ready = append(ready, map[int64]string{ann: "p"}[e.Chat]+e.ID)
				}
			}
			if got := strings.Join(ready, " "); got != tt.ready {
				t.Errorf("ready = %q, want %q", got, tt.ready)
			}
		})
	}
}

func TestIntakeForgetsGaps(t *testing.T) {
	t.Parallel()
	in := intake{missing: map[uint64]time.Time{}}
	for i := range 100 {
		in.note(fmt.Sprint(1+i*1_000_000), at(float64(i)))
		in.ready(at(float64(i)))
	}
	if got := len(in.missing); got > gapLimit {
		t.Errorf("%d IDs remembered as missing, want at most %d", got, gapLimit)
	}
}
