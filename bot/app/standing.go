package app

import (
	"errors"
	"log/slog"
	"sync"

	"powerdesk/bot/store"
)

// standing is what a replica last heard of who leads: for its health, and for a
// log that tells of changes only.
type standing struct {
	log *slog.Logger

	mu     sync.Mutex
	leader store.Leader
	err    error
}

// heard takes in an answer of the store.
func (s *standing) heard(leader store.Leader, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err != nil && s.err == nil:
		s.log.Warn("who leads is not known", "err", err)
	case err == nil && (leader.Term != s.leader.Term || leader.Owner != s.leader.Owner):
		s.log.Info("a term has begun", "term", leader.Term, "leader", leader.Owner)
	}
	if s.err = err; err == nil {
		s.leader = leader
	}
}

// trouble is why nobody may lead, as an operator should read it; nil is none.
func (s *standing) trouble() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.err == nil:
		return nil
	case errors.Is(s.err, store.ErrUnavailable):
		return errors.New("redis takes no writes: look at REDIS_URL, and at the server's memory, disk and role")
	default:
		return errors.New("redis does not do what the desk needs: the log says why")
	}
}
