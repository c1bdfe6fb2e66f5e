// Package outbox takes committed rows to the sender: durable in the store, held in
// memory by the one process that acts, chosen by a pure function, sent at most as
// fast as the limits table allows, acknowledged after success.
//
// The app makes one Outbox for its process, runs it while a term is its own, and
// Offers it the rows of every commit made for that term. All other rows (of earlier
// terms, of a standby, of a commit whose reply was lost) it reads from the store, in
// the order of the commits; on a new term the dangers first.
//
//	commit ──> the store's list ──> read ──┐
//	   │                                   v
//	   └──────── Offer ──────────> waiting in its lane <────────────┐
//	                                   │ choose                     │
//	                                   v                            │
//	                               in flight ── Retry, Flood, Fatal, Refused,
//	                                   │         Missing, Retarget, Bug (once, as plain text)
//	     acked <── Sent, Done, a newer row of the slot, Forget
//	     buried <── Gone (a person), Bug again, too many attempts, too old
//
// What it keeps to:
//
//  1. Rows of one chat leave in the order of their commits, one at a time.
//     Only a danger overtakes, and whatever a chat takes after it refused another
//     row. Rows of one slot never overtake each other, and of several that wait only
//     the newest is sent, in the place of the oldest.
//  2. A row is acknowledged after Telegram took it, never before: a crash may
//     double a row and cannot lose one. While this process lives a row is sent
//     again only when an attempt failed or may have failed. Of a row that an earlier
//     term may have sent the sender is told.
//  3. The limits table (limits.go) never holds a danger. A 429 holds everything
//     in the scope it names, for every process.
//  4. Nothing is sent for a term that is over (Term.Sender looks in the moment of
//     sending), and nothing that is said for it changes anything. What this process
//     could not tell the store it tells in its next term, before it reads.
//  5. What follows from the end of a row is stored before the end: a crash in
//     between repeats it.
//  6. Memory is bounded (Options.Hold): what does not fit stays in the store and is
//     read in its order. A row that is older than MaxAge is buried with an alarm.
//  7. Whoever is to be forgotten is: of what was committed for them before nothing
//     is sent any more, whichever process took their word.
//
// One goroutine owns all state and decides (loop.go); sends and store calls
// run beside it and report back, so there is no lock around a decision.
// Decisions take the time as an argument; the loop around them reads the
// standard clock, which testing/synctest replaces in tests.
//
// The package never talks to Telegram or Redis itself, never changes what a
// message says, and never logs text, names or the id of a private chat.
package outbox
