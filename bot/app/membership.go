package app

import (
	"context"
	"sync"
	"time"

	"powerdesk/flows/talk"
)

// belongs says whether the sender of an event is in one of the desk's groups, where
// the event makes that matter. Who writes in a group itself is in it. An error means
// that Telegram cannot say.
func (a *App) belongs(ctx context.Context, group int64, e talk.Event) (bool, error) {
	switch {
	case e.Kind == talk.Press, e.Kind == talk.Command && e.Chat.Kind == talk.Private && a.desk.Load().AsksMembership(e.Command, e.From.ID):
		if group == 0 {
			return false, nil
		}
		return a.members.is(ctx, group, e.From.ID)
	default:
		return e.Chat.Kind == talk.Duty && e.Kind != talk.Departed, nil
	}
}

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

// InDutyGroup says whether somebody was found in the duty group a short while ago.
func (a *App) InDutyGroup(person int64) bool {
	return a.members.fresh(member{a.Chats().Duty, person})
}
