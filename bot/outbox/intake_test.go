package outbox

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestIntake(t *testing.T) {
	t.Parallel()
	// Each step is one thing that happens, 10 ms after the one before it:
	// "+7" row 7 is offered, "7" row 7 comes by another way, "look" a lease
	// that began now has ended, "behind" and "level" say whether it was cut
	// short, "60ms" time goes by.
	tests := []struct {
		name  string
		steps string
		ready string
	}{
		{"rows in sequence pass", "+1 +2 +3", "1 2 3"},
		{"a gap holds what is above it", "+1 +3", "1"},
		{"the missing row fills the gap", "+1 +3 +2", "1 3 2"},
		{"a leased row fills the gap", "+1 +3 2", "1 3"},
		{"time alone does not: the store has not been asked", "+1 +3 60ms", "1"},
		{"a lease alone does not: a commit may be on its way", "+1 +3 look", "1"},
		{"a lease and a moment do", "+1 +3 look 60ms", "1 3"},
		{"a lease that began before the gap does not count", "look +1 +3 60ms", "1"},
		{"an old gap is given up, a new one is not", "+1 +3 look 60ms +5", "1 3"},
		{"nothing passes while the store holds more", "behind +1 +2", ""},
		{"all pass when it does not any more", "behind +1 +2 level", "1 2"},
		{"a first row far up waits for a lease", "+4711", ""},
		{"and passes after it", "+4711 look 60ms", "4711"},
		{"an old row is no gap", "+1 +2 +3 +2", "1 2 3 2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			in := intake{missing: map[uint64]time.Time{}}
			now, looked := at(0), time.Time{}
			var ready []string
			for _, step := range strings.Fields(tt.steps) {
				now = now.Add(10 * time.Millisecond)
				id, offered := strings.CutPrefix(step, "+")
				switch {
				case offered:
					in.note(id, now)
					in.pending = append(in.pending, &entry{Row: Row{ID: id}})
				case step == "look":
					looked = now
				case step == "behind", step == "level":
					in.behind = step == "behind"
				case strings.HasSuffix(step, "ms"):
					d, err := time.ParseDuration(step)
					if err != nil {
						t.Fatal(err)
					}
					now = now.Add(d)
				default:
					in.note(step, now)
				}
				for _, e := range in.ready(looked, now) {
					ready = append(ready, e.ID)
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
		in.note(fmt.Sprint(i*1_000_000), at(float64(i)))
		in.ready(at(float64(i)), at(float64(i)+0.1))
	}
	if got := len(in.missing); got > gapLimit {
		t.Errorf("%d IDs remembered as missing, want at most %d", got, gapLimit)
	}
}
