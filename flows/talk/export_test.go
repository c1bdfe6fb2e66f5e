package talk

// What the tables of this package's tests look into.
var (
	DenyTest = func(said string) bool { return (&Turn{E: Event{Text: said}}).DeniesDanger() }
)
