package outbox

import (
	"fmt"
	"testing"
	"time"

	"powerdesk/flows"
)

func TestOfferedRowsLeaveAtOnceAndAreAcked(t *testing.T) {
	t.Parallel()
	bubble(t, func(t *testing.T, d *desk) {
		d.run().commit(say(ann, "a"), say(bob, "b"))
		if got, want := d.timeline(), "a@0.1 b@0.1"; got != want && got != "b@0.1 a@0.1" && got != "a@0.0 b@0.0" {
			t.Errorf("timeline = %q, want %q", got, want)
		}
		d.pass(linger)
		if got := len(d.store.ids("acked")); got != 2 {
			t.Errorf("%d rows acked, want 2", got)
		}
	})
}

var _ = fmt.Sprint
var _ = flows.Danger
var _ = time.Second
