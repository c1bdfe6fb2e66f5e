package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"powerdesk/flows/talk"
)

// Row is one message of the outbox, from the commit that appended it until Settle
// says what became of it.
type Row struct {
	ID       string // the entry's id, of fixed width: sorts in the order of the commits
	Chat     int64
	Slot     string
	Class    talk.Class
	Say      talk.Say
	Keep     time.Duration // of a Slot: how long its message is to be remembered
	Message  int           // Telegram's id of the slot's message in Chat; 0 = none is known
	Attempts int           // how many failed
	At       time.Time     // when it was appended, by Redis's clock
	Forget   bool          // says nothing: what waits for the chat is to be forgotten
}

// Ack says that a row was sent. The Message is remembered for the Slot, in Chat:
// where the row really went. Message 0 is a slot whose message is gone: the next
// row of it is a new one. A row that was not sent, because a newer one replaced
// it, is acked without its Slot.
type Ack struct {
	Row     Row
	Slot    string
	Chat    int64
	Message int
}

// Burial gives a row up. It is counted, and kept for seven days without its words:
// to whom it was not sent, how urgent it was, and why.
type Burial struct {
	Row    Row
	Reason string
}

// Settlement is what became of rows.
type Settlement struct {
	Acks   []Ack
	Tries  map[string]int // by Row.ID: how many attempts failed so far
	Buried []Burial
}

// Page is a part of the rows, in the order of the commits.
type Page struct {
	Rows []Row
	All  int // rows there are, read or not

	// Strange counts the commits that were not made for the
	// term of their time. Whoever acts has not been offered their rows.
	Strange int64
}

// Backlog is the state of the outbox.
type Backlog struct {
	Waiting int       // rows that wait or are on their way
	Dead    int       // rows that were given up in the last seven days
	Oldest  time.Time // Row.At of the first that waits; zero = there is none
}

// Rows reads up to n rows that were appended after the given ID, "" = from the
// first. A row whose body cannot be read is buried and logged. Errors: ErrOver,
// ErrUnavailable.
func (s *Store) Rows(ctx context.Context, owner, after string, n int) (Page, error) {
	return s.page(ctx, owner, after, n, false)
}

// Dangers reads all rows of that class, wherever they stand. Errors: as Rows.
func (s *Store) Dangers(ctx context.Context, owner string) ([]Row, error) {
	page, err := s.page(ctx, owner, "", 0, true)
	return page.Rows, err
}

func (s *Store) page(ctx context.Context, owner, after string, n int, dangers bool) (Page, error) {
	reply, err := s.read(ctx, "rows", owner, entry(after), n, bit(dangers))
	if err != nil {
		return Page{}, fmt.Errorf("reading rows: %w", err)
	}
	if over(reply) {
		return Page{}, fmt.Errorf("reading rows: %w", ErrOver)
	}
	page := Page{All: int(reply[0].(int64)), Strange: number(fmt.Sprint(reply[1]))}
	var unread Settlement
	for _, one := range reply[2:] {
		f := texts(one.([]any))
		row := newRow(f[0], number(f[1]), f[2], f[3])
		row.Forget, row.Message, row.Attempts = f[4] == "", int(number(f[5])), int(number(f[6]))
		if !row.Forget {
			if err := decode(s.key("rows")+" "+f[0], f[4], &row.Say); err != nil {
				s.log.ErrorContext(ctx, "outbox row buried", "row", row.ID, "error", err)
				unread.Buried = append(unread.Buried, Burial{row, "unreadable"})
				continue
			}
			row.Class = row.Say.Class
		}
		page.Rows = append(page.Rows, row)
	}
	if len(unread.Buried) > 0 {
		// Else it would be read again for ever; another call buries it if this fails.
		err = s.Settle(ctx, owner, unread)
	}
	return page, err
}

// newRow makes a row of its entry's id and its fields.
func newRow(id string, chat int64, slot, keep string) Row {
	ms, n, _ := strings.Cut(id, "-")
	return Row{
		ID: padded(ms, 15) + "-" + padded(n, 6), At: time.UnixMilli(number(ms)),
		Chat: chat, Slot: slot, Keep: time.Duration(number(keep)) * time.Millisecond,
	}
}

// padded brings digits to a width, so that texts sort as their numbers do.
func padded(digits string, width int) string {
	return strings.Repeat("0", max(width-len(digits), 0)) + digits
}

// entry is the id in the stream of a row.
func entry(id string) string {
	ms, n, row := strings.Cut(id, "-")
	if !row {
		return ""
	}
	return plain(ms) + "-" + plain(n)
}

// plain takes the padding away.
func plain(digits string) string { return cmp.Or(strings.TrimLeft(digits, "0"), "0") }

// Settle says for the owner of a term what became of rows. To say it twice changes
// nothing. Errors: ErrOver, and then nothing was done; ErrUnavailable, and then
// nobody knows.
func (s *Store) Settle(ctx context.Context, owner string, w Settlement) error {
	args := []any{owner, len(w.Acks)}
	for _, a := range w.Acks {
		args = append(args, entry(a.Row.ID), a.Row.danger(), a.Row.Attempts, a.Slot, a.Chat, a.Message, a.Row.Keep.Milliseconds())
	}
	args = append(args, len(w.Tries))
	for id, n := range w.Tries {
		args = append(args, entry(id), n)
	}
	args = append(args, len(w.Buried))
	for _, b := range w.Buried {
		args = append(args, entry(b.Row.ID), b.Row.danger(), fmt.Sprint(b.Row.Chat, " ", int(b.Row.Class), " ", b.Reason))
	}
	reply, err := s.write(ctx, "settle", args...)
	if err == nil && over(reply) {
		err = ErrOver
	}
	if err != nil {
		return fmt.Errorf("settling rows: %w", err)
	}
	return nil
}

func (r Row) danger() int { return bit(r.Say.Class == talk.Danger) }

func bit(set bool) int {
	if set {
		return 1
	}
	return 0
}

// over says whether a script refused a speaker whose term is over.
func over(reply []any) bool { return len(reply) > 0 && reply[0] == "over" }

// SlotOf gives the slot that a message of a chat shows, "" = none that is known.
// Errors: ErrUnavailable.
func (s *Store) SlotOf(ctx context.Context, chat int64, message int) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	slot, err := s.client.Get(ctx, s.key("shown:", chat, "/", message)).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return "", fmt.Errorf("reading what a message shows: %w", classify(err))
	}
	return slot, nil
}

// Backlog counts the outbox. Errors: ErrUnavailable.
func (s *Store) Backlog(ctx context.Context) (Backlog, error) {
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	waiting, err := s.client.XLen(ctx, s.key("rows")).Result()
	oldest, err2 := s.client.XRangeN(ctx, s.key("rows"), "-", "+", 1).Result()
	dead, err3 := s.client.ZCount(ctx, s.key("dead"), fmt.Sprint(time.Now().UnixMilli()), "+inf").Result()
	if err := errors.Join(err, err2, err3); err != nil {
		return Backlog{}, fmt.Errorf("counting the backlog: %w", classify(err))
	}
	b := Backlog{Waiting: int(waiting), Dead: int(dead)}
	if len(oldest) > 0 {
		b.Oldest = newRow(oldest[0].ID, 0, "", "").At
	}
	return b, nil
}
