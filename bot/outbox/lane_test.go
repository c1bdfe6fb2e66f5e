package outbox

import (
	"strings"
	"testing"

	"powerdesk/flows/talk"
)

// order lists what waits in a lane, dangers first.
func order(l *lane) string {
	var words []string
	for _, e := range append(append([]*entry{}, l.danger...), l.rows...) {
		words = append(words, e.Say.Text)
	}
	return strings.Join(words, " ")
}

func TestLaneOrder(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		rows []Row
		want string
	}{
		{"rows keep their order", []Row{say(duty, "a"), say(duty, "b"), say(duty, "c")}, "a b c"},
		{"dangers stand before, in their order", []Row{say(duty, "a"), alarm(duty, "x"), say(duty, "b"), alarm(duty, "y")}, "x y a b"},
		{"the newest of a slot, in the place of the oldest", []Row{show(duty, "s", "s1"), say(duty, "a"), show(duty, "s", "s2"), show(duty, "s", "s3")}, "s3 a"},
		{"slots do not touch each other", []Row{show(duty, "s", "s1"), show(duty, "r", "r1"), show(duty, "s", "s2")}, "s2 r1"},
		{"an edit of an unsent danger stays a danger", []Row{say(duty, "a"), urgentShow("s", "s1"), show(duty, "s", "s2")}, "s2 a"},
		{"a card that becomes a danger overtakes", []Row{say(duty, "a"), show(duty, "s", "s1"), urgentShow("s", "s2")}, "s2 a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := waits(tt.rows...)[0]
			if got := order(l); got != tt.want {
				t.Errorf("lane = %q, want %q", got, tt.want)
			}
			for _, e := range l.takeAll() {
				l.insert(e)
			}
			if got := order(l); got != tt.want {
				t.Errorf("lane taken out and put back = %q, want %q", got, tt.want)
			}
		})
	}
}

func urgentShow(slot, text string) Row {
	r := show(duty, slot, text)
	r.Class = talk.Danger
	return r
}

func TestLaneTakesARowBackToItsPlace(t *testing.T) {
	t.Parallel()
	l := waits(say(ann, "a"), say(ann, "b"), say(ann, "c"))[0]
	a := l.rows[0]
	l.remove(a)
	if got, want := order(l), "b c"; got != want {
		t.Fatalf("lane = %q, want %q", got, want)
	}
	l.insert(a)
	if got, want := order(l), "a b c"; got != want {
		t.Errorf("lane = %q, want %q", got, want)
	}
}

func TestLaneDropsARowThatIsOlderThanWhatWasDelivered(t *testing.T) {
	t.Parallel()
	l := newLane(duty, nil)
	l.slot("s").last = "000000000005"
	old := &entry{Row: show(duty, "s", "old"), rank: "000000000004"}
	old.ID = "000000000004"
	if got := l.insert(old); got != old || !l.empty() {
		t.Errorf("insert = %v, lane %q; want the old row refused", got, order(l))
	}
}

func TestLanePutsAFailedRowBehindItsSuccessor(t *testing.T) {
	t.Parallel()
	l := waits(show(duty, "s", "s1"), say(duty, "a"))[0]
	first := l.rows[0]
	l.remove(first)
	newer := &entry{Row: show(duty, "s", "s2"), rank: "000000000003"}
	newer.ID = newer.rank
	l.insert(newer)
	first.after, first.fails = at(9), 2
	if stale := l.insert(first); stale != first {
		t.Fatalf("insert gave %v, want the failed row as replaced", stale)
	}
	if got, want := order(l), "s2 a"; got != want {
		t.Errorf("lane = %q, want %q", got, want)
	}
	if newer.fails != 2 || !newer.after.Equal(at(9)) {
		t.Errorf("the successor starts at %v after %d failures; it must keep the backoff", newer.after, newer.fails)
	}
}

func TestADangerDoesNotInheritABackoff(t *testing.T) {
	t.Parallel()
	l := waits(show(duty, "s", "card"))[0]
	l.rows[0].after, l.rows[0].fails = at(300), 8
	fire := &entry{Row: urgentShow("s", "fire"), rank: "000000000002"}
	fire.ID = fire.rank
	l.insert(fire)
	if !fire.after.IsZero() || fire.fails != 0 {
		t.Errorf("the danger waits until %v after %d failures that are not its own", fire.after, fire.fails)
	}
}

func TestLaneIsForgottenOnlyWhenNothingIsKnownOfIt(t *testing.T) {
	t.Parallel()
	now := at(1000)
	tests := []struct {
		name string
		set  func(*lane)
		want bool
	}{
		{"fresh", func(*lane) {}, true},
		{"busy", func(l *lane) { l.busy = &entry{} }, false},
		{"paused", func(l *lane) { l.pause = at(1001) }, false},
		{"pause over", func(l *lane) { l.pause = at(999) }, true},
		{"limit still counts", func(l *lane) { l.meters[0].spend(at(960)) }, false},
		{"limit counted out", func(l *lane) { l.meters[0].spend(at(940)) }, true},
		{"slot just used", func(l *lane) { l.slot("s").at = at(960) }, false},
		{"slot long unused", func(l *lane) { l.slot("s").at = at(930) }, true},
		{"a group that threw the bot out", func(l *lane) { l.gone = true }, false},
		{"slot's ack not stored", func(l *lane) { l.slot("s").settling = "1" }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := newLane(duty, Limits(25))
			tt.set(l)
			if got := l.idle(now); got != tt.want {
				t.Errorf("idle = %v, want %v", got, tt.want)
			}
		})
	}
}
