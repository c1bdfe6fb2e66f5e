package store

import (
	"context"
	"net"
	"sync/atomic"

	"github.com/redis/go-redis/v9"
)

// RoundTrips counts how often the store has asked Redis and waited: a script, a
// command or a pipeline is one, a repeat of go-redis's own is not counted again.
// Tests and benchmarks hold a turn to two by it.
func (s *Store) RoundTrips() int64 { return s.trips.n.Load() }

// trips is a hook that counts.
type trips struct{ n atomic.Int64 }

var _ redis.Hook = (*trips)(nil)

func (t *trips) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

func (t *trips) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		t.n.Add(1)
		return next(ctx, cmd)
	}
}

func (t *trips) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		t.n.Add(1)
		return next(ctx, cmds)
	}
}
