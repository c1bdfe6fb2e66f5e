package store

import (
	"context"
	"testing"

	"powerdesk/flows/talk"
)

// BenchmarkTurn is one turn of a resident: load, commit with an answer, ack.
// B/op is the desk's; "trips/op" are round trips to Redis, of which the ack's
// is shared by a batch in production.
func BenchmarkTurn(b *testing.B) {
	for name, url := range servers {
		b.Run(name, func(b *testing.B) {
			s := open(b, url(b))
			b.ReportAllocs()
			before := s.RoundTrips()
			for b.Loop() {
				turn(b, s, wang)
			}
			b.ReportMetric(float64(s.RoundTrips()-before)/float64(b.N), "trips/op")
		})
	}
}

// BenchmarkTurns is the same with many residents at once, as in a storm.
func BenchmarkTurns(b *testing.B) {
	for name, url := range servers {
		b.Run(name, func(b *testing.B) {
			s := open(b, url(b))
			b.SetParallelism(32)
			b.RunParallel(func(pb *testing.PB) {
				chat := desks.Add(1)
				for pb.Next() {
					turn(b, s, chat)
				}
			})
		})
	}
}

func turn(b *testing.B, s *Store, chat int64) {
	c := change().by("desk")
	c.State = load(b, s, chat, "")
	c.State.Session.Follows = []string{"1123-07"}
	c.State.Session.Answers = map[string]string{"where": "somewhere", "what": "all dark"}
	c.Says = []talk.Say{{Chat: chat, Text: "Is the whole building dark?", Keys: [][]talk.Key{{{Text: "Yes"}, {Text: "No"}}}}}
	ack(b, s, "desk", 1, commit(b, s, c).Rows...)
}

// BenchmarkLeaseOfABacklog takes a hundred of 100 000 waiting rows and gives
// them back. RELIABILITY §5 C wants each script below 50 ms.
func BenchmarkLeaseOfABacklog(b *testing.B) {
	s := open(b, sharedURL(b))
	fill(b, s, 100_000)
	for b.Loop() {
		nack(b, s, "desk", 0, lease(b, s, "desk", 100)...)
	}
	backlog, err := s.Backlog(context.Background())
	check(b, err)
	same(b, "backlog", backlog.Ready, 100_000)
}
