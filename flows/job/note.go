package job

import "time"

// MaxKept is how many words and pictures one talk or job keeps: many more than
// anybody needs, and few enough for the crew's screen.
const MaxKept = 50

// Note is words or a picture that stay with the job and reach who holds it: the
// pair, and the clerk who tops up for it.
type Note struct {
	At    time.Time  `json:"at"`
	Chat  int64      `json:"chat,omitempty"` // whose it is, so that it can be erased with the rest of them
	Text  string     `json:"text,omitempty"`
	Media Attachment `json:"media,omitzero"`

	Changed bool `json:"changed,omitempty"` // a message that was written before and says this now
}
