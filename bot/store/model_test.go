package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"powerdesk/flows/talk"
)

// model is the outbox as a list that anybody can check: rows in the order of
// their commits.
type model struct {
	s    *Store
	rows []*modelRow
	last map[string]*modelRow // by slot: the row appended last
}

type modelRow struct {
	id    string
	chat  int64
	lane  int64 // its chat, or the chat's lane of dangers as a negative number
	slot  string
	text  string
	class talk.Class
	owner string // "" = waits
	done  bool   // sent, buried, or replaced by a newer one
}

// TestTheOutboxKeepsOrderLosesNothingAndDoublesNothing lets two processes do
// whatever they may do, in any order, and compares.
func TestTheOutboxKeepsOrderLosesNothingAndDoublesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, base *Store) {
		rapid.Check(t, func(t *rapid.T) {
			s := *base
			s.prefix = prefix(fmt.Sprint("model-", desks.Add(1)))
			found(&s)
			m := &model{s: &s, last: map[string]*modelRow{}}
			t.Repeat(map[string]func(*rapid.T){
				"commit": m.commit, "lease": m.lease, "sent": m.sent, "failed": m.failed, "died": m.died, "bury": m.bury, "late": m.late,
				"": m.counted,
			})
			m.drain(t)
		})
	})
}

var owners = []string{"", "a", "b"}

func (m *model) commit(t *rapid.T) {
	c := change()
	if owner := rapid.SampledFrom(owners).Draw(t, "owner"); owner != "" {
		c = c.by(owner)
	}
	var added []*modelRow
	for range rapid.IntRange(1, 3).Draw(t, "says") {
		chat := rapid.Int64Range(1, 3).Draw(t, "chat")
		say := talk.Say{
			Chat: chat, Text: fmt.Sprint(len(m.rows), ".", len(c.Says)),
			Slot:  rapid.SampledFrom([]string{"", "", fmt.Sprint("slot/", chat)}).Draw(t, "slot"),
			Class: talk.Class(rapid.IntRange(0, 4).Draw(t, "class")),
		}
		c.Says = append(c.Says, say)
		if old := m.last[say.Slot]; say.Slot != "" && old != nil && !old.done && old.owner == "" {
			old.text, old.class = say.Text, min(old.class, say.Class)
			if old.class == talk.Danger {
				old.lane = -chat
			}
			continue
		}
		row := &modelRow{id: fmt.Sprintf("%016d", len(m.rows)+1), chat: chat, lane: chat, slot: say.Slot, text: say.Text, class: say.Class}
		if say.Class == talk.Danger {
			row.lane = -chat
		}
		if old := m.last[say.Slot]; say.Slot != "" && old != nil && !old.done {
			row.lane = old.lane // it follows the message on its way
		}
		m.rows, added = append(m.rows, row), append(added, row)
		if say.Slot != "" {
			m.last[say.Slot] = row
		}
	}
	for _, got := range commit(t, m.s, c).Rows {
		row := m.row(t, got)
		if !slices.Contains(added, row) {
			t.Fatalf("row %s was leased by a commit that did not append it", row.id)
		}
		for _, before := range m.before(row) {
			if before.owner != c.Owner {
				t.Fatalf("row %s was leased to %s while row %s before it is with %q", row.id, c.Owner, before.id, before.owner)
			}
		}
		row.owner = c.Owner
	}
}

func (m *model) lease(t *rapid.T) {
	owner, n := rapid.SampledFrom(owners[1:]).Draw(t, "owner"), rapid.IntRange(1, 6).Draw(t, "n")
	offered := m.offered()
	var served []int64
	for _, got := range lease(t, m.s, owner, n) {
		row := m.row(t, got)
		lane := offered[row.lane]
		if len(lane) == 0 || lane[0] != row {
			t.Fatalf("row %s was leased out of order or twice", row.id)
		}
		offered[row.lane] = lane[1:]
		row.owner = owner
		n--
		if len(served) == 0 || served[len(served)-1] != row.lane {
			served = append(served, row.lane)
		}
	}
	for lane, rest := range offered {
		if len(rest) > 0 && n > 0 && (!slices.Contains(served, lane) || rest[0].owner == "" && m.held(lane) < 4) {
			t.Fatalf("row %s could have been leased and was not", rest[0].id)
		}
	}
	if !slices.IsSortedFunc(served, func(a, b int64) int { return int(m.pressing(a)) - int(m.pressing(b)) }) {
		t.Fatalf("lanes %v were not served by how pressing they are", served)
	}
}

// lanes are those of the model's three chats.
var lanes = []int64{-3, -2, -1, 1, 2, 3}

// offered gives the waiting rows of each lane of which none is leased.
func (m *model) offered() map[int64][]*modelRow {
	waiting := map[int64][]*modelRow{}
	for _, lane := range lanes {
		if m.held(lane) == 0 {
			waiting[lane] = m.live(lane)
		}
	}
	return waiting
}

// sent, failed and died are what may become of the rows that a process holds of
// a chat: it sends some in order and returns the others, or it is never heard of
// again.
func (m *model) sent(t *rapid.T)   { m.settle(t, false) }
func (m *model) failed(t *rapid.T) { m.settle(t, true) }

func (m *model) settle(t *rapid.T, some bool) {
	rows, owner := m.holding(t)
	upto := len(rows)
	if some {
		upto = rapid.IntRange(0, len(rows)-1).Draw(t, "sent before it failed")
	}
	ack(t, m.s, owner, 7, plain(rows[:upto])...)
	for _, row := range rows[:upto] {
		row.done = true
	}
	nack(t, m.s, owner, 0, plain(rows[upto:])...)
	m.returned(rows[upto:])
}

func (m *model) died(t *rapid.T) {
	rows, _ := m.holding(t)
	runOut(t, m.s, plain(rows)...)
	if n := reap(t, m.s); n != len(rows) {
		t.Fatalf("reaped %d rows, want %d", n, len(rows))
	}
	m.returned(rows)
}

// returned puts rows back to those that wait, but for those that a newer one
// replaces.
func (m *model) returned(rows []*modelRow) {
	for _, row := range rows {
		newer := m.last[row.slot]
		row.owner, row.done = "", newer != nil && newer != row && !newer.done
	}
}

func (m *model) bury(t *rapid.T) {
	rows, owner := m.holding(t)
	check(t, m.s.Bury(context.Background(), owner, rows[0].id, "blocked"))
	rows[0].done = true
}

// late is the word of a process that has lost its lease.
func (m *model) late(t *rapid.T) {
	rows, owner := m.holding(t)
	stranger := map[string]string{"a": "b", "b": "a"}[owner]
	if err := m.s.Ack(context.Background(), stranger, acks(9, plain(rows))); !errors.Is(err, ErrLost) {
		t.Fatalf("%s acked the rows of %s: %v", stranger, owner, err)
	}
}

// counted runs after every step.
func (m *model) counted(t *rapid.T) {
	var want [2]int
	for _, lane := range lanes {
		held := m.held(lane)
		want[0] += len(m.live(lane)) - held
		want[1] += held
	}
	got, err := m.s.Backlog(context.Background())
	check(t, err)
	if want != [2]int{got.Ready, got.Leased} {
		t.Fatalf("backlog: got %d ready and %d leased, want %v", got.Ready, got.Leased, want)
	}
}

// drain sends all that is left, and it must be all.
func (m *model) drain(t *rapid.T) {
	for _, owner := range owners[1:] {
		for _, lane := range lanes {
			for _, row := range m.live(lane) {
				if row.owner == owner {
					ack(t, m.s, owner, 7, plain([]*modelRow{row})...)
					row.done = true
				}
			}
		}
	}
	for {
		rows := lease(t, m.s, "a", 100)
		if len(rows) == 0 {
			break
		}
		for _, got := range rows {
			row := m.row(t, got)
			if len(m.before(row)) > 0 {
				t.Fatalf("row %s left before row %s", row.id, m.before(row)[0].id)
			}
			row.done = true
		}
		ack(t, m.s, "a", 7, rows...)
	}
	for _, row := range m.rows {
		if !row.done {
			t.Fatalf("row %s is lost", row.id)
		}
	}
}

// row finds a leased row, which must have waited, with the newest words.
func (m *model) row(t *rapid.T, got Row) *modelRow {
	i := slices.IndexFunc(m.rows, func(row *modelRow) bool { return row.id == got.ID })
	if i < 0 {
		t.Fatalf("row %s was never committed", got.ID)
	}
	row := m.rows[i]
	if row.done || row.owner != "" {
		t.Fatalf("row %s was leased again: %+v", row.id, row)
	}
	if got.Say.Text != row.text || got.Class != row.class || got.Chat != row.chat {
		t.Fatalf("row %s: got %+v, want %+v", row.id, got, row)
	}
	return row
}

// live gives the rows of a lane that are not done, in order.
func (m *model) live(lane int64) []*modelRow {
	var rows []*modelRow
	for _, row := range m.rows {
		if row.lane == lane && !row.done {
			rows = append(rows, row)
		}
	}
	return rows
}

// before gives the rows that stand before one in its lane.
func (m *model) before(row *modelRow) []*modelRow {
	rows := m.live(row.lane)
	return rows[:slices.Index(rows, row)]
}

// held counts the leased rows of a lane.
func (m *model) held(lane int64) int {
	n := 0
	for _, row := range m.live(lane) {
		if row.owner != "" {
			n++
		}
	}
	return n
}

// pressing is the class by which a lane is served.
func (m *model) pressing(lane int64) talk.Class {
	class := talk.AnnounceClass
	for _, row := range m.live(lane) {
		class = min(class, row.class)
	}
	return class
}

// holding picks a lane of which rows are leased, and gives those of one owner.
func (m *model) holding(t *rapid.T) ([]*modelRow, string) {
	var busy []int64
	for _, lane := range lanes {
		if m.held(lane) > 0 {
			busy = append(busy, lane)
		}
	}
	if len(busy) == 0 {
		t.Skip("nothing is leased")
	}
	var held []*modelRow
	for _, row := range m.live(rapid.SampledFrom(busy).Draw(t, "lane")) {
		if row.owner != "" && (held == nil || row.owner == held[0].owner) {
			held = append(held, row)
		}
	}
	return held, held[0].owner
}

// plain gives rows as far as the store's callers need to name them.
func plain(rows []*modelRow) []Row {
	var named []Row
	for _, row := range rows {
		named = append(named, Row{ID: row.id, Slot: row.slot, Chat: row.chat})
	}
	return named
}
