package demo

import (
	"net"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

func TestEmbeddedRedisAges(t *testing.T) {
	t.Parallel()
	r, err := StartRedis()
	try(t, err)
	t.Cleanup(r.Close)
	options, err := redis.ParseURL(r.URL())
	try(t, err)
	client := redis.NewClient(options)
	t.Cleanup(func() { _ = client.Close() })
	ctx := soon(t)
	try(t, client.Set(ctx, "lease", "1", 50*time.Millisecond).Err())
	try(t, client.Set(ctx, "kept", "1", 0).Err())
	for n := int64(1); n != 0 && ctx.Err() == nil; {
		n, err = client.Exists(ctx, "lease").Result()
		try(t, err)
	}
	if n, err := client.Exists(ctx, "lease").Result(); err != nil || n != 0 {
		t.Errorf("got %d leases, %v, want it expired by itself", n, err)
	}
	if n, err := client.Exists(ctx, "kept").Result(); err != nil || n != 1 {
		t.Errorf("got %d, %v, want the key without a TTL kept", n, err)
	}
	r.Flush()
	if n, err := client.DBSize(ctx).Result(); err != nil || n != 0 {
		t.Errorf("got %d keys, %v, want none", n, err)
	}
	r.Close()
	if conn, err := net.Dial("tcp", options.Addr); err == nil {
		_ = conn.Close()
		t.Error("it still listens after Close")
	}
}
