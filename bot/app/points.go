package app

// point names a step between an update and its answer at which a crash means
// something of its own (RELIABILITY §4, P1 to P10).
type point string

const (
	fetched    point = "fetched"    // P1: an update is here, nothing is decided
	decided    point = "decided"    // P2: a change is decided, not stored
	committed  point = "committed"  // P3: it is stored, Telegram does not know
	leased     point = "leased"     // P4: a message is this process's, not sent
	written    point = "written"    // P5: a send has gone out, no answer yet
	delivered  point = "delivered"  // P6: the answer is read, not stored
	unanswered point = "unanswered" // P7: a press is stored, its toast not sent
	draining   point = "draining"   // P8: the process is stopping
	renewing   point = "renewing"   // P9: the leader's lease is about to be renewed
	moving     point = "moving"     // P10: a group has a new id, nobody follows yet
)
