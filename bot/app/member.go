package app

import (
	"context"
	"sync"
	"time"
)

// members answers whether somebody belongs to a group. A yes is believed for a
// short while, so that a volunteer's few presses cost one question; a no and a
// failure are asked again every time (RELIABILITY §5 A: fail closed).
type members struct {
	tg    Telegram
	clock Clock
	keep  time.Duration
	mu    sync.Mutex
	yes   map[member]time.Time
}

type member struct{ chat, user int64 }

func newMembers(tg Telegram, c Clock, keep time.Duration) *members {
	return &members{tg: tg, clock: c, keep: keep, yes: make(map[member]time.Time)}
}

func (m *members) is(ctx context.Context, chat, user int64) (bool, error) {
	key := member{chat, user}
	if m.fresh(key) {
		return true, nil
	}
	ok, err := m.tg.Member(ctx, chat, user)
	if err != nil {
		return false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.yes, key)
	if ok {
		m.yes[key] = m.clock.Now()
	}
	return ok, nil
}

func (m *members) fresh(key member) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	at, ok := m.yes[key]
	if ok && m.clock.Now().Sub(at) >= m.keep {
		delete(m.yes, key)
		return false
	}
	return ok
}

// forget drops what is believed of somebody who left a group.
func (m *members) forget(chat, user int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.yes, member{chat, user})
}
