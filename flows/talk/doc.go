// Package talk is the engine that decides. It takes one event of one person, goes
// through the flow that the person is in, and says what is to be done; the flows
// themselves, in the folders beside it, are declared as steps and handed to New.
// It does nothing of what it decides: no network, no disk, no clock, no
// randomness, no log. What it needs of those arrives in the Event; what it wants
// done leaves as Effects.
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
// The engine runs any flow and knows none but by name: the menu, the flow that
// takes an alarm, and the step of a person to ask. What happens to jobs it leaves
// to a Crew, which is flows/duty.
package talk
