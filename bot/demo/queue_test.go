package demo

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The queue must behave as the plainest possible one does: a list of ids with the times they expire.
func TestQueueAgainstItsModel(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		type known struct {
			id      int
			expires time.Time
		}
		q := queue{next: rapid.IntRange(1, 1000).Draw(t, "first")}
		var model []known
		now := monday
		keep := func(ok func(known) bool) {
			var left []known
			for _, k := range model {
				if ok(k) {
					left = append(left, k)
				}
			}
			model = left
		}
		t.Repeat(map[string]func(*rapid.T){
			"messages": func(t *rapid.T) {
				for range rapid.IntRange(1, 8).Draw(t, "count") {
					model = append(model, known{q.next, now.Add(keepUpdates)})
					if taken, err := q.add(now, update{kind: "message"}); !taken || err != nil {
						t.Fatalf("got %v, %v", taken, err)
					}
				}
			},
			"press": func(t *rapid.T) {
				model = append(model, known{q.next, now.Add(keepCallbacks)})
				if taken, err := q.add(now, update{kind: "callback_query"}); !taken || err != nil {
					t.Fatalf("got %v, %v", taken, err)
				}
			},
			"time passes": func(t *rapid.T) {
				now = now.Add(time.Duration(rapid.IntRange(1, 100).Draw(t, "minutes")) * time.Minute)
			},
			"confirm": func(t *rapid.T) {
				offset := q.next + rapid.IntRange(-40, 20).Draw(t, "offset")
				q.seek(offset)
				switch {
				case offset < 0:
					model = model[max(0, len(model)+offset):]
				case offset <= q.next+maxFutureOffset:
					keep(func(k known) bool { return k.id >= offset })
				}
			},
			"a webhook confirms one out of turn": func(t *rapid.T) {
				if n := len(model); n > 0 {
					gone := model[rapid.IntRange(0, n-1).Draw(t, "which")].id
					q.forget(q.from(gone)[0])
					q.popGone()
					keep(func(k known) bool { return k.id != gone })
				}
			},
			"": func(t *rapid.T) {
				keep(func(k known) bool { return k.expires.After(now) })
				limit := rapid.IntRange(1, 30).Draw(t, "limit")
				var got, want []int
				for _, raw := range q.batch(now, limit) {
					id := 0
					if _, err := fmt.Sscanf(string(raw), `{"update_id":%d}`, &id); err != nil {
						t.Fatal(err)
					}
					got = append(got, id)
				}
				for _, k := range model[:min(limit, len(model))] {
					want = append(want, k.id)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("batch (-want +got):\n%s", diff)
				}
				q.batch(now, 1_000_000) // forgets all that expired, so that the lengths agree
				if q.len() != len(model) {
					t.Fatalf("got length %d, want %d", q.len(), len(model))
				}
			},
		})
	})
}

func TestQueueGivesItsMemoryBack(t *testing.T) {
	t.Parallel()
	q := queue{next: 1}
	for range 100 {
		for range 100 {
			if _, err := q.add(monday, update{kind: "message"}); err != nil {
				t.Fatal(err)
			}
		}
		q.seek(q.next)
	}
	if n := len(q.items); n > 200 {
		t.Errorf("got %d slots after 10 000 confirmed updates, want them cut off", n)
	}
}
