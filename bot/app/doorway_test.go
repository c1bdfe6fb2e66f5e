package app

import (
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"sync"
	"time"
)

// doorway is one replica's own way to the stand-in. It notes who calls what,
// which the stand-in cannot: all replicas have the same token.
type doorway struct {
	url    string
	mu     sync.Mutex
	passed []passage
}

// passage is a call as it begins.
type passage struct {
	method string
	at     time.Time
}

func (s *scene) doorway() *doorway {
	s.Helper()
	d := &doorway{}
	inside := s.tg.Handler()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		d.passed = append(d.passed, passage{path.Base(r.URL.Path), time.Now()})
		d.mu.Unlock()
		inside.ServeHTTP(w, r)
	}))
	s.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	d.url = server.URL
	return d
}

// since are the calls that began after a moment; a method picks those of it.
func (d *doorway) since(moment time.Time, method string) []passage {
	d.mu.Lock()
	defer d.mu.Unlock()
	var found []passage
	for _, p := range d.passed {
		if p.at.After(moment) && (method == "" || p.method == method) {
			found = append(found, p)
		}
	}
	return slices.Clip(found)
}

// polls says whether the replica has asked for updates after a moment.
func (d *doorway) polls(moment time.Time) bool { return len(d.since(moment, "getUpdates")) > 0 }

// replica is a process of its own, with a doorway of its own.
type replica struct {
	*program
	door *doorway
}

func (s *scene) replica() replica {
	s.Helper()
	door, shared := s.doorway(), s.setting.APIURL
	s.setting.APIURL = door.url
	defer func() { s.setting.APIURL = shared }()
	return replica{s.serve(), door}
}

// replicas are two: the one that acts, and the one that stands by.
func (s *scene) replicas() (acts, waits replica) {
	s.Helper()
	begin := time.Now()
	acts = s.replica()
	s.until("the first replica polls", func() bool { return acts.door.polls(begin) })
	waits = s.replica()
	return acts, waits
}

// clashes counts the polls that Telegram ended because another one came.
func (s *scene) clashes() int {
	n := 0
	for _, c := range s.tg.Calls("getUpdates") {
		if c.Code == http.StatusConflict {
			n++
		}
	}
	return n
}
