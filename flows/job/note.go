package job

import "time"

// MaxKept is how many words and pictures one talk or job keeps: many more than
// anybody needs, and few enough for the crew's screen.
const MaxKept = 50

// Note is something that stays with the job and reaches the pair.
type Note struct {
	At    time.Time  `json:"at"`
	Chat  int64      `json:"chat,omitempty"` // whose it is, so that it can be erased with the rest of them
	Text  string     `json:"text,omitempty"`
	Media Attachment `json:"media,omitzero"`
}
