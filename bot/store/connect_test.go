package store

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"powerdesk/flows/county"
)

func TestTheURLPicksTheClient(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ url, want string }{
		{"redis://127.0.0.1:6379/0", "node 127.0.0.1:6379 db 0 tls false"},
		{"redis://desk:pass@redis.example:7000/3", "node redis.example:7000 db 3 tls false"},
		{"rediss://redis.example", "node redis.example:6379 db 0 tls true"},
		{"redis+sentinel://one:26379/2?addr=two:26379&master_name=m", "node FailoverClient db 2 tls false"},
		{"rediss+sentinel://one:26379?master_name=m", "node FailoverClient db 0 tls true"},
		{"redis+cluster://one:6379?addr=two:6379", "cluster one:6379,two:6379 tls false"},
		{"rediss+cluster://one:6379", "cluster one:6379 tls true"},
	} {
		client, err := connect(test.url)
		check(t, err)
		defer client.Close()
		var got string
		switch c := client.(type) {
		case *redis.Client:
			o := c.Options()
			got = fmt.Sprintf("node %s db %d tls %t", o.Addr, o.DB, o.TLSConfig != nil)
			limited(t, test.url, o.DialTimeout, o.ReadTimeout, o.MaxRetries, o.DialerRetries, o.ContextTimeoutEnabled)
		case *redis.ClusterClient:
			o := c.Options()
			got = fmt.Sprintf("cluster %s tls %t", strings.Join(o.Addrs, ","), o.TLSConfig != nil)
			limited(t, test.url, o.DialTimeout, o.ReadTimeout, o.MaxRetries, o.DialerRetries, o.ContextTimeoutEnabled)
		}
		same(t, test.url, got, test.want)
	}
}

func limited(t *testing.T, url string, dial, read time.Duration, retries, dials int, deadlines bool) {
	t.Helper()
	same(t, "limits of "+url, fmt.Sprint(dial, read, retries, dials, deadlines), "1s 1s 2 1 true")
}

func TestTheURLMaySetItsOwnLimits(t *testing.T) {
	t.Parallel()
	client, err := connect("redis://127.0.0.1?read_timeout=300ms&max_retries=-1&pool_size=7")
	check(t, err)
	defer client.Close()
	o := client.(*redis.Client).Options()
	same(t, "limits", fmt.Sprint(o.ReadTimeout, o.MaxRetries, o.PoolSize, o.DialTimeout), "300ms 0 7 1s")
}

func TestAnUnusableURLIsRefusedWithoutBeingQuoted(t *testing.T) {
	t.Parallel()
	for _, url := range []string{
		"", "127.0.0.1:6379", "http://:secret@host", "redis+x://:secret@host", "redis+sentinel://:secret@host:26379",
		"redis://:secret#@host:6379", "redis://:123/secret@host:6379", "redis://user:secret%zz@host", "redis://:secret@host/x",
		"redis://:secret@host?unknown=secret", "redis+cluster://:secret@host?addr=secret", "redis://host?read_timeout=secret",
	} {
		_, err := Open(Options{URL: url, Key: "wuqiao", Keep: keep})
		if err == nil {
			t.Errorf("%s: was accepted", url)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error quotes it: %v", url, err)
		}
	}
}

func TestADeskMustBeNamedAndForget(t *testing.T) {
	t.Parallel()
	for _, opts := range []Options{
		{URL: "redis://127.0.0.1", Key: "", Keep: keep},
		{URL: "redis://127.0.0.1", Key: "a}b", Keep: keep},
		{URL: "redis://127.0.0.1", Key: "wuqiao", Keep: county.Keep{Job: time.Hour}},
		{URL: "redis://127.0.0.1", Key: "wuqiao", Keep: county.Keep{Session: time.Hour}},
		{URL: "redis://127.0.0.1", Key: "wuqiao", Keep: county.Keep{Session: time.Hour, Job: 366 * 24 * time.Hour}},
	} {
		if s, err := Open(opts); err == nil {
			s.Close()
			t.Errorf("%+v: was accepted", opts)
		}
	}
}

func TestAStoreOpensBeforeItsRedis(t *testing.T) {
	t.Parallel()
	s := openShipped(t, "redis://user:secret@127.0.0.1:1")
	for what, err := range map[string]error{
		"ping":   s.Ping(context.Background()),
		"load":   func() error { _, _, err := s.Load(context.Background(), Want{Chat: wang}); return err }(),
		"commit": func() error { _, err := s.Commit(context.Background(), opens()); return err }(),
	} {
		unavailable(t, what, err)
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error quotes the password: %v", what, err)
		}
	}
}
