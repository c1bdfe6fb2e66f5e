package outbox

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"
)

// swift is a store that has nothing to read and takes everything.
type swift struct {
	*memStore
	acked atomic.Int64
	done  chan struct{}
	want  int64
}

func (s *swift) Settle(_ context.Context, _ string, w Settlement) error {
	if s.acked.Add(int64(len(w.Acks))) == s.want {
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
			box := New(Options{Store: store, Limits: Limits(0), Hold: b.N + 1})
			ctx, stop := context.WithCancel(context.Background())
			ended := make(chan error, 1)
			store.begin("bench")
			go func() { ended <- box.Run(ctx, Term{Owner: "bench", Sender: sender}) }()
			time.Sleep(poll) // so that it takes what is offered
			b.ReportAllocs()
			b.ResetTimer()
			for i := range b.N {
				box.Offer("bench", []Row{{ID: fmt.Sprintf("%016d", i+1), Chat: int64(1 + i%chats), Class: 2, At: time.Now()}}, 0)
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
