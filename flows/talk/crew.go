package talk

import (
	"time"

	"powerdesk/flows/job"
)

// Crew is the crew's side of the desk: flows/duty. Follow is the only place
// where a job's change becomes messages, so that no change can go untold.
type Crew interface {
	// Group handles what is said in a group the desk serves, and what was found
	// there.
	Group(t *Turn)
	// Due handles a reminder of the crew, "duty/...". It is nobody's talk: the
	// session belongs to the reminder's chat, which may be 0.
	Due(t *Turn)
	// Failed tells a writer that their words could not be delivered.
	Failed(t *Turn)
	// Delivered takes note of a message that has surely arrived.
	Delivered(t *Turn)
	// Press handles an inline button, wherever it was pressed.
	Press(t *Turn)
	// Started is called when a person opens the private chat; it says whether it
	// had something for them.
	Started(t *Turn) bool
	// Heard is offered the words and pictures of a resting talk that nobody else
	// took; it says whether they were for somebody.
	Heard(t *Turn) bool
	// Follow turns the difference between two states of a job into effects.
	// Before is nil for a new job.
	Follow(t *Turn, before, after *job.Job)
	// NextWord is by when residents hear of a job though nobody does anything; zero =
	// nothing is sure to come.
	NextWord(t *Turn, j *job.Job) time.Time
}
