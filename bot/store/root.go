package store

import (
	"context"
	"sync"
)

// schema is the form in which this program stores. A script meets another one
// when a program of another time shares its Redis, and does nothing then. It stays 1
// until a county is in service.
const schema = "1"

// root remembers what the desk's root key has said, so that a process notices a
// Redis that was emptied or set back while it ran.
type root struct {
	mu          sync.Mutex
	incarnation string
	given       int64 // job numbers ever given
}

// heard takes note of the root that Lead has met, and tells the log when it is not
// what it was: then whatever was committed in between is gone, and the desk goes
// on with what is there.
func (s *Store) heard(ctx context.Context, incarnation string, given int64) {
	r := s.root
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.incarnation != "" && r.incarnation != incarnation:
		s.log.ErrorContext(ctx, "Redis was emptied or replaced: talks, open jobs and unsent messages are gone", "incarnation", incarnation, "before", r.incarnation)
	case given < r.given:
		s.log.ErrorContext(ctx, "Redis was set back to an earlier time: what was stored since is gone", "numbers_given", given, "before", r.given)
	}
	r.incarnation, r.given = incarnation, given
}
