package talk

import "powerdesk/flows/text"

// redact takes the numbers of bank cards out of what somebody says, and tells them.
func (t *Turn) redact() {
	cleaned, found := text.RedactCards(t.E.Text)
	note, inCaption := text.RedactCards(t.E.Media.Note)
	if !found && !inCaption {
		return
	}
	t.E.Text, t.E.Media.Note = cleaned, note
	t.redacted = true
	t.Tell("router.blanked", nil)
}

// Redacted says whether something was taken out of what the person just said: it
// is no answer then.
func (t *Turn) Redacted() bool { return t.redacted }
