package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"powerdesk/flows/talk"
)

// Row is one message of the outbox.
type Row struct {
	ID        string // 16 digits: sorts in the order of the commits
	Chat      int64
	Slot      string
	Class     talk.Class // the most pressing that the slot has been shown with while it waited
	Say       talk.Say
	Message   int       // Telegram's id of the slot's message in Chat; 0 = none is known
	Attempts  int       // how often it came back
	Ambiguous bool      // an earlier attempt may have reached Telegram
	At        time.Time // Change.At of the commit that appended it
}

// Ack says that a row was sent. The Message is remembered for the Slot, in Chat:
// where the row really went. Message 0 is a slot whose message is gone: the next
// row of it is a new one. A row that was not sent, because a newer one replaced
// it, is acked without its Slot.
type Ack struct {
	ID      string
	Slot    string
	Chat    int64
	Message int
}

// Nack says that a row was not sent, or that nobody knows.
type Nack struct {
	ID        string
	Delay     time.Duration // before the next attempt
	Ambiguous bool          // it may have reached Telegram
}

// Backlog is the state of the outbox.
type Backlog struct {
	Ready  int       // rows that wait, due or not
	Leased int       // rows in somebody's hands
	Dead   int       // rows that were buried in the last seven days
	Oldest time.Time // Row.At of the first of Ready and Leased; zero = there is none
}

// Lease gives the owner up to n rows that are due, for so long. Rows of one lane
// come in order, and only if none of that lane is leased; across lanes the lower
// class comes first, then the longest due. A row whose body cannot be read is
// buried and logged. Errors: ErrUnavailable.
func (s *Store) Lease(ctx context.Context, owner string, n int, lease time.Duration) ([]Row, error) {
	return s.LeaseIn(ctx, 0, owner, n, lease)
}

// LeaseIn is Lease for the owner's term as the leader: once that is over it
// gives nothing. Errors: as Lease.
func (s *Store) LeaseIn(ctx context.Context, term int64, owner string, n int, lease time.Duration) ([]Row, error) {
	reply, err := s.write(ctx, "lease", owner, rand.Text(), n, lease.Milliseconds(), term)
	if err != nil {
		return nil, fmt.Errorf("leasing rows: %w", err)
	}
	return s.rows(ctx, owner, reply), nil
}

// Ack ends rows that the owner has sent. Errors: ErrLost for rows whose lease
// went to somebody else or was taken back, ErrUnavailable.
func (s *Store) Ack(ctx context.Context, owner string, acks []Ack) error {
	args := []any{owner, rand.Text(), len(acks)}
	for _, ack := range acks {
		args = append(args, ack.ID, ack.Slot, ack.Chat, ack.Message)
	}
	return s.speak(ctx, "ack", args)
}

// Nack returns rows to those that wait. A row with rows of its chat behind it
// holds them back until it is due, so who nacks a row nacks, and does not send,
// the later ones of that chat. When its slot has a newer row already, the older
// one is dropped. Errors: as Ack.
func (s *Store) Nack(ctx context.Context, owner string, nacks []Nack) error {
	args := []any{owner, rand.Text(), len(nacks)}
	for _, nack := range nacks {
		ambiguous := 0
		if nack.Ambiguous {
			ambiguous = 1
		}
		args = append(args, nack.ID, nack.Delay.Milliseconds(), ambiguous)
	}
	return s.speak(ctx, "nack", args)
}

// Bury takes a row out for good. It is counted, and kept for seven days without
// its words: to whom it was not sent, how urgent it was, and why.
// Errors: as Ack.
func (s *Store) Bury(ctx context.Context, owner, id, reason string) error {
	return s.speak(ctx, "bury", []any{owner, rand.Text(), id, reason})
}

// Extend makes the lease of rows end so long from now. Errors: as Ack.
func (s *Store) Extend(ctx context.Context, owner string, ids []string, lease time.Duration) error {
	args := []any{owner, rand.Text(), lease.Milliseconds(), len(ids)}
	for _, id := range ids {
		args = append(args, id)
	}
	return s.speak(ctx, "extend", args)
}

// speak runs a script of the holder of a lease, and reports what it did not
// hold.
func (s *Store) speak(ctx context.Context, script string, args []any) error {
	reply, err := s.write(ctx, script, args...)
	if err != nil {
		return fmt.Errorf("sending %s: %w", script, err)
	}
	if err := lost(texts(reply)); err != nil {
		return fmt.Errorf("sending %s: %w", script, err)
	}
	return nil
}

// A call of Reap is bounded by these, so that it never holds Redis up.
const (
	reapMost = 200
	reapPage = 100
)

// Reap returns rows whose lease has run out to those that wait, marked as
// ambiguous, and repairs rows that fell out of their sets, a page a call. It
// gives the number of rows returned. Errors: ErrUnavailable.
func (s *Store) Reap(ctx context.Context) (int, error) {
	reply, err := s.write(ctx, "reap", reapMost, reapPage)
	if err != nil {
		return 0, fmt.Errorf("reaping leases: %w", err)
	}
	return int(number(texts(reply)[0])), nil
}

// Backlog counts the outbox. Errors: ErrUnavailable.
func (s *Store) Backlog(ctx context.Context) (Backlog, error) {
	reply, err := s.read(ctx, "backlog")
	if err != nil {
		return Backlog{}, fmt.Errorf("counting the backlog: %w", err)
	}
	f := texts(reply)
	b := Backlog{Ready: int(number(f[0]) - number(f[1])), Leased: int(number(f[1])), Dead: int(number(f[2]))}
	if f[3] != "0" {
		b.Oldest = time.UnixMilli(number(f[3]))
	}
	return b, nil
}

// Pause holds a scope back, for every process: "bot", "chat/-100123" or
// "method/getUpdates". A shorter pause never ends a longer one, and none ends
// early: the parts of milliseconds that get lost on the way are added.
// Errors: ErrUnavailable.
func (s *Store) Pause(ctx context.Context, scope string, d time.Duration) error {
	const lost = 2 // here, and of Redis's clock
	if _, err := s.write(ctx, "pause", scope, min(d, pauseKeep).Milliseconds()+lost); err != nil {
		return fmt.Errorf("pausing %s: %w", scope, err)
	}
	return nil
}

// Pauses gives what is paused and for how long still. Errors: ErrUnavailable.
func (s *Store) Pauses(ctx context.Context) (map[string]time.Duration, error) {
	reply, err := s.write(ctx, "pauses")
	if err != nil {
		return nil, fmt.Errorf("reading pauses: %w", err)
	}
	f := texts(reply)
	pauses := make(map[string]time.Duration, len(f)/2)
	for i := 0; i < len(f); i += 2 {
		pauses[f[i]] = time.Duration(number(f[i+1])) * time.Millisecond
	}
	return pauses, nil
}

// rows reads rows that the owner holds, and buries those it cannot read: one
// of them must not stop the others for ever.
func (s *Store) rows(ctx context.Context, owner string, reply []any) []Row {
	rows := make([]Row, 0, len(reply))
	for _, one := range reply {
		f := texts(one.([]any))
		row := Row{
			ID: f[0], Chat: number(f[1]), Slot: f[2], Class: talk.Class(number(f[3])),
			At: time.UnixMilli(number(f[5])), Attempts: int(number(f[6])), Ambiguous: f[7] == "1", Message: int(number(f[8])),
		}
		if err := decode(s.key("row:", row.ID), f[4], &row.Say); err != nil {
			err = errors.Join(err, s.Bury(ctx, owner, row.ID, "unreadable"))
			s.log.ErrorContext(ctx, "outbox row buried", "row", row.ID, "error", err)
			continue
		}
		rows = append(rows, row)
	}
	return rows
}
