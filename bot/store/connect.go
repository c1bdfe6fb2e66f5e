package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// patience ends every call, whatever the caller's deadline: a person waits
// (RELIABILITY §5 C: ≤ 2 s).
const patience = 2 * time.Second

// limits are the parameters of a Redis URL that the desk sets where the URL
// does not. go-redis's own are made for machines that can wait (RELIABILITY
// §3.6–3.8).
//
// Repeats are allowed although go-redis repeats scripts whose reply was lost,
// because every script here knows a repeat: commit by its op, the others because
// doing them twice is doing them once. So one
// broken connection, such as after a failover, is no error at all.
var limits = map[string]string{
	"dial_timeout":      "1s",
	"read_timeout":      "1s",
	"write_timeout":     "1s",
	"max_retries":       "2",
	"min_retry_backoff": "8ms",
	"max_retry_backoff": "128ms",
	"protocol":          "2", // the newer one looks before each reply whether the server has news

	"pipeline_pool_size": "-1", // nearly all that is sent is a pipeline: another pool for them would only be more connections
}

var (
	errURL    = errors.New("reading the Redis URL: want redis://user:password@host:port/number, with special characters percent-encoded")
	errScheme = errors.New("reading the Redis URL: the scheme must be redis, rediss, redis+sentinel or redis+cluster")
	errMaster = errors.New("reading the Redis URL: redis+sentinel needs ?master_name=")
)

// connect makes the client for a URL. It does not reach for the server yet.
//
//	redis://user:password@host:6379/0                           one node
//	rediss://…                                                  one node over TLS
//	redis+sentinel://host:26379?addr=host2:26379&master_name=m  a failover group
//	redis+cluster://host:6379?addr=host2:6379                   a cluster
//
// The last two may begin with rediss too. What else a URL may hold is said at
// go-redis's ParseURL, ParseFailoverURL and ParseClusterURL, which read it. Their
// errors are not passed on, because they quote the URL, and it holds a password.
func connect(raw string) (redis.UniversalClient, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, errURL
	}
	var topology string
	u.Scheme, topology, _ = strings.Cut(u.Scheme, "+")
	query := u.Query()
	for name, value := range limits {
		if !query.Has(name) {
			query.Set(name, value)
		}
	}
	u.RawQuery = query.Encode()

	if u.Scheme != "redis" && u.Scheme != "rediss" {
		return nil, errScheme
	}
	switch topology {
	case "":
		return connectNode(u.String())
	case "sentinel":
		return connectSentinel(u.String())
	case "cluster":
		return connectCluster(u.String())
	default:
		return nil, errScheme
	}
}

// still turns off that a client asks its server for notices of maintenance,
// which only Redis's own cloud sends.
func still() *maintnotifications.Config {
	return &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}

func connectNode(plain string) (redis.UniversalClient, error) {
	o, err := redis.ParseURL(plain)
	if err != nil {
		return nil, errURL
	}
	o.ContextTimeoutEnabled, o.DialerRetries, o.MaintNotificationsConfig = true, 1, still()
	return redis.NewClient(o), nil
}

func connectSentinel(plain string) (redis.UniversalClient, error) {
	o, err := redis.ParseFailoverURL(plain)
	if err != nil {
		return nil, errURL
	}
	if o.MasterName == "" {
		return nil, errMaster
	}
	o.ContextTimeoutEnabled, o.DialerRetries = true, 1
	return redis.NewFailoverClient(o), nil
}

func connectCluster(plain string) (redis.UniversalClient, error) {
	o, err := redis.ParseClusterURL(plain)
	if err != nil {
		return nil, errURL
	}
	o.ContextTimeoutEnabled, o.DialerRetries, o.MaintNotificationsConfig = true, 1, still()
	return redis.NewClusterClient(o), nil
}

// logging passes on to slog what go-redis has to say about its connections.
type logging struct{ *slog.Logger }

// Printf is a line of go-redis's log.
func (l logging) Printf(ctx context.Context, format string, v ...any) {
	l.WarnContext(ctx, "redis client", "message", fmt.Sprintf(format, v...))
}
