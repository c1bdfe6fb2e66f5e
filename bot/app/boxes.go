package app

import (
	"slices"
	"sync"

	"powerdesk/bot/outbox"
)

// boxes are the outboxes of this process's terms, which count as one: a counter
// that fell with every term would say nothing.
type boxes struct {
	mu   sync.Mutex
	past outbox.Stats
	now  []*outbox.Outbox // more than one while an old one still has acks to store
}

func (b *boxes) begin(o *outbox.Outbox) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = append(b.now, o)
}

func (b *boxes) end(o *outbox.Outbox) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = slices.DeleteFunc(b.now, func(other *outbox.Outbox) bool { return other == o })
	left := o.Stats()
	left.Waiting, left.Oldest = 0, b.past.Oldest // given back
	b.past = sum(b.past, left)
}

// Stats are those of all outboxes together.
func (b *boxes) Stats() outbox.Stats {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := b.past
	for _, o := range b.now {
		all = sum(all, o.Stats())
	}
	return all
}

func sum(a, b outbox.Stats) outbox.Stats {
	a.Sent += b.Sent
	a.Replaced += b.Replaced
	a.Retried += b.Retried
	a.Buried += b.Buried
	a.Floods += b.Floods
	a.Waiting += b.Waiting
	if a.Oldest.IsZero() || !b.Oldest.IsZero() && b.Oldest.Before(a.Oldest) {
		a.Oldest = b.Oldest
	}
	return a
}
