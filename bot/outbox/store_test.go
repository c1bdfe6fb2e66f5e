package outbox

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"powerdesk/flows/talk"
)

// memStore is the store in memory, with the duties that Store's comments state.
// It reads the standard clock, which is the bubble's in synctest.
type memStore struct {
	mu      sync.Mutex
	owner   string // of the term that goes on
	rows    map[string]*memRow
	slots   map[string]Ack
	pauses  map[string]time.Time
	seq     int
	strange int64
	acks    [][]Ack // by call
	fault   func(op string) fault
}

// memRow is a row and what became of it.
type memRow struct {
	Row
	state  string // "waiting", "acked", "buried"
	reason string
	unsent bool // acked without being sent
}

// fault is what goes wrong with a call.
type fault int

const (
	fine  fault = iota
	fails       // nothing happens, and the caller hears of an error
	mute        // it happens, and the caller hears of an error
)

var errStore = errors.New("store is away")

func newMemStore() *memStore {
	return &memStore{
		rows:   map[string]*memRow{},
		slots:  map[string]Ack{},
		pauses: map[string]time.Time{},
		fault:  func(string) fault { return fine },
	}
}

// begin begins a term.
func (m *memStore) begin(owner string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.owner = owner
}

// commit appends rows as a commit would, and gives them when it was made for the
// term that goes on.
func (m *memStore) commit(owner string, rows ...Row) []Row {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range rows {
		m.seq++
		rows[i].ID = fmt.Sprintf("%012d", m.seq)
		rows[i].At = time.Now()
		rows[i].Message = m.message(rows[i])
		m.rows[rows[i].ID] = &memRow{Row: rows[i], state: "waiting"}
	}
	if owner != m.owner {
		m.strange++
		return nil
	}
	return rows
}

// message is the one that a row's slot has.
func (m *memStore) message(r Row) int {
	if r.Slot == "" {
		return 0
	}
	return m.slots[fmt.Sprint(r.Chat, r.Slot)].Message
}

// act runs one call of an owner under the fault that was ordered for it.
func (m *memStore) act(ctx context.Context, owner, op string, call func()) error {
	m.mu.Lock()
	f := m.fault(op)
	m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case f == fails:
		return errStore
	case owner != "" && owner != m.owner:
		return ErrOver
	}
	call()
	if f == mute {
		return errStore
	}
	return nil
}

func (m *memStore) Rows(ctx context.Context, owner, after string, n int) (page Page, err error) {
	err = m.act(ctx, owner, "rows", func() {
		waiting := m.in("waiting")
		page.All, page.Strange = len(waiting), m.strange
		for _, id := range waiting {
			if id > after && len(page.Rows) < n {
				page.Rows = append(page.Rows, m.read(id))
			}
		}
	})
	return page, err
}

func (m *memStore) Dangers(ctx context.Context, owner string) (rows []Row, err error) {
	err = m.act(ctx, owner, "dangers", func() {
		for _, id := range m.in("waiting") {
			if row := m.read(id); row.Class == talk.Danger && !row.Forget {
				rows = append(rows, row)
			}
		}
	})
	return rows, err
}

func (m *memStore) read(id string) Row {
	row := m.rows[id].Row
	row.Message = m.message(row)
	return row
}

func (m *memStore) Settle(ctx context.Context, owner string, w Settlement) error {
	op := "settle"
	if len(w.Buried) > 0 {
		op = "bury"
	}
	return m.act(ctx, owner, op, func() {
		for id, n := range w.Tries {
			m.rows[id].Attempts = n
		}
		if len(w.Acks) > 0 {
			m.acks = append(m.acks, slices.Clone(w.Acks))
		}
		for _, a := range w.Acks {
			if r := m.rows[a.Row.ID]; r.state == "waiting" {
				r.state, r.unsent = "acked", r.Slot != "" && a.Slot == ""
			}
			slot := fmt.Sprint(a.Chat, a.Slot)
			if a.Slot != "" && m.slots[slot].Row.ID < a.Row.ID {
				m.slots[slot] = a
			}
		}
		for _, b := range w.Buried {
			if r := m.rows[b.Row.ID]; r.state == "waiting" {
				r.state, r.reason = "buried", b.Reason
			}
		}
	})
}

func (m *memStore) Pause(ctx context.Context, scope string, d time.Duration) error {
	return m.act(ctx, "", "pause", func() {
		m.pauses[scope] = latest(m.pauses[scope], time.Now().Add(d))
	})
}

func (m *memStore) Pauses(ctx context.Context) (map[string]time.Duration, error) {
	left := map[string]time.Duration{}
	err := m.act(ctx, "", "pauses", func() {
		for scope, until := range m.pauses {
			if d := time.Until(until); d > 0 {
				left[scope] = d
			}
		}
	})
	return left, err
}

// in lists the rows in a state; the caller holds the lock.
func (m *memStore) in(state string) []string {
	ids := slices.Sorted(maps.Keys(m.rows))
	return slices.DeleteFunc(ids, func(id string) bool { return m.rows[id].state != state })
}

// ids lists the rows in a state.
func (m *memStore) ids(state string) []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.in(state)
}

// row copies a row.
func (m *memStore) row(id string) memRow {
	m.mu.Lock()
	defer m.mu.Unlock()
	return *m.rows[id]
}

// edit changes what is stored by hand.
func (m *memStore) edit(change func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	change()
}

// put stores a row by hand.
func (m *memStore) put(row Row) {
	m.edit(func() { m.rows[row.ID] = &memRow{Row: row, state: "waiting"} })
}

// slot gives what a slot shows.
func (m *memStore) slot(name string) (shown Ack) {
	m.edit(func() { shown = m.slots[name] })
	return shown
}

// breakDown orders faults from here on.
func (m *memStore) breakDown(f func(op string) fault) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fault = f
}

// handle is the store in the hands of one process. When that is dead, nothing
// it says is heard.
type handle struct {
	*memStore
	dead *atomic.Bool
}

func (h handle) Rows(ctx context.Context, owner, after string, n int) (Page, error) {
	if h.dead.Load() {
		return Page{}, errStore
	}
	return h.memStore.Rows(ctx, owner, after, n)
}

func (h handle) Settle(ctx context.Context, owner string, w Settlement) error {
	if h.dead.Load() {
		return errStore
	}
	return h.memStore.Settle(ctx, owner, w)
}

func (h handle) Pause(ctx context.Context, scope string, d time.Duration) error {
	if h.dead.Load() {
		return errStore
	}
	return h.memStore.Pause(ctx, scope, d)
}

var _ Store = handle{}
