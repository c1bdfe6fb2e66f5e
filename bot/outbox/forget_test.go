package outbox

import (
	"maps"
	"strings"
	"testing"
	"time"
)

// forget is what a commit appends for somebody who wants to be forgotten.
func forget(chat int64) Row { return Row{Chat: chat, Forget: true} }

func TestForgettingDropsWhatWaits(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		play func(d *desk)
		want string
	}{
		"what is in memory": {func(d *desk) {
			d.run().commit(say(ann, "on its way"), say(ann, "secret"))
			d.commit(say(bob, "other"))
			d.commit(forget(ann), say(ann, "forgotten"))
		}, "on its way other forgotten"},
		"in words that another replica took": {func(d *desk) {
			d.run().commit(say(ann, "on its way"), say(ann, "secret"))
			d.commit(say(bob, "other"))
			d.store.commit("", forget(ann), say(ann, "forgotten"))
		}, "on its way other forgotten"},
		"what was not read yet": {func(d *desk) {
			d.store.commit("", say(ann, "secret"), say(bob, "other"))
			d.store.commit("", forget(ann), say(ann, "forgotten"))
			d.run()
		}, "other forgotten"},
		"what did not fit in memory": {func(d *desk) {
			d.opts.Hold = 2
			d.run().commit(say(bob, "b1"), say(bob, "b2"), say(bob, "b3"))
			d.commit(say(ann, "secret"))
			d.commit(forget(ann))
		}, "b1 b2 b3"},
		"what fails on its way": {func(d *desk) {
			d.tg.answer = func(row Row, _ int) (Outcome, time.Duration) {
				if row.Say.Text == "on its way" {
					return Outcome{Kind: Retry, Ambiguous: true}, time.Second
				}
				return Outcome{Kind: Sent}, time.Second
			}
			d.run().commit(say(ann, "on its way"))
			d.commit(forget(ann), say(ann, "forgotten"))
		}, "on its way forgotten"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bubble(t, func(t *testing.T, d *desk) {
				d.tg.answer = func(Row, int) (Outcome, time.Duration) { return Outcome{Kind: Sent}, time.Second }
				tt.play(d)
				d.pass(time.Minute)
				// Chats do not wait for each other.
				if got := d.tg.texts(); !maps.Equal(counted(got), counted(tt.want)) {
					t.Errorf("sent %q, want %q", got, tt.want)
				}
				if left := d.store.ids("waiting"); len(left) > 0 {
					t.Errorf("left in the store: %v", left)
				}
			})
		})
	}
}

func counted(texts string) map[string]int {
	n := map[string]int{}
	for _, word := range strings.Fields(texts) {
		n[word]++
	}
	return n
}
