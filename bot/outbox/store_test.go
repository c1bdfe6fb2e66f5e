package outbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"powerdesk/flows/talk"
)

// memStore is the store in memory, with the duties that Store's comments state.
// It reads the standard clock, which is the bubble's in synctest.
type memStore struct {
	mu     sync.Mutex
	rows   map[string]*memRow
	slots  map[string]int
	pauses map[string]time.Time
	seq    int
	lost   map[string][]string // by owner: rows of a lease whose reply was lost
	acks   [][]Ack             // by call
	extend int                 // calls
	fault  func(op string) fault
}

// memRow is a row and where it is.
type memRow struct {
	Row
	state  string // "ready", "leased", "acked", "buried"
	reason string
	due    time.Time
	owner  string
	until  time.Time
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
		slots:  map[string]int{},
		pauses: map[string]time.Time{},
		lost:   map[string][]string{},
		fault:  func(string) fault { return fine },
	}
}

// commit appends rows as a commit would, leases to owner what may be leased, and
// gives that.
func (m *memStore) commit(owner string, lease time.Duration, rows ...Row) []Row {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	for i := range rows {
		m.seq++
		rows[i].ID = fmt.Sprintf("%012d", m.seq)
		rows[i].At = now
		rows[i].Message = m.message(rows[i])
		m.rows[rows[i].ID] = &memRow{Row: rows[i], state: "ready", due: now}
	}
	if owner == "" {
		return nil
	}
	var leased []Row
	for _, row := range rows {
		if m.free(row, owner) {
			r := m.rows[row.ID]
			r.state, r.owner, r.until = "leased", owner, now.Add(lease)
			leased = append(leased, row)
		}
	}
	return leased
}

// free keeps the order of a chat as Leases demands it.
func (m *memStore) free(row Row, owner string) bool {
	for id, r := range m.rows {
		older := r.Chat == row.Chat && id < row.ID && (r.Class == talk.Danger) == (row.Class == talk.Danger)
		foreign := r.state == "leased" && r.owner != owner
		if older && (r.state == "ready" || foreign) || foreign && row.Slot != "" && r.Slot == row.Slot {
			return false
		}
	}
	return true
}

// overtaken says whether a newer row of the slot is done.
func (m *memStore) overtaken(row Row) bool {
	for id, r := range m.rows {
		if row.Slot != "" && r.Slot == row.Slot && id > row.ID && r.state == "acked" {
			return true
		}
	}
	return false
}

// message is the one that a row's slot has.
func (m *memStore) message(r Row) int {
	if r.Slot == "" {
		return 0
	}
	return m.slots[fmt.Sprint(r.Chat, r.Slot)]
}

// act runs one call under the fault that was ordered for it.
func (m *memStore) act(ctx context.Context, op string, call func()) error {
	m.mu.Lock()
	f := m.fault(op)
	m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if f != fails {
		call()
	}
	if f != fine {
		return errStore
	}
	return nil
}

func (m *memStore) Lease(ctx context.Context, owner string, n int, lease time.Duration) ([]Row, error) {
	var got []Row
	err := m.act(ctx, "lease", func() {
		now := time.Now()
		for _, id := range m.lost[owner] {
			if r := m.own(owner, id); r != nil {
				r.Message = m.message(r.Row)
				got = append(got, r.Row)
			}
		}
		if len(got) > 0 {
			return
		}
		var due []*memRow
		for _, r := range m.rows {
			if r.state == "ready" && !r.due.After(now) {
				due = append(due, r)
			}
		}
		slices.SortFunc(due, func(a, b *memRow) int {
			if x, y := a.Class == talk.Danger, b.Class == talk.Danger; x != y {
				if x {
					return -1
				}
				return 1
			}
			return strings.Compare(a.ID, b.ID)
		})
		for _, r := range due {
			if m.overtaken(r.Row) {
				r.state, r.unsent = "acked", true
			}
			if r.state != "ready" || len(got) == n || !m.free(r.Row, owner) {
				continue
			}
			r.state, r.owner, r.until = "leased", owner, now.Add(lease)
			r.Message = m.message(r.Row)
			got = append(got, r.Row)
		}
	})
	m.mu.Lock()
	defer m.mu.Unlock()
	if err == nil {
		delete(m.lost, owner)
		return got, nil
	}
	if len(got) > 0 {
		m.lost[owner] = nil
		for _, row := range got {
			m.lost[owner] = append(m.lost[owner], row.ID)
		}
	}
	return nil, err
}

// own finds a row that is leased to owner.
func (m *memStore) own(owner, id string) *memRow {
	if r := m.rows[id]; r != nil && r.state == "leased" && r.owner == owner {
		return r
	}
	return nil
}

func (m *memStore) Extend(ctx context.Context, owner string, ids []string, lease time.Duration) error {
	return m.act(ctx, "extend", func() {
		m.extend++
		for _, id := range ids {
			if r := m.own(owner, id); r != nil {
				r.until = time.Now().Add(lease)
			}
		}
	})
}

func (m *memStore) Reap(ctx context.Context) (n int, err error) {
	err = m.act(ctx, "reap", func() {
		now := time.Now()
		for _, r := range m.rows {
			if r.state == "leased" && !r.until.After(now) {
				r.state, r.owner, r.due, r.Ambiguous = "ready", "", now, true
				n++
			}
		}
	})
	return n, err
}

func (m *memStore) Ack(ctx context.Context, owner string, acks []Ack) error {
	return m.act(ctx, "ack", func() {
		m.acks = append(m.acks, slices.Clone(acks))
		for _, a := range acks {
			r := m.own(owner, a.ID)
			if r == nil {
				continue
			}
			r.state, r.unsent = "acked", r.Slot != "" && a.Slot == ""
			if a.Slot != "" {
				m.slots[fmt.Sprint(a.Chat, a.Slot)] = a.Message
			}
		}
	})
}

func (m *memStore) Nack(ctx context.Context, owner string, nacks []Nack) error {
	return m.act(ctx, "nack", func() {
		for _, n := range nacks {
			if r := m.own(owner, n.ID); r != nil {
				r.state, r.owner = "ready", ""
				r.due = time.Now().Add(n.Delay)
				r.Attempts, r.Ambiguous = r.Attempts+1, n.Ambiguous
			}
		}
	})
}

func (m *memStore) Bury(ctx context.Context, owner, id, reason string) error {
	return m.act(ctx, "bury", func() {
		if r := m.own(owner, id); r != nil {
			r.state, r.reason = "buried", reason
		}
	})
}

func (m *memStore) Pause(ctx context.Context, scope string, d time.Duration) error {
	return m.act(ctx, "pause", func() {
		m.pauses[scope] = latest(m.pauses[scope], time.Now().Add(d))
	})
}

func (m *memStore) Pauses(ctx context.Context) (map[string]time.Duration, error) {
	left := map[string]time.Duration{}
	err := m.act(ctx, "pauses", func() {
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
	var ids []string
	for id, r := range m.rows {
		if r.state == state {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
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

func (h handle) say(call func() error) error {
	if h.dead.Load() {
		return errStore
	}
	return call()
}

func (h handle) Lease(ctx context.Context, owner string, n int, lease time.Duration) (rows []Row, err error) {
	err = h.say(func() (err error) { rows, err = h.memStore.Lease(ctx, owner, n, lease); return err })
	return rows, err
}

func (h handle) Extend(ctx context.Context, owner string, ids []string, lease time.Duration) error {
	return h.say(func() error { return h.memStore.Extend(ctx, owner, ids, lease) })
}

func (h handle) Ack(ctx context.Context, owner string, acks []Ack) error {
	return h.say(func() error { return h.memStore.Ack(ctx, owner, acks) })
}

func (h handle) Nack(ctx context.Context, owner string, nacks []Nack) error {
	return h.say(func() error { return h.memStore.Nack(ctx, owner, nacks) })
}

func (h handle) Bury(ctx context.Context, owner, id, reason string) error {
	return h.say(func() error { return h.memStore.Bury(ctx, owner, id, reason) })
}

func (h handle) Pause(ctx context.Context, scope string, d time.Duration) error {
	return h.say(func() error { return h.memStore.Pause(ctx, scope, d) })
}

var _ Store = handle{}
