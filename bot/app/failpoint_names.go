package app

// failpointName names a step between an update and its answer at which a crash means
// something of its own (RELIABILITY §4, P1 to P10).
type failpointName string

const (
	atFetched    failpointName = "fetched"    // P1: an update is here, nothing is decided
	atDecided    failpointName = "decided"    // P2: a change is decided, not stored
	atCommitted  failpointName = "committed"  // P3: it is stored, Telegram does not know
	atOffered    failpointName = "offered"    // P4: a message is committed, the outbox has not heard of it
	atWritten    failpointName = "written"    // P5: a send has gone out, no answer yet
	atDelivered  failpointName = "delivered"  // P6: the answer is read, not stored
	atUnanswered failpointName = "unanswered" // P7: a press is stored, its toast not sent
	atDraining   failpointName = "draining"   // P8: the process is stopping
	atRenewing   failpointName = "renewing"   // P9: the leader's lease is about to be renewed
	atMoving     failpointName = "moving"     // P10: a group has a new id, nobody follows yet
)
