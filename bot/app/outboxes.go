package app

import (
	"sync"

	"powerdesk/bot/outbox"
)

// outboxes are those of this process's terms, each by the owner of its term: there
// are several while an old one still has acks to store. They count as one, because
// a counter that fell with every term would say nothing.
type outboxes struct {
	mu   sync.Mutex
	past outbox.Stats
	now  map[string]*outbox.Outbox
}

var _ Outbox = (*outboxes)(nil)

func newOutboxes() *outboxes { return &outboxes{now: make(map[string]*outbox.Outbox)} }

func (b *outboxes) begin(owner string, o *outbox.Outbox) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now[owner] = o
}

func (b *outboxes) end(owner string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	left := b.now[owner].Stats()
	delete(b.now, owner)
	left.Waiting, left.Oldest = 0, b.past.Oldest // given back
	b.past = sum(b.past, left)
}

func (b *outboxes) of(owner string) *outbox.Outbox {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now[owner]
}

// Full says whether the rows of a commit for a term rather stay in Redis.
func (b *outboxes) Full(owner string) bool {
	o := b.of(owner)
	return o == nil || o.Full()
}

// Offer hands the rows of a commit to the outbox for whose term it was made. One
// that has ended leaves them to their leases.
func (b *outboxes) Offer(owner string, rows []outbox.Row) {
	if o := b.of(owner); o != nil {
		o.Offer(rows)
	}
}

// Stats are those of all outboxes together.
func (b *outboxes) Stats() outbox.Stats {
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
