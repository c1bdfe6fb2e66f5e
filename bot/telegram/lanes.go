package telegram

import (
	"context"
	"sync"
)

// lanes keep order: of those that share a key, each waits for the ones that
// entered before it. The zero value is ready.
type lanes struct {
	mu   sync.Mutex
	last map[int64]chan struct{} // by key: closed when the last one that entered with it has left
}

// place is where one of them stands.
type place struct {
	lanes  *lanes
	keys   []int64
	before []chan struct{}
	over   chan struct{}

	reached bool // it is this one's turn
}

// enter takes a place behind all that share a key.
func (l *lanes) enter(keys []int64) *place {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.last == nil {
		l.last = make(map[int64]chan struct{})
	}
	p := &place{lanes: l, keys: keys, over: make(chan struct{})}
	for _, key := range keys {
		if earlier := l.last[key]; earlier != nil && earlier != p.over {
			p.before = append(p.before, earlier)
		}
		l.last[key] = p.over
	}
	return p
}

// wait returns when it is this one's turn, or fails when ctx ends before.
func (p *place) wait(ctx context.Context) error {
	for _, earlier := range p.before {
		select {
		case <-earlier:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	p.reached = true
	return nil
}

// leave lets the next one pass. Whoever leaves before it was their turn lets
// nobody overtake those that still stand before.
func (p *place) leave() {
	if p.reached {
		p.open()
		return
	}
	go func() {
		_ = p.wait(context.Background())
		p.open()
	}()
}

func (p *place) open() {
	close(p.over)
	p.lanes.mu.Lock()
	defer p.lanes.mu.Unlock()
	for _, key := range p.keys {
		if p.lanes.last[key] == p.over {
			delete(p.lanes.last, key) // a lane is remembered only while somebody is in it
		}
	}
}
