package workers

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
)

func TestAPoolKeepsAsManyAsWereBusyAtOnceAndEndsThem(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // which fails when a goroutine is left
		p := New()
		var done atomic.Int64
		gate := make(chan struct{})
		for range 3 {
			p.Go(func() { <-gate; done.Add(1) })
		}
		close(gate)
		p.Wait()
		synctest.Wait()
		var kept atomic.Int64
		again := make(chan struct{})
		for range 3 { // all of them are taken by those that wait
			select {
			case p.idle <- func() { kept.Add(1); <-again; p.busy.Add(1) }:
			default:
			}
		}
		synctest.Wait()
		close(again)
		synctest.Wait()
		if done.Load() != 3 || kept.Load() != 3 {
			t.Errorf("%d were done, and %d goroutines kept, want 3 and 3", done.Load(), kept.Load())
		}
		p.Close()
	})
}
