package outbox

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// takeAway is a row that deletes the message of its slot.
func takeAway(chat int64, slot string) Row {
	r := show(chat, slot, "away")
	r.Say.Delete = true
	return r
}

// calls lists what was attempted, each with the message it was about.
func (tg *telegram) calls() string {
	var words []string
	for _, a := range tg.all() {
		words = append(words, fmt.Sprintf("%s(%d)", a.Say.Text, a.Message))
	}
	return strings.Join(words, " ")
}

func TestTakingAMessageAway(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		do   func(d *desk)
		outs []Outcome // of the deletion
		want string
	}{
		"and showing it again sends a new one": {func(d *desk) {
			d.commit(show(ann, "s", "first"))
			d.pass(5 * time.Second)
			d.commit(takeAway(ann, "s"))
			d.pass(5 * time.Second)
			d.commit(show(ann, "s", "again"))
			d.pass(5 * time.Second)
			d.commit(show(ann, "s", "edit"))
		}, nil, "first(0) away(1) again(0) edit(2)"},
		"in a burst, while the first is on its way": {func(d *desk) {
			d.commit(show(ann, "s", "first"), takeAway(ann, "s"))
		}, nil, "away(0)"},
		"that is gone already": {func(d *desk) {
			d.commit(show(ann, "s", "first"))
			d.pass(5 * time.Second)
			d.commit(takeAway(ann, "s"))
			d.pass(5 * time.Second)
			d.commit(show(ann, "s", "again"))
		}, []Outcome{{Kind: Done}}, "first(0) away(1) again(0)"},
		"at the second attempt": {func(d *desk) {
			d.commit(show(ann, "s", "first"))
			d.pass(5 * time.Second)
			d.commit(takeAway(ann, "s"))
		}, []Outcome{{Kind: Retry, Ambiguous: true}}, "first(0) away(1) away(1)"},
		"whose id nobody knows any more": {func(d *desk) {
			d.commit(show(ann, "s", "first"))
			d.pass(5 * time.Second)
			d.commit(takeAway(ann, "s"))
		}, []Outcome{{Kind: Missing}}, "first(0) away(1) away(0)"},
		"cancels what waits": {func(d *desk) {
			d.commit(say(ann, "before"), show(ann, "s", "first"))
			d.commit(takeAway(ann, "s"))
		}, nil, "before(0) away(0)"},
		"when the next words are there already": {func(d *desk) {
			d.commit(show(ann, "s", "first"))
			d.pass(5 * time.Second)
			d.commit(takeAway(ann, "s"))
			d.commit(show(ann, "s", "again")) // it was leased before the deletion was stored
		}, nil, "first(0) away(1) again(0)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, func(t *testing.T, d *desk) {
				d.tg.answer = func(row Row, nth int) (Outcome, time.Duration) {
					if row.Say.Delete && nth < len(tt.outs) {
						return tt.outs[nth], 0
					}
					if row.Say.Delete && row.Message == 0 {
						return Outcome{Kind: Done}, 0
					}
					return Outcome{Kind: Sent}, 200 * time.Millisecond
				}
				d.run()
				tt.do(d)
				d.pass(time.Minute)
				if got := d.tg.calls(); got != tt.want {
					t.Errorf("called %s, want %s", got, tt.want)
				}
				if left := len(d.store.ids("waiting")) + len(d.store.ids("buried")); left != 0 {
					t.Errorf("%d rows are not acknowledged", left)
				}
			})
		})
	}
}
