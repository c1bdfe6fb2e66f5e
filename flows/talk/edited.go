package talk

import (
	"powerdesk/flows/job"
	"powerdesk/flows/understand"
)

// edited takes a message that was changed. It is never an answer: what was answered
// stands, and that is said. Whoever has an open job has the new words passed on as such;
// a danger in them is one all the same.
func (d *Desk) edited(t *Turn) {
	if t.S.At.IsZero() || t.E.Text == "" {
		return
	}
	t.redact()
	atWork := t.holds() && t.Resting()
	if _, s := t.step(); !atWork && understand.Danger(t.E.Text).Sure && d.alarm(t, s) {
		return
	}
	switch j := t.Subject(); {
	case j != nil && !atWork:
		t.keepWithJob(j, job.Note{At: t.E.At, Text: t.E.Text, Changed: true}, "router.edited_passed")
	case t.Resting():
		t.Tell("router.edited_refused", nil)
		t.bare = true
	default:
		t.Tell("router.edited_stands", nil)
		t.ask = true
	}
}
