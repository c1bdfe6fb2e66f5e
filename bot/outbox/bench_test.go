package outbox

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"
)

// swift is a store that leases nothing and takes everything.
type swift struct {
	*memStore
	acked atomic.Int64
	done  chan struct{}
	want  int64
}

func (s *swift) Lease(context.Context, string, int, time.Duration) ([]Row, error) { return nil, nil }

func (s *swift) Extend(context.Context, string, []string, time.Duration) error { return nil }

func (s *swift) Ack(_ context.Context, _ string, acks []Ack) error {
	if s.acked.Add(int64(len(acks))) == s.want {
		close(s.done)
	}
	return nil
}

// BenchmarkOfferToAck is the outbox alone: rows in, rows acked, with a sender
// and a store that cost nothing.
func BenchmarkOfferToAck(b *testing.B) {
	for _, chats := range []int{100, 1000} {
		b.Run(fmt.Sprintf("chats=%d", chats), func(b *testing.B) {
			store := &swift{memStore: newMemStore(), done: make(chan struct{}), want: int64(b.N)}
			sender := senderFunc(func(context.Context, Row) Outcome { return Outcome{Kind: Sent, Message: 1} })
			box := New(Options{Store: store, Sender: sender, Owner: "bench", Limits: Limits(0)})
			ctx, stop := context.WithCancel(context.Background())
			ended := make(chan error, 1)
			go func() { ended <- box.Run(ctx) }()
			b.ReportAllocs()
			for i := range b.N {
				box.Offer([]Row{{ID: fmt.Sprintf("%016d", i+1), Chat: int64(1 + i%chats), Class: 2}})
			}
			<-store.done
			b.StopTimer()
			stop()
			if err := <-ended; err != nil {
				b.Fatal(err)
			}
		})
	}
}
