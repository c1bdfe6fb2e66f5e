package telegram

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

func TestInOrderKeepsTheOrderOfEachKey(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.SliceOfN(rapid.Int64Range(1, 5), 0, 3), 0, 40).Draw(t, "keys")
		parallel := rapid.IntRange(1, 4).Draw(t, "parallel")
		var mu sync.Mutex
		var order []int
		running := map[int64]int{}
		inOrder(keys, parallel, func(i int) {
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
		})
		if len(order) != len(keys) {
			t.Fatalf("%d of %d ran", len(order), len(keys))
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

func TestInOrderRunsAsManyAsItMay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var now, most atomic.Int32
		inOrder([][]int64{{1}, {2}, {3}, {4}, {5}, {6}, {7}}, 3, func(int) {
			most.Store(max(most.Load(), now.Add(1)))
			<-time.After(time.Minute) // of the bubble's clock
			now.Add(-1)
		})
		if most.Load() != 3 || time.Since(began) != 3*time.Minute {
			t.Errorf("%d at once, %v for seven minutes of work, want 3 and 3m0s", most.Load(), time.Since(began))
		}
	})
}

// inOrder calls do with 0, 1, … for each entry of keys, at most parallel at
// once. Two calls that share a key run one after the other, in order; all
// others may overlap. It returns when every call has.
func inOrder(keys [][]int64, parallel int, do func(i int)) {
	slots := make(chan struct{}, parallel)
	var order lanes
	var all sync.WaitGroup
	for i, own := range keys {
		place := order.enter(own)
		all.Go(func() {
			defer place.leave()
			_ = place.wait(context.Background())
			// A slot is taken only by a call that can run, so none waits for
			// another that holds one.
			slots <- struct{}{}
			defer func() { <-slots }()
			do(i)
		})
	}
	all.Wait()
}
