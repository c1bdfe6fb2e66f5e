package talk

import (
	"cmp"

	"powerdesk/flows/understand"
	"powerdesk/flows/words"
)

// proposeRef is the step that asks whether something was meant.
const proposeRef = "meant/meant"

// What a proposal keeps under: the intent, and the words it was read from.
const (
	proposedIntent = "meant/intent"
	proposedWords  = "meant/words"
)

// propose asks whether an intent was meant, in its own words, before anything is
// done about it.
func (d *Desk) propose(t *Turn, i understand.Intent) bool {
	if !t.Resting() || t.E.From.Member || !words.Has(t.S.Lang, "meant."+string(i)) {
		return false
	}
	said := t.E.Text
	t.Begin(proposeRef)
	t.Keep(proposedIntent, string(i))
	t.Keep(proposedWords, said)
	return true
}

// Proposed gives the blanks of the question: what may have been meant.
func Proposed(t *Turn) words.Args {
	return words.Args{"What": t.label("meant." + cmp.Or(t.Answer("intent"), string(understand.Outage)))}
}

// Meant does what was proposed and is confirmed now.
func Meant(t *Turn) {
	i := understand.Intent(t.Answer("intent"))
	said := t.Answer("words")
	t.Clear()
	t.E.Text, t.read = said, nil
	read := t.reading()
	read.Intent, read.Likely, read.Doubt = i, 1, false
	t.read = &read
	if row := t.Desk.row(t, i); row != nil {
		t.Desk.do(t, *row, read)
	}
}

// NotMeant takes the words to a person when they were not understood a second time.
func NotMeant(t *Turn) {
	said := t.Answer("words")
	t.Clear()
	t.E.Text, t.read = said, &understand.Reading{}
	t.Desk.lost(t)
}
