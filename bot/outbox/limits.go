package outbox

import (
	"cmp"
	"slices"
	"time"
)

// Scope says what a Limit counts together.
type Scope string

// The scopes: all calls of the bot, one private chat, one group.
const (
	Bot     Scope = "bot"
	Private Scope = "private"
	Group   Scope = "group"
)

// Limit allows Count sends and edits together in any span of length Per.
// Danger counts but is never held; the other classes may use Ordinary of Count.
type Limit struct {
	Scope    Scope
	Count    int
	Per      time.Duration
	Ordinary int // 0 = Count
}

// Limits is the table for a bot that sends rate messages a second over all
// chats; 25 keeps clear of Telegram's 30. A rate of 0 gives an empty table, for
// a stand-in that has no limits.
//
// Telegram's numbers (RELIABILITY §2 "Rates"): about 30 a second for the whole
// bot, about one a second in a chat with short bursts allowed, 20 a minute in a
// group, where edits spend the same budget. Three of a group's twenty are left
// to dangers, so that a busy evening does not make the one that matters a 429.
func Limits(rate int) []Limit {
	if rate <= 0 {
		return []Limit{}
	}
	return []Limit{
		{Scope: Bot, Count: rate, Per: time.Second},
		{Scope: Private, Count: 3, Per: 3 * time.Second},
		{Scope: Group, Count: 20, Per: time.Minute, Ordinary: 17},
	}
}

// scopeOf tells a group from a private chat by the sign of its id.
func scopeOf(chat int64) Scope {
	if chat < 0 {
		return Group
	}
	return Private
}

// meter remembers the latest sends under one limit, oldest first. That is the
// limit as Telegram states it: a token bucket with the same burst and rate
// would let up to twice the count through in one span.
type meter struct {
	limit Limit
	times []time.Time
}

// metersFor makes the meters of the table's rows for a scope.
func metersFor(table []Limit, scope Scope) []meter {
	var ms []meter
	for _, l := range table {
		if l.Scope == scope && l.Count > 0 {
			l.Ordinary = cmp.Or(l.Ordinary, l.Count)
			ms = append(ms, meter{limit: l})
		}
	}
	return ms
}

// next is the instant from which one more ordinary send fits.
func (m *meter) next() time.Time {
	i := len(m.times) - m.limit.Ordinary
	if i < 0 {
		return time.Time{}
	}
	return m.times[i].Add(m.limit.Per)
}

// spend counts a send that starts now.
func (m *meter) spend(now time.Time) {
	if len(m.times) == m.limit.Count {
		m.times = slices.Delete(m.times, 0, 1)
	}
	m.times = append(m.times, now)
}

// restamp moves the latest send to the instant its answer came. Telegram counts
// when the call arrives, which is somewhere between: the later one is safe.
func (m *meter) restamp(now time.Time) { m.times[len(m.times)-1] = now }

// idle says whether forgetting the meter would change nothing.
func (m *meter) idle(now time.Time) bool {
	return len(m.times) == 0 || now.Sub(m.times[len(m.times)-1]) >= m.limit.Per
}
