package telegram

import (
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestInOrderKeepsTheOrderOfEachKeyAndTheLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.SliceOfN(rapid.Int64Range(1, 5), 0, 3), 0, 40).Draw(t, "keys")
		parallel := rapid.IntRange(1, 4).Draw(t, "parallel")
		var mu sync.Mutex
		var order []int
		running := map[int64]int{}
		var now, most atomic.Int32
		inOrder(keys, parallel, func(i int) {
			if n := now.Add(1); n > most.Load() {
				most.Store(n)
			}
			mu.Lock()
			order = append(order, i)
			for _, key := range keys[i] {
				if other, busy := running[key]; busy && other != i {
					t.Errorf("%d and %d share key %d and overlap", other, i, key)
				}
				running[key] = i
			}
			mu.Unlock()
			mu.Lock()
			for _, key := range keys[i] {
				delete(running, key)
			}
			mu.Unlock()
			now.Add(-1)
		})
		if len(order) != len(keys) || int(most.Load()) > parallel {
			t.Fatalf("%d of %d ran, %d at once of %d", len(order), len(keys), most.Load(), parallel)
		}
		for key := int64(1); key <= 5; key++ {
			last := -1
			for _, i := range order {
				for _, k := range keys[i] {
					if k == key && i < last {
						t.Errorf("key %d: %d ran after %d", key, i, last)
					}
					if k == key {
						last = i
					}
				}
			}
		}
	})
}

// Two chats run side by side: each waits for the other to have begun.
func TestInOrderRunsOtherKeysMeanwhile(t *testing.T) {
	t.Parallel()
	begun := []chan struct{}{make(chan struct{}), make(chan struct{})}
	var mu sync.Mutex
	var ended []int
	inOrder([][]int64{{1}, {2}, {1}}, 2, func(i int) {
		if i < 2 {
			close(begun[i])
			<-begun[1-i]
		}
		mu.Lock()
		defer mu.Unlock()
		ended = append(ended, i)
	})
	if diff := cmp.Diff(2, ended[2]); diff != "" {
		t.Errorf("last (-want +got):\n%s", diff)
	}
}
