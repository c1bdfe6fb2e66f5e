package outbox

import (
	"context"
	"errors"
	"time"

	"powerdesk/flows/talk"
)

// Row is one committed message on its way to Telegram.
type Row struct {
	ID        string // of fixed width: sorts in the order of the commits
	Chat      int64  // where to send it; after a Retarget the new chat
	Slot      string // "" = an ordinary message, else a Show of that slot
	Class     talk.Class
	Say       talk.Say
	Keep      time.Duration // of a Slot: how long its message is to be remembered
	Message   int           // the Telegram message the slot already has: edit it; 0 = send
	Attempts  int           // failed attempts that may be the row's own fault
	Ambiguous bool          // an earlier attempt may have been delivered
	Plain     bool          // send without markup: Telegram refused the row's HTML
	At        time.Time     // when it was committed
	Forget    bool          // no message: what was committed for the chat before is not to be sent
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

// ErrOver is in what a Store gives when the owner's term is over: nothing was done.
var ErrOver = errors.New("the term is over")

// Store is where rows live until it is told what became of them. Every call speaks
// for the owner of a term; another error than ErrOver means that the outcome is not
// known: the call is made again.
type Store interface {
	// Rows gives up to n rows after an ID, in the order of the commits; "" = from the
	// first.
	Rows(ctx context.Context, owner, after string, n int) (Page, error)
	// Dangers gives all rows of that class, wherever they stand.
	Dangers(ctx context.Context, owner string) ([]Row, error)
	// Settle takes in what became of rows. What is said twice changes nothing.
	Settle(ctx context.Context, owner string, w Settlement) error
	Pauses
}

// Page is a part of the rows.
type Page struct {
	Rows []Row
	All  int // rows that the store has, read or not

	// Strange counts the commits that were not made for the
	// term of their time: their rows were not offered.
	Strange int64
}

// Settlement is what became of rows.
type Settlement struct {
	Tries  map[string]int // by ID: Row.Attempts so far, which a later term goes on from; heard before Acks
	Acks   []Ack
	Buried []Burial
}

// Ack says that a row is done. With a Slot it also says which message the slot
// has now; a row that was not sent is acked without.
type Ack struct {
	Row     Row
	Slot    string
	Chat    int64
	Message int
}

// Burial gives a row up.
type Burial struct {
	Row    Row
	Reason string
}

// Pauses keeps the scopes that Telegram closed: "bot" or "chat/-100123".
type Pauses interface {
	Pause(ctx context.Context, scope string, d time.Duration) error
	Pauses(ctx context.Context) (map[string]time.Duration, error)
}
