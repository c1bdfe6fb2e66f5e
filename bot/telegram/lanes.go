package telegram

import "sync"

// inOrder calls do with 0, 1, … for each entry of keys, at most parallel at
// once. Two calls that share a key run one after the other, in order; all
// others may overlap. It returns when every call has.
func inOrder(keys [][]int64, parallel int, do func(i int)) {
	slots := make(chan struct{}, parallel)
	last := make(map[int64]chan struct{}) // closed when the last call with that key is over
	var all sync.WaitGroup
	for i, own := range keys {
		over := make(chan struct{})
		var before []chan struct{}
		for _, key := range own {
			if earlier := last[key]; earlier != nil && earlier != over {
				before = append(before, earlier)
			}
			last[key] = over
		}
		all.Go(func() {
			defer close(over)
			for _, earlier := range before {
				<-earlier
			}
			// A slot is taken only by a call that can run, so none waits for
			// another that holds one.
			slots <- struct{}{}
			defer func() { <-slots }()
			do(i)
		})
	}
	all.Wait()
}
