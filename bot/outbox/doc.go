// Package outbox takes committed rows to the sender: durable in the store,
// chosen by a pure function, sent at most as fast as the limits table allows,
// acknowledged after success.
//
// The app makes one Outbox for the process that acts for a bot's token, runs
// it, and Offers it the rows of every commit. All other rows (a standby's, a
// dead process's, those that were given back) it leases from the store.
//
//	                 ┌────────── given back: pause, shutdown ──────────┐
//	                 v                                                 │
//	commit ──> ready in the store ── Lease ── intake ──> waiting in ───┤
//	   │                                        ^        its lane      │
//	   └── leased at once ───────── Offer ──────┘          │ choose    │
//	                                                       v           │
//	                                                 in flight ── Flood, Fatal
//	      acked <── Sent, Done, a newer row of the slot ─┤
//	      waiting again <── Retry, Missing, Retarget, Refused, Bug (once, as plain text)
//	      buried <── Gone (a person), Bug again, too many attempts ─┘
//
// What it keeps to:
//
//  1. Rows of one chat leave in the order of their commits, one at a time.
//     Only a danger overtakes. Rows of one slot never overtake each other, and
//     of several that wait only the newest is sent, in the place of the oldest.
//     What lies in the store stays in order by the store's rule (Leases).
//  2. A row is acknowledged after Telegram took it, never before: a crash may
//     double a row and cannot lose one. While this process lives a row is sent
//     again only when an attempt failed or may have failed.
//  3. The limits table (limits.go) never holds a danger. A 429 holds everything
//     in the scope it names, for every process, with no lease held meanwhile.
//  4. Nothing is sent on a lease that may have run out.
//  5. What follows from a row that is given up is stored before the row is
//     buried: a crash in between repeats it.
//
// One goroutine owns all state and decides (loop.go); sends and store calls
// run beside it and report back, so there is no lock around a decision.
// Decisions take the time as an argument; the loop around them reads the
// standard clock, which testing/synctest replaces in tests.
//
// The package never talks to Telegram or Redis itself, never changes what a
// message says, and never logs text, names or the id of a private chat.
package outbox
