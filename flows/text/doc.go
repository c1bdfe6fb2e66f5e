// Package text is how words are read: two writings of one name are folded to the
// same, a typo is forgiven where it cannot mean another place, and numerals, clock
// times, phones, sums and what a meter shows are found in what somebody typed. It
// also takes out what nobody may read, the numbers of bank cards.
//
// The engine and the flows call it with words as they came; flows/county reads
// the names of places with it. It knows no sentence of the desk, no county and no
// job, keeps nothing, and never decides what is done with what it read: words
// that it does not understand give the zero answer, not an error.
package text
