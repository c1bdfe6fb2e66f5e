package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// queue is Telegram's: it shows what waits from an offset on, at once, forgets
// what comes before it, and holds the call when nothing waits.
type queue struct {
	mu      sync.Mutex
	waits   []json.RawMessage
	changed chan struct{}
	offsets []int         // of the calls
	empty   chan struct{} // closed when a call finds nothing after all was shown
}

func queueOf(updates ...json.RawMessage) *queue {
	return &queue{waits: updates, changed: make(chan struct{}), empty: make(chan struct{})}
}

func (q *queue) add(updates ...json.RawMessage) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waits = append(q.waits, updates...)
	close(q.changed)
	q.changed = make(chan struct{})
}

func (q *queue) answer(w http.ResponseWriter, r *http.Request, method string) {
	if method != "getUpdates" {
		(&script{calls: make(chan asked, 9)}).answer(w, r, method)
		return
	}
	offset, _ := strconv.Atoi(r.PostForm.Get("offset"))
	q.mu.Lock()
	q.offsets = append(q.offsets, offset)
	q.waits = slices.DeleteFunc(q.waits, func(raw json.RawMessage) bool {
		var u struct {
			ID int `json:"update_id"`
		}
		_ = json.Unmarshal(raw, &u)
		return u.ID < offset && offset <= u.ID+100 // a far offset is of another count: RELIABILITY §1.2
	})
	shown, changed := slices.Clone(q.waits[:min(len(q.waits), 100)]), q.changed
	if len(shown) == 0 && offset > 0 {
		select {
		case <-q.empty:
		default:
			close(q.empty)
		}
	}
	q.mu.Unlock()
	if len(shown) == 0 && r.PostForm.Get("timeout") != "" {
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
	batch(shown...)(w, r)
}

// sliding polls the queue, asking again after a millisecond though nothing was
// settled.
func sliding(t *testing.T, q *queue, handle func(context.Context, Update) error) {
	t.Helper()
	var pauses waits
	c := connect(t, serve(t, q.answer).URL, func(o *Options) { o.After = pauses.after })
	c.again = func(time.Duration) <-chan time.Time { return time.After(time.Millisecond) }
	startPolling(t, c, handle)
}

// over waits until all that was shown is confirmed.
func (q *queue) over(t *testing.T) {
	t.Helper()
	select {
	case <-q.empty:
	case <-within(t).Done():
		t.Fatal("not everything was confirmed")
	}
}

// One update that hangs holds its own chat: who writes after it elsewhere is
// heard, and nothing from it on is confirmed.
func TestAHangingUpdateHoldsItsChatOnly(t *testing.T) {
	t.Parallel()
	q := queueOf(note(100, 1, "a"))
	hangs, release, other := make(chan struct{}), make(chan struct{}), make(chan struct{})
	var h heard
	sliding(t, q, func(ctx context.Context, u Update) error {
		switch u.ID {
		case 100:
			close(hangs)
			<-release
		case 102:
			defer close(other)
		}
		return h.handle(ctx, u)
	})
	<-hangs
	q.add(note(101, 1, "a, later"), note(102, 2, "b"))
	<-other
	if diff := cmp.Diff([]string{"b"}, h.list()); diff != "" {
		t.Errorf("heard beside it (-want +got):\n%s", diff)
	}
	q.mu.Lock()
	if highest := slices.Max(q.offsets); highest > 100 {
		t.Errorf("offset %d confirms what is not stored", highest)
	}
	q.mu.Unlock()
	close(release)
	q.over(t)
	if diff := cmp.Diff([]string{"b", "a", "a, later"}, h.list()); diff != "" {
		t.Errorf("heard (-want +got):\n%s", diff)
	}
}

// While nothing can be stored everybody who writes is tried, more of them than are
// handled at once, and nothing is confirmed; each is handled once when it can be.
func TestWhoWritesWhileNothingCanBeStoredIsTried(t *testing.T) {
	t.Parallel()
	const many = 90
	var all []json.RawMessage
	for i := range many {
		all = append(all, note(100+i, int64(1+i), strconv.Itoa(i)))
	}
	var mu sync.Mutex
	tried, back := map[int]bool{}, make(chan struct{})
	var h heard
	q := queueOf(all...)
	sliding(t, q, func(ctx context.Context, u Update) error {
		select {
		case <-back:
			return h.handle(ctx, u)
		default:
		}
		mu.Lock()
		defer mu.Unlock()
		if tried[u.ID] = true; len(tried) == many {
			select {
			case <-back:
			default:
				close(back)
			}
		}
		return errors.New("the store is away")
	})
	<-back
	q.over(t)
	if got := len(h.list()); got != many {
		t.Errorf("%d handled, want each of %d once", got, many)
	}
}

// Telegram counts anew, from below, while an update of the old count is in hand:
// the new ones are taken when that one is stored, for its offset could confirm
// them unheard.
func TestANewCountWaitsForWhatIsInHand(t *testing.T) {
	t.Parallel()
	q := queueOf(note(1000, 1, "old"))
	hangs, release := make(chan struct{}), make(chan struct{})
	var h heard
	sliding(t, q, func(ctx context.Context, u Update) error {
		if u.ID == 1000 {
			close(hangs)
			<-release
		}
		return h.handle(ctx, u)
	})
	<-hangs
	q.mu.Lock()
	q.waits = nil // the queue was reset
	q.mu.Unlock()
	q.add(note(5, 2, "fresh"))
	close(release)
	q.over(t)
	if diff := cmp.Diff([]string{"old", "fresh"}, h.list()); diff != "" {
		t.Errorf("heard (-want +got):\n%s", diff)
	}
}
