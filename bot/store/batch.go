package store

import (
	"context"
	"runtime"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// batches send scripts to Redis in pipelines: while as many as may be are on their
// way, the next one gathers. So a crowd costs the desk and Redis a few round trips,
// and whoever asks alone waits for nobody.
//
// go-redis's own autopipeline drops the deadlines of its callers: a frozen Redis
// held one for eleven seconds.
type batches struct {
	client  redis.UniversalClient
	mu      sync.Mutex
	waiting []*question
	flying  int // pipelines that are on their way
}

// How many pipelines are on their way at most, and how many scripts are in one. Redis
// takes some 16 KB of a connection, which are seven turns, before it syncs its file: a
// longer one would wait for many syncs.
const atOnce, together = 8, 8

// question is a script for which a caller waits.
type question struct {
	ctx      context.Context // of the caller, who may have left; it has a deadline
	put      func(redis.Scripter) *redis.Cmd
	reply    *redis.Cmd
	answered chan struct{}
}

// ask sends a script with the next pipeline. An answer that comes after ctx has ended
// is lost, as one that was lost on the way is.
func (b *batches) ask(ctx context.Context, put func(redis.Scripter) *redis.Cmd) ([]any, error) {
	q := &question{ctx: ctx, put: put, answered: make(chan struct{})}
	b.mu.Lock()
	b.waiting = append(b.waiting, q)
	free := b.flying < atOnce
	if free {
		b.flying++
	}
	b.mu.Unlock()
	if free {
		go b.send()
	}
	select {
	case <-q.answered:
		return q.reply.Slice()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// send sends pipelines as long as anybody waits. Whoever is about to ask may come with
// the first one.
func (b *batches) send() {
	runtime.Gosched()
	for batch := b.take(); len(batch) > 0; batch = b.take() {
		pipe := b.client.Pipeline()
		var last time.Time // until which somebody waits
		for _, q := range batch {
			q.reply = q.put(pipe)
			if until, _ := q.ctx.Deadline(); until.After(last) {
				last = until
			}
		}
		ctx, cancel := context.WithDeadline(context.Background(), last)
		_, _ = pipe.Exec(ctx) // each reply has an error of its own
		cancel()
		for _, q := range batch {
			close(q.answered)
		}
	}
}

// take gives the questions that somebody still waits for; without any, the pipeline
// has come to its end.
func (b *batches) take() (batch []*question) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.waiting) > 0 && len(batch) < together {
		if q := b.waiting[0]; q.ctx.Err() == nil {
			batch = append(batch, q)
		}
		b.waiting = b.waiting[1:]
	}
	if len(batch) == 0 {
		b.flying--
	}
	return batch
}
