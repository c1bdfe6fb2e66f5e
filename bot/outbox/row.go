package outbox

import (
	"context"
	"time"

	"powerdesk/flows/talk"
)

// Row is one committed message on its way to Telegram.
type Row struct {
	ID        string // zero-padded decimal sequence: sorts in order of commit
	Chat      int64  // where to send it; after a Retarget the new chat
	Slot      string // "" = an ordinary message, else a Show of that slot
	Class     talk.Class
	Say       talk.Say
	Message   int       // the Telegram message the slot already has: edit it; 0 = send
	Attempts  int       // how often it went back to the store
	Ambiguous bool      // an earlier attempt may have been delivered
	Plain     bool      // send without markup: Telegram refused the row's HTML
	At        time.Time // when it was committed
}

// Sender makes one attempt to deliver a row. Send is called from many
// goroutines, never twice at once for one chat, and returns soon after its
// context ends.
type Sender interface {
	Send(ctx context.Context, row Row) Outcome
}

// Outcome is what became of an attempt.
type Outcome struct {
	Kind       Kind
	Message    int           // Sent: the id of the new message
	RetryAfter time.Duration // Flood: how long the scope is closed; 0 = not said
	Chat       int64         // Flood: the closed chat, 0 = the whole bot. Retarget: the new chat
	Ambiguous  bool          // it may have been delivered all the same
	Err        error         // for the log; holds no secret and no text of the row
}

// Kind sorts outcomes by what has to happen next.
type Kind int

// The kinds of Outcome (RELIABILITY §2 "Error classes"). The zero Kind is none
// of them.
const (
	Sent     Kind = iota + 1 // Telegram has it
	Done                     // nothing to do any more: "message is not modified"
	Flood                    // 429: a scope is closed for a while
	Retry                    // may work later: network, 5xx
	Retarget                 // the group became a supergroup and has another id
	Gone                     // the recipient cannot be reached: blocked, kicked, deleted
	Missing                  // the message to edit is gone: send it anew
	Bug                      // Telegram refuses what the desk wrote
	Refused                  // the chat takes nothing now, or nobody knows why it did not take this
	Fatal                    // the token is refused: nothing can be sent
)

func (k Kind) String() string {
	names := [...]string{"unknown", "sent", "done", "flood", "retry", "retarget", "gone", "missing", "bug", "refused", "fatal"}
	if k < 0 || int(k) >= len(names) {
		return names[0]
	}
	return names[k]
}

// Store is where rows live until they are acknowledged. A call that speaks for
// rows names their owner; rows that are not the owner's are left alone, without
// an error. An error means that the outcome is not known: the call is made
// again.
type Store interface {
	Leases
	Results
	Pauses
}

// Leases hands rows to one owner for a time.
//
// The store keeps the order of a chat between owners and between times: it
// leases a row, in Lease or in a commit, only when all older rows of its chat
// are done or leased to the same owner. For a danger only older dangers count.
// Rows of one slot are never leased to two owners at once, and none that is
// older than one that is done. So a row that comes here may leave as soon as
// those before it here have left.
type Leases interface {
	// Lease takes at most n due rows, those of the more urgent class first. A
	// call that failed may have taken rows all the same: the next one gives
	// those again.
	Lease(ctx context.Context, owner string, n int, lease time.Duration) ([]Row, error)
	// Extend makes the leases of these rows end a full lease from now.
	Extend(ctx context.Context, owner string, ids []string, lease time.Duration) error
	// Reap makes rows due again whose lease ran out, and marks them ambiguous.
	Reap(ctx context.Context) (int, error)
}

// Results ends the lease of a row.
type Results interface {
	Ack(ctx context.Context, owner string, acks []Ack) error
	Nack(ctx context.Context, owner string, nacks []Nack) error
	Bury(ctx context.Context, owner, id, reason string) error
}

// Pauses keeps the scopes that Telegram closed: "bot" or "chat/-100123".
type Pauses interface {
	Pause(ctx context.Context, scope string, d time.Duration) error
	Pauses(ctx context.Context) (map[string]time.Duration, error)
}

// Ack says that a row is done. With a Slot it also says which message the slot
// has now; a row that a newer one replaced is acked without.
type Ack struct {
	ID      string
	Slot    string
	Chat    int64
	Message int
}

// Nack gives a row back, due after Delay.
type Nack struct {
	ID        string
	Delay     time.Duration
	Ambiguous bool // it may have been delivered
}
