// Package flows decides. It is the part of the desk that knows how a talk with
// a resident goes and what may happen to a job, and nothing else: no network,
// no disk, no clock, no randomness, no log. What it needs of those arrives in
// the Event; what it wants done leaves as Effects.
//
//	Step(state, event) -> state, effects      decide  (here)
//	Commit(state, effects)                    store   (bot/store, one script)
//	send                                      send    (bot/outbox, bot/telegram)
//
// The caller (bot/app) keeps four duties:
//
//  1. Load the state that the event names, and hand over copies nobody else
//     writes to: Step may change what it is given.
//  2. When the effects hold a Lookup, answer it with a Found event in the same
//     handling, and go on with the state that Step returned.
//  3. Commit state and effects at once or not at all; on a conflict load again
//     and Step again.
//  4. Send only what was committed. "Received" leaves after it is stored.
//
// One folder below this one is one conversation (outage, topup, contact, …) or
// the crew's side of a job (duty). Those folders import this package and
// flows/words, never each other; flows/desk lists them all.
package talk
