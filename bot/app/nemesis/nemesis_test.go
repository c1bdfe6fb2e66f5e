package nemesis

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"
)

var (
	runFor = flag.Duration("nemesis.for", 0, "how long everything is broken; 0 = not at all")
	seed   = flag.Uint64("nemesis.seed", 1, "which faults, people and places there are")
)

// drainWithin is how long everything may take to come right after the last
// fault: a leader that was killed at the end is replaced, what it had in its
// hands is free again, and everybody who waits is served.
const drainWithin = 90 * time.Second

// crowd is how many residents there are in a second of the run.
const crowd = 5.5

// mix is what residents are like, by shares of the crowd.
var mix = []string{
	"reports", "reports", "reports", "reports", "reports", "hurries", "leaves", "leaves",
	"danger", "withdraws", "solves", "solves", "solves", "asks", "asks",
}

// TestNemesis lets a county live through an evening on which everything breaks,
// and then looks for what was promised and not kept.
func TestNemesis(t *testing.T) {
	if *runFor == 0 {
		t.Skip("-nemesis.for=60s breaks everything for a minute; CI does")
	}
	t.Logf("seed %d: repeat with -nemesis.seed=%d -nemesis.for=%s", *seed, *seed, *runFor)
	people := int(crowd * runFor.Seconds())
	w := newWorld(t, *seed, people)
	w.open()
	evening, ends := context.WithCancel(t.Context())
	defer ends()
	w.evening = evening

	over, stop := context.WithTimeout(t.Context(), *runFor)
	defer stop()
	var breaking sync.WaitGroup
	chance := rand.New(rand.NewPCG(*seed, 1))
	for _, faults := range []struct {
		every time.Duration
		from  []mischief
	}{{smallEvery, small}, {largeEvery, large}} {
		planned := plan(chance, faults.from, int(*runFor/faults.every)+1)
		own := rand.New(rand.NewPCG(*seed, uint64(faults.every)))
		breaking.Go(func() { w.torment(over, faults.every, planned, own) })
	}
	w.arrive(over, people, chance)
	breaking.Wait()
	w.heal()
	healed := time.Now()
	w.patient(ends)
	w.drained(drainWithin)
	took := time.Since(healed)
	w.close()
	path, events := w.history.save(t)
	t.Logf("figures: %s, drained after %s", figures(events), took.Round(time.Second/10))
	report(t, path, check(events))
	if *runFor >= time.Minute {
		enough(t, events)
	}
}

// enough fails when a minute's run was too quiet to prove anything.
func enough(t *testing.T, events []event) {
	t.Helper()
	for _, c := range []struct {
		kind, what string
		least      int
	}{{"person", "resident", 300}, {"job", "", 100}, {"fault", "", 40}} {
		if n := count(events, c.kind, c.what); n < c.least {
			t.Errorf("the run had %d of %s %s, want at least %d", n, c.kind, c.what, c.least)
		}
	}
}

// arrive brings the residents one after the other, most of them while there are
// faults.
func (w *world) arrive(over context.Context, people int, chance *rand.Rand) {
	next := time.NewTicker(*runFor * 9 / 10 / time.Duration(people))
	defer next.Stop()
	for range people {
		w.comesHome(mix[chance.IntN(len(mix))])
		select {
		case <-over.Done():
		case <-next.C:
		}
	}
}

// patient waits until everybody has had their evening, and no longer than what
// the desk may take.
func (w *world) patient(ends context.CancelFunc) {
	done := make(chan struct{})
	go func() { w.load.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(drainWithin):
		ends()
		<-done
	}
}

// figures are what README shows.
func figures(events []event) string {
	residents := count(events, "person", "resident")
	jobs, closed, kinds := count(events, "job", ""), count(events, "job", "closed"), map[string]bool{}
	twice, seen := 0, map[string]bool{}
	for _, e := range events {
		switch {
		case e.Kind == "fault":
			kinds[e.What] = true
		case e.Kind == "call" && e.Call.OK() && e.Call.Method == "sendMessage" && numbers.MatchString(e.Call.Params["text"]):
			key := fmt.Sprint(e.Call.Chat, e.Call.Params["text"], e.Call.Params["reply_markup"])
			if seen[key] {
				twice++
			}
			seen[key] = true
		}
	}
	return fmt.Sprintf("%d conversations, %d jobs (%d closed by their residents), %d presses, %d faults of %d kinds, %d calls, %d messages twice",
		residents, jobs, closed, count(events, "press", ""), count(events, "fault", ""), len(kinds), count(events, "call", ""), twice)
}

// report fails the test for every breach and says where the history is.
func report(t testing.TB, path string, found []breach) {
	t.Helper()
	by := map[string]int{}
	for _, b := range found {
		if by[b.Invariant]++; by[b.Invariant] <= 8 {
			t.Errorf("%s: %s", b.Invariant, b.What)
		}
	}
	if len(found) > 0 {
		t.Errorf("seed %d: broken %v; the history is %s", *seed, by, keepFile(path))
	}
	if slices.ContainsFunc(found, func(b breach) bool { return b.Invariant == "" }) {
		t.Error("a breach has no name")
	}
}
