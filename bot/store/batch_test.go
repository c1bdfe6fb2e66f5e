package store

import (
	"context"
	"errors"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// gateway is a hook that holds pipelines of scripts back until it is opened.
type gateway struct {
	came   chan int // how many scripts each has
	opened chan struct{}
}

func (gateway) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

func (gateway) ProcessHook(next redis.ProcessHook) redis.ProcessHook { return next }

func (g gateway) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		if cmds[0].Name() == "evalsha" { // and not what begins a connection
			g.came <- len(cmds)
			<-g.opened
		}
		return next(ctx, cmds)
	}
}

// wait returns when so many questions wait for the pipeline after the one that is held.
func (b *batches) wait(n int) {
	for {
		b.mu.Lock()
		waiting := len(b.waiting)
		b.mu.Unlock()
		if waiting == n {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func TestWhoeverAsksMeanwhileSharesATrip(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		commit(t, s, says(wang, "so that the script is known"))
		held := gateway{make(chan int, atOnce+5), make(chan struct{})}
		s.client.AddHook(held)
		var all sync.WaitGroup
		say := func(chat int64) { all.Go(func() { commit(t, s, says(chat, "hello")) }) }
		for range atOnce {
			say(1)
			same(t, "scripts of one who asks alone", <-held.came, 1)
		}
		for chat := range int64(5 * together) {
			say(chat + 2)
		}
		s.batches.wait(5 * together)
		left, leave := context.WithCancel(t.Context())
		leave()
		if _, err := s.Commit(left, says(wang, "who has left")); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want that the caller has left", err)
		}
		close(held.opened)
		all.Wait()
		for range 5 {
			same(t, "scripts of those who waited", <-held.came, together)
		}
		same(t, "said", len(waiting(t, s)), 1+atOnce+5*together)
	})
}
