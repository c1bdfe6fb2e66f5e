package lead

import (
	"errors"
	"log/slog"
	"sync"
)

// leaderStatus is what a replica last heard of who leads: for its health, and for
// a log that tells of changes only.
type leaderStatus struct {
	log *slog.Logger

	mu     sync.Mutex
	holder Holder
	err    error
}

// heard takes in an answer of Redis.
func (s *leaderStatus) heard(holder Holder, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err != nil && s.err == nil:
		s.log.Warn("who leads is not known", "err", err)
	case err == nil && holder != s.holder:
		s.log.Info("a term has begun", "term", holder.Term, "leader", holder.Owner)
	}
	if s.err = err; err == nil {
		s.holder = holder
	}
}

// Trouble is why nobody may lead, as an operator should read it; nil is none.
func (e *Elector) Trouble() error {
	e.status.mu.Lock()
	defer e.status.mu.Unlock()
	switch {
	case e.status.err == nil:
		return nil
	case errors.Is(e.status.err, e.Unavailable):
		return errors.New("redis takes no writes: look at REDIS_URL, and at the server's memory, disk and role")
	default:
		return errors.New("redis does not do what the desk needs: the log says why")
	}
}

// Role tells a person which replica this is.
func (e *Elector) Role() string {
	if e.Leads() {
		return "acting"
	}
	return "standing by: another replica acts, or this one takes over"
}
