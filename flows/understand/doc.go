// Package understand reads a sentence once and gives what it means and what else it
// says. The talk asks it for every text a resident writes; `bot read` and the tests
// ask it too. It never decides what is done about a sentence, and knows nothing of
// whoever wrote it but the question on their screen.
package understand
