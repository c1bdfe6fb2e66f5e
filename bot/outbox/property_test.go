package outbox

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"powerdesk/flows/talk"
)

// scenario is an evening: rows that are committed, what Telegram answers, and
// what breaks. It is drawn as data and then played on a clock of its own.
type scenario struct {
	rows   []planned
	outs   map[int][]answer // answers to the first attempts of the nth row; then Sent
	faults []outage
	ends   []end
}

// planned is a row to be committed.
type planned struct {
	at      time.Duration
	row     Row
	standby bool // committed by another process, not offered
}

// answer is an outcome, how long it takes, and whether a failed attempt was
// delivered all the same.
type answer struct {
	outcome   Outcome
	takes     time.Duration
	delivered bool
}

// outage is a time in which the store fails, before or after doing what it was
// asked for.
type outage struct {
	from, to time.Duration
	kind     fault
}

// end is the end of a process; the next one starts at once.
type end struct {
	at     time.Duration
	killed bool // without a word to the store
}

var propertyChats = []int64{ann, bob, 13, duty, hall}

func drawScenario(t *rapid.T) scenario {
	upTo := func(d time.Duration, label string) time.Duration {
		return time.Duration(rapid.IntRange(0, int(d/time.Millisecond)).Draw(t, label)) * time.Millisecond
	}
	s := scenario{outs: map[int][]answer{}}
	for i := range rapid.IntRange(1, 40).Draw(t, "rows") {
		chat := rapid.SampledFrom(propertyChats).Draw(t, "chat")
		row := say(chat, fmt.Sprint(i))
		row.Class = rapid.SampledFrom([]talk.Class{0, 1, 2, 2, 2, 3, 4}).Draw(t, "class")
		row.Slot = rapid.SampledFrom([]string{"", "", "", "s1", "s2"}).Draw(t, "slot")
		if row.Slot != "" {
			row.Slot = fmt.Sprint(row.Slot, "/", chat)
		}
		s.rows = append(s.rows, planned{upTo(20*time.Second, "at"), row, rapid.IntRange(0, 4).Draw(t, "standby") == 0})
		for range rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "failures") {
			s.outs[i] = append(s.outs[i], drawAnswer(t, chat, upTo))
		}
	}
	slices.SortStableFunc(s.rows, func(a, b planned) int { return int(a.at - b.at) })
	for range rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "outages") {
		from := upTo(30*time.Second, "from")
		kind := rapid.SampledFrom([]fault{fails, mute}).Draw(t, "fault")
		s.faults = append(s.faults, outage{from, from + upTo(20*time.Second, "lasts"), kind})
	}
	for range rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "ends") {
		s.ends = append(s.ends, end{upTo(30*time.Second, "end"), rapid.Bool().Draw(t, "killed")})
	}
	slices.SortFunc(s.ends, func(a, b end) int { return int(a.at - b.at) })
	return s
}

func drawAnswer(t *rapid.T, chat int64, upTo func(time.Duration, string) time.Duration) answer {
	a := answer{takes: upTo(3*time.Second, "takes")}
	switch rapid.SampledFrom([]string{"sent", "done", "flood", "bot flood", "retry", "doubt", "missing", "bug"}).Draw(t, "kind") {
	case "sent":
		a.outcome.Kind = Sent
	case "done":
		a.outcome.Kind = Done
	case "flood":
		a.outcome = Outcome{Kind: Flood, Chat: chat, RetryAfter: upTo(20*time.Second, "retry after")}
	case "bot flood":
		a.outcome = Outcome{Kind: Flood, RetryAfter: upTo(8*time.Second, "retry after")}
	case "retry":
		a.outcome.Kind = Retry
	case "doubt":
		a.outcome = Outcome{Kind: Retry, Ambiguous: true}
		a.delivered = rapid.Bool().Draw(t, "delivered")
	case "missing":
		a.outcome.Kind = Missing
	case "bug":
		a.outcome.Kind = Bug
	}
	return a
}

// play runs the scenario until everything is delivered, and gives what
// happened. It runs in a bubble.
func (s scenario) play(t *testing.T) *desk {
	d := newDesk(t)
	d.tg.answer = func(row Row, nth int) (Outcome, time.Duration) {
		var i int
		_, _ = fmt.Sscan(row.Say.Text, &i)
		if outs := s.outs[i]; nth < len(outs) {
			return outs[nth].outcome, outs[nth].takes
		}
		return Outcome{Kind: Sent}, 0
	}
	faultNow := func(string) fault {
		for _, o := range s.faults {
			if since := time.Since(d.start); since >= o.from && since < o.to {
				return o.kind
			}
		}
		return fine
	}
	d.store.breakDown(faultNow)
	d.run()
	rows, ends := s.rows, s.ends
	for len(rows)+len(ends) > 0 {
		if len(ends) == 0 || len(rows) > 0 && rows[0].at <= ends[0].at {
			d.passTo(rows[0].at)
			d.play(rows[0])
			rows = rows[1:]
			continue
		}
		d.passTo(ends[0].at)
		if ends[0].killed {
			d.kill()
		} else {
			_ = d.halt() // an error says that the store is away: it is, now and then
		}
		d.run()
		ends = ends[1:]
	}
	for i := 0; i < 1000 && len(d.store.ids("waiting")) > 0; i++ {
		d.pass(time.Second)
	}
	_ = d.halt()
	d.pass(time.Minute) // killed processes end too
	return d
}

// play commits a row.
func (d *desk) play(p planned) {
	if p.standby {
		d.store.commit("", p.row)
		return
	}
	d.commit(p.row)
}

// passTo lets time go by until an instant after the start.
func (d *desk) passTo(at time.Duration) {
	if left := at - time.Since(d.start); left > 0 {
		d.pass(left)
	}
}

func TestProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		s := drawScenario(rt)
		var d *desk
		synctest.Test(t, func(t *testing.T) { d = s.play(t) })
		for name, check := range map[string]func(*desk) error{
			"nothing lost":         s.nothingLost,
			"nothing sent twice":   nothingTwice,
			"order of a chat":      orderKept,
			"one at a time":        oneAtATime,
			"limits":               limitsKept,
			"pauses":               s.pausesKept,
			"dangers are not held": s.dangersNotHeld,
		} {
			if err := check(d); err != nil {
				rt.Fatalf("%s: %v\n%s", name, err, d.history())
			}
		}
	})
}

// nothingLost: every row is delivered, or a newer one of its slot is.
func (s scenario) nothingLost(d *desk) error {
	for id, r := range d.store.rows {
		if r.state != "acked" && (r.state != "buried" || !s.refused(r.Say.Text)) {
			return fmt.Errorf("row %s is %s (%s)", id, r.state, r.reason)
		}
		if !r.unsent {
			continue
		}
		newer := false
		for _, other := range d.store.rows {
			newer = newer || other.Slot == r.Slot && other.ID > id
		}
		if !newer {
			return fmt.Errorf("row %s was dropped, and nothing replaces it", id)
		}
	}
	return nil
}

// refused says whether Telegram refuses a row twice, so that it may be buried.
func (s scenario) refused(text string) bool {
	var i int
	_, _ = fmt.Sscan(text, &i)
	n := 0
	for _, a := range s.outs[i] {
		if a.outcome.Kind == Bug || a.outcome.Kind == Missing {
			n++
		}
	}
	return n > 1
}

// nothingTwice: after a success a row is sent again only if its process died
// before it could say so.
func nothingTwice(d *desk) error {
	done := map[string]attempt{}
	for _, a := range d.tg.all() {
		if before, ok := done[a.ID]; ok && before.Process == a.Process {
			return fmt.Errorf("row %s sent again by %s", a.ID, a.Process)
		}
		if before, ok := done[a.ID]; ok && !a.Ambiguous {
			return fmt.Errorf("row %s sent again by %s after %s, which is not told", a.ID, a.Process, before.Process)
		}
		if a.Outcome.Kind == Sent || a.Outcome.Kind == Done {
			done[a.ID] = a
		}
	}
	return nil
}

// orderKept: the first attempts of a chat's ordinary rows without a slot are in
// the order of commits. So are a process's deliveries of a slot, and the last
// one of all is the newest: what a killed process delivered and could not say
// is delivered again, after what was older.
func orderKept(d *desk) error {
	first, slots, last, newest := map[int64]string{}, map[string]string{}, map[string]string{}, map[string]string{}
	seen := map[string]bool{}
	for _, a := range d.tg.all() {
		if a.Slot != "" && (a.Outcome.Kind == Sent || a.Outcome.Kind == Done) {
			key := a.Process + a.Slot
			if a.ID < slots[key] {
				return fmt.Errorf("slot %s: row %s delivered after %s", a.Slot, a.ID, slots[key])
			}
			slots[key], last[a.Slot] = a.ID, a.ID
			newest[a.Slot] = max(newest[a.Slot], a.ID)
		}
		if a.Slot != "" || a.Class == talk.Danger || seen[a.ID] {
			continue
		}
		seen[a.ID] = true
		if a.ID < first[a.Chat] {
			return fmt.Errorf("chat %d: row %s sent after %s", a.Chat, a.ID, first[a.Chat])
		}
		first[a.Chat] = a.ID
	}
	for slot, id := range last {
		if id != newest[slot] {
			return fmt.Errorf("slot %s shows row %s, not the newest %s", slot, id, newest[slot])
		}
	}
	return nil
}

// oneAtATime: a process has one send to a chat in flight.
func oneAtATime(d *desk) error {
	last := map[string]attempt{}
	for _, a := range d.tg.all() {
		key := fmt.Sprint(a.Process, a.Chat)
		if before, ok := last[key]; ok && a.Start.Before(before.End) {
			return fmt.Errorf("rows %s and %s to chat %d at once", before.ID, a.ID, a.Chat)
		}
		last[key] = a
	}
	return nil
}

// limitsKept: no ordinary send finds its limit used up by what its process sent
// before.
func limitsKept(d *desk) error {
	all := d.tg.all()
	for i, a := range all {
		if a.Class == talk.Danger {
			continue
		}
		for _, limit := range Limits(25) {
			n := 0
			for _, b := range all[:i] {
				same := limit.Scope == Bot || b.Chat == a.Chat && scopeOf(a.Chat) == limit.Scope
				if same && b.Process == a.Process && a.Start.Sub(b.Start) < limit.Per {
					n++
				}
			}
			applies := limit.Scope == Bot || scopeOf(a.Chat) == limit.Scope
			if applies && n >= cmp.Or(limit.Ordinary, limit.Count) {
				return fmt.Errorf("row %s is number %d in %v of %s", a.ID, n+1, limit.Per, limit.Scope)
			}
		}
	}
	return nil
}

// pausesKept: no call inside a retry_after window of its scope. A process knows
// of its own; of another's when the store could be told.
func (s scenario) pausesKept(d *desk) error {
	all := d.tg.all()
	for _, flood := range all {
		if flood.Outcome.Kind != Flood {
			continue
		}
		after := flood.Outcome.RetryAfter
		if after == 0 {
			after = floodDefault
		}
		for _, a := range all {
			inScope := flood.Outcome.Chat == 0 || flood.Outcome.Chat == a.Chat
			known := a.Process == flood.Process || len(s.faults) == 0 && !s.kills()
			if inScope && known && a.Start.After(flood.End) && a.Start.Before(flood.End.Add(after)) {
				return fmt.Errorf("row %s sent %v after a 429 of %v", a.ID, a.Start.Sub(flood.End), after)
			}
		}
	}
	return nil
}

func (s scenario) kills() bool {
	return slices.ContainsFunc(s.ends, func(e end) bool { return e.killed })
}

// dangersNotHeld: where nothing is paused, breaks or fails, a danger leaves as
// soon as the send before it in its chat has ended.
func (s scenario) dangersNotHeld(d *desk) error {
	if len(s.faults)+len(s.ends) > 0 {
		return nil
	}
	for _, outs := range s.outs {
		for _, o := range outs {
			if o.outcome.Kind == Flood {
				return nil
			}
		}
	}
	tried := map[string]bool{}
	all := d.tg.all()
	for i, a := range all {
		if a.Class != talk.Danger || tried[a.ID] {
			continue
		}
		tried[a.ID] = true
		ready := a.At.Add(poll)
		for _, b := range all[:i] {
			if b.Chat == a.Chat && b.Class == talk.Danger {
				return nil // dangers of one chat wait for each other
			}
			if b.Chat == a.Chat && b.Start.Before(ready) {
				ready = latest(ready, b.End)
			}
		}
		if a.Start.Sub(ready) > 10*time.Millisecond {
			return fmt.Errorf("danger %s left %v late", a.ID, a.Start.Sub(ready))
		}
	}
	return nil
}

// history is what happened, for a failure to be read.
func (d *desk) history() string {
	var b strings.Builder
	for _, a := range d.tg.all() {
		fmt.Fprintf(&b, "%8.3f–%.3f %s row %s chat %d class %d slot %q message %d: %s\n",
			a.Start.Sub(d.start).Seconds(), a.End.Sub(d.start).Seconds(), a.Process, a.ID, a.Chat, a.Class, a.Slot, a.Message, a.Outcome.Kind)
	}
	return b.String()
}
