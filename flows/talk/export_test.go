package talk

import "powerdesk/flows/text"

// What the tables of this package's tests look into.
var (
	Occurs   = func(said, phrase string) int { return len(text.Occurrences(said, phrase)) }
	DenyTest = func(said string) bool { return (&Turn{E: Event{Text: said}}).DeniesDanger() }
)
