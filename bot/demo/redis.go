package demo

import (
	"fmt"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
)

// redisTick is how often keys age, and so how late one may vanish. Every tick looks at all keys (miniredis sorts them), so it is not smaller.
const redisTick = 250 * time.Millisecond

// Redis is a Redis inside this process, for the demo: it has no disk and forgets everything with the process.
type Redis struct {
	mini *miniredis.Miniredis
	stop chan struct{}
	once sync.Once
	done sync.WaitGroup
}

// StartRedis listens on a free port of 127.0.0.1. The keys of miniredis never age by themselves (STYLE, short notes), so a ticker ages them by
// the time that has passed. The error says that no port could be had.
func StartRedis() (*Redis, error) {
	r := &Redis{mini: miniredis.NewMiniRedis(), stop: make(chan struct{})}
	if err := r.mini.StartAddr("127.0.0.1:0"); err != nil {
		return nil, fmt.Errorf("starting the embedded redis: %w", err)
	}
	r.done.Go(r.age)
	return r, nil
}

func (r *Redis) age() {
	tick := time.NewTicker(redisTick)
	defer tick.Stop()
	last := time.Now()
	for {
		select {
		case now := <-tick.C:
			r.mini.FastForward(now.Sub(last))
			last = now
		case <-r.stop:
			return
		}
	}
}

// URL is what goes into REDIS_URL.
func (r *Redis) URL() string { return "redis://" + r.mini.Addr() + "/0" }

// Flush forgets all keys.
func (r *Redis) Flush() { r.mini.FlushAll() }

// Refuse answers every command with an error until it is told the empty one.
func (r *Redis) Refuse(answer string) { r.mini.SetError(answer) }

// Close ends the server and its ticker. It may be called twice.
func (r *Redis) Close() {
	r.once.Do(func() {
		close(r.stop)
		r.done.Wait()
		r.mini.Close()
	})
}
