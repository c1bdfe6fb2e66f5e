package flows

// What the tables of this package's tests look into.
var (
	Occurs   = func(text, phrase string) int { return len(occurrences(text, phrase)) }
	DenyTest = func(text string) bool { return (&Turn{E: Event{Text: text}}).DeniesDanger() }
)
