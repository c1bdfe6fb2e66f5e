package outbox

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// floods answers the first attempt of some rows with a 429, by their text.
func floods(outs map[string]Outcome) func(Row, int) (Outcome, time.Duration) {
	return func(row Row, nth int) (Outcome, time.Duration) {
		if out, ok := outs[row.Say.Text]; ok && nth == 0 {
			out.Kind = Flood
			return out, 0
		}
		return Outcome{Kind: Sent}, 0
	}
}

func TestFloodClosesTheScopeItNames(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		floods map[string]Outcome
		want   string
		pauses map[string]time.Duration // as stored, counted from the start
	}{
		{
			"one chat: the other goes on, dangers wait too",
			map[string]Outcome{"a": {Chat: duty, RetryAfter: 7 * time.Second}},
			"a@0.0 b@1.0 fire@7.0 a@7.0 c@7.0 d@7.0",
			map[string]time.Duration{"chat/-1001": 7 * time.Second},
		},
		{
			"no chat: everything waits",
			map[string]Outcome{"a": {RetryAfter: 7 * time.Second}},
			"a@0.0 fire@7.0 a@7.0 b@7.0 c@7.0 d@7.0",
			map[string]time.Duration{"bot": 7 * time.Second},
		},
		{
			"two chats in a short time: everything waits",
			map[string]Outcome{"a": {Chat: duty, RetryAfter: 7 * time.Second}, "b": {Chat: bob, RetryAfter: 9 * time.Second}},
			"a@0.0 b@1.0 fire@10.0 a@10.0 b@10.0 c@10.0 d@10.0",
			map[string]time.Duration{"bot": 10 * time.Second, "chat/-1001": 7 * time.Second, "chat/12": 10 * time.Second},
		},
		{
			"nothing said: a pause all the same",
			map[string]Outcome{"a": {Chat: duty}},
			"a@0.0 b@1.0 fire@10.0 a@10.0 c@10.0 d@10.0",
			map[string]time.Duration{"chat/-1001": floodDefault},
		},
		{
			"a moment: waited out in memory",
			map[string]Outcome{"a": {Chat: duty, RetryAfter: 2 * time.Second}},
			"a@0.0 b@1.0 fire@2.0 a@2.0 c@2.0 d@2.0",
			map[string]time.Duration{"chat/-1001": 2 * time.Second},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			bubble(t, func(t *testing.T, d *desk) {
				d.opts.Senders = 1
				d.tg.answer = floods(tt.floods)
				d.run().commit(say(duty, "a"))
				d.pass(time.Second)
				d.commit(say(bob, "b"), say(duty, "c"), alarm(duty, "fire"))
				d.commit(say(duty, "d"))
				d.pass(time.Minute)
				if diff := cmp.Diff(simultaneous(tt.want), simultaneous(d.timeline())); diff != "" {
					t.Errorf("timeline (-want +got):\n%s", diff)
				}
				got := map[string]time.Duration{}
				for scope, until := range d.store.pauses {
					got[scope] = until.Sub(d.start).Truncate(2 * groupWait) // of a group
				}
				if diff := cmp.Diff(tt.pauses, got); diff != "" {
					t.Errorf("pauses stored (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// simultaneous reads a timeline as what was sent at each instant.
func simultaneous(timeline string) map[string][]string {
	at := map[string][]string{}
	for _, word := range strings.Fields(timeline) {
		text, when, _ := strings.Cut(word, "@")
		at[when] = append(at[when], text)
		slices.Sort(at[when])
	}
	return at
}

func TestRowsWaitOutALongPause(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.opts.Senders = 1
		d.tg.answer = floods(map[string]Outcome{"a": {RetryAfter: 1400 * time.Second}})
		d.run()
		for _, text := range []string{"a", "b", "c"} {
			d.commit(say(ann, text))
		}
		d.pass(time.Second)
		d.commit(say(ann, "d"), alarm(duty, "fire"))
		d.pass(20 * time.Minute)
		if got := d.store.ids("waiting"); len(got) != 5 {
			t.Errorf("the store keeps %v during the pause, want all", got)
		}
		d.pass(5 * time.Minute)
		if got, want := d.tg.texts(), "a fire a b c d"; got != want {
			t.Errorf("sent %q, want %q", got, want)
		}
	})
}

func TestAFloodIsNoAttempt(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.opts.Attempts = 2
		d.tg.answer = func(_ Row, nth int) (Outcome, time.Duration) {
			if nth < 10 {
				return Outcome{Kind: Flood, Chat: ann, RetryAfter: time.Duration(nth) * time.Second}, 0
			}
			return Outcome{Kind: Sent}, 0
		}
		rows := d.run().commit(say(ann, "a"))
		d.pass(5 * time.Minute)
		if r := d.store.row(rows[0].ID); r.state != "acked" {
			t.Errorf("the row is %s after ten 429s, want acked", r.state)
		}
	})
}

func TestAPauseSurvivesTheProcess(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.tg.answer = floods(map[string]Outcome{"a": {Chat: ann, RetryAfter: 30 * time.Second}})
		d.run().commit(say(ann, "a"))
		d.pass(5 * time.Second)
		if err := d.halt(); err != nil {
			t.Fatal(err)
		}
		d.run().commit(say(ann, "b"), say(bob, "c"))
		d.pass(time.Minute)
		if got, want := d.timeline(), "a@0.0 c@5.0 a@30.0 b@30.0"; got != want {
			t.Errorf("timeline = %q, want %q", got, want)
		}
	})
}

func TestNothingIsSentBeforeThePausesAreKnown(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.store.pauses["bot"] = time.Now().Add(10 * time.Second)
		d.store.breakDown(func(op string) fault {
			if op == "pauses" && time.Since(d.start) < 5*time.Second {
				return fails
			}
			return fine
		})
		d.run().commit(say(ann, "a"), alarm(duty, "fire"))
		d.pass(9 * time.Second)
		if got := d.timeline(); got != "" {
			t.Errorf("sent %q inside a pause", got)
		}
		d.pass(5 * time.Second)
		if got := len(d.store.ids("acked")); got != 2 {
			t.Errorf("%d rows delivered after the pause, want 2", got)
		}
	})
}

func TestUnknownPausesAreNotObeyedAndNotFatal(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		for _, scope := range []string{"", "chat/", "chat/x", "town/1"} {
			d.store.pauses[scope] = time.Now().Add(time.Hour)
		}
		d.run().commit(say(ann, "a"))
		d.pass(time.Second)
		if got, want := d.tg.texts(), "a"; got != want {
			t.Errorf("sent %q, want %q", got, want)
		}
	})
}

// A row offered after the pause must not overtake those that are still on their
// way back from the store.
func TestOrderIsKeptAcrossAPause(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.tg.answer = floods(map[string]Outcome{"a": {Chat: ann, RetryAfter: 5 * time.Second}})
		d.run().commit(say(ann, "a"), say(ann, "b"))
		d.pass(5*time.Second + time.Millisecond)
		d.commit(say(ann, "c"))
		d.pass(10 * time.Second)
		if got, want := d.tg.texts(), "a a b c"; got != want {
			t.Errorf("sent %q, want %q", got, want)
		}
	})
}
