package lead

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"powerdesk/flows/talk"
)

var errAway = errors.New("redis is away")

// leaseOf is a Redis that keeps the lease, and that may be away.
type leaseOf struct {
	mu     sync.Mutex
	holder Holder
	until  time.Time
	away   bool
}

func (l *leaseOf) Lead(_ context.Context, owner string, lease time.Duration) (Holder, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	switch {
	case l.away:
		return Holder{}, errAway
	case !now.Before(l.until):
		l.holder = Holder{owner, l.holder.Term + 1}
	}
	if l.holder.Owner == owner {
		l.until = now.Add(lease)
	}
	return l.holder, nil
}

func (l *leaseOf) Resign(_ context.Context, owner string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.holder.Owner == owner {
		l.until = time.Time{}
	}
	return nil
}

func (l *leaseOf) goes(away bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.away = away
}

// replica is one process, and what its work went through.
type replica struct {
	*Elector
	mu   sync.Mutex
	went []string
	stop context.CancelFunc
}

func (r *replica) notes(what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.went = append(r.went, what)
}

func (r *replica) past() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.went)
}

// starts runs a replica until it is stopped, or the test ends. What went out takes
// its time to be noted.
func starts(t *testing.T, l *leaseOf, noting time.Duration) *replica {
	r := &replica{}
	log := slog.New(slog.DiscardHandler)
	r.Elector = New(Options{
		Leases: l, Unavailable: errAway, Notice: NewRedisAwayNotice(nobody{}, machine{}, log), Pauses: NewMethodPauses(nil), Log: log,
		Look: func(ctx context.Context) { r.notes("look"); <-ctx.Done(); r.notes("look no more") },
		Begin: func(context.Context, *Term) Work {
			r.notes("begin")
			return Work{
				Act:    func(ctx context.Context) { r.notes("act"); <-ctx.Done(); r.notes("act no more") },
				Stop:   sync.OnceFunc(func() { r.notes("stop") }),
				Wait:   func() error { time.Sleep(noting); r.notes("noted"); return nil },
				CutOff: sync.OnceFunc(func() { r.notes("cut off") }),
			}
		},
	})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }()
	r.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("ended with %v", err)
		}
	})
	t.Cleanup(r.stop)
	return r
}

type machine struct{}

func (machine) Now() time.Time { return time.Now() }

type nobody struct{}

func (nobody) Hotline() string                     { return "95598" }
func (nobody) Say(context.Context, talk.Say) error { return nil }
func (nobody) Toast(talk.Toast)                    {}

func TestLeaderThatIsStoppedHandsOverWhenAllIsNoted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := &leaseOf{}
		first := starts(t, l, 3*time.Second)
		synctest.Wait()
		second := starts(t, l, 0)
		time.Sleep(time.Minute)
		if !first.Leads() || second.Leads() || first.Term().Number != 1 || len(second.past()) > 0 {
			t.Fatalf("the first leads: %v, the second did %v", first.Leads(), second.past())
		}
		began := time.Now()
		first.stop()
		if got, want := first.past(), []string{"begin", "act", "act no more", "stop", "noted", "cut off"}; !slices.Equal(got, want) {
			t.Errorf("the first did %v, want %v", got, want)
		}
		time.Sleep(askEvery)
		synctest.Wait()
		if took := time.Since(began); first.Leads() || !second.Leads() || second.Term().Number != 2 || took > 4*time.Second {
			t.Errorf("after %s the first leads: %v, the second: %v", took, first.Leads(), second.Leads())
		}
		second.stop()
	})
}

// Nobody acts while Redis is away, but the one that led last looks who writes; and
// the next term begins though the last one still has something to tell Redis.
func TestLeaderWithoutRedisStopsInTimeAndLooksWhoWrites(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := &leaseOf{}
		r := starts(t, l, time.Hour)
		synctest.Wait()
		other := starts(t, l, 0)
		synctest.Wait()
		l.goes(true)
		time.Sleep(actFor)
		synctest.Wait()
		if _, err := r.MayCall("getUpdates"); r.Leads() || err != nil {
			t.Errorf("leads: %v, and may look who writes: %v", r.Leads(), err)
		}
		if want := []string{"begin", "act", "stop", "act no more", "look"}; !sameWork(r.past(), want) {
			t.Errorf("it did %v, want %v", r.past(), want)
		}
		if _, err := other.MayCall("getUpdates"); !errors.Is(err, ErrStandsBy) || len(other.past()) > 0 || other.Trouble() == nil {
			t.Errorf("the other may call: %v; it did %v", err, other.past())
		}
		time.Sleep(finishFor - actFor)
		synctest.Wait()
		if went := r.past(); went[len(went)-1] != "cut off" {
			t.Errorf("it did %v, want sends cut off before the lease is over", went)
		}
		other.stop()
		l.goes(false)
		time.Sleep(LeaseFor)
		synctest.Wait()
		if went := r.past(); !r.Leads() || r.Term().Number != 2 || !slices.Contains(went, "look no more") || slices.Contains(went, "noted") {
			t.Errorf("leads: %v, and it did %v", r.Leads(), went)
		}
		r.stop()
	})
}

// sameWork says whether the same was done; what the end of a term starts at once is
// done in any order.
func sameWork(got, want []string) bool {
	slices.Sort(got)
	slices.Sort(want)
	return slices.Equal(got, want)
}

func TestTermOfALeaderThatWasReplacedIsOver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := &leaseOf{}
		r := starts(t, l, 0)
		synctest.Wait()
		old := r.Term()
		l.mu.Lock()
		l.holder, l.until = Holder{"another", 7}, time.Now().Add(time.Hour) // a Redis that was emptied
		l.mu.Unlock()
		time.Sleep(renewEvery)
		synctest.Wait()
		if _, err := r.MayCall("sendMessage"); old.Holds() || r.Leads() || !errors.Is(err, ErrStandsBy) {
			t.Errorf("the old term holds: %v, and a call is answered %v", old.Holds(), err)
		}
		r.stop()
	})
}
