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
	ack(b, s, 1, commit(b, s, c).Rows...)
}

// BenchmarkReadingABacklog reads 100 000 rows as a new term does. DESIGN §4 wants
// each slice below 5 ms.
func BenchmarkReadingABacklog(b *testing.B) {
	s := open(b, sharedURL(b))
	fill(b, s, 100_000)
	for b.Loop() {
		after, n := "", 0
		for page := (Page{Rows: make([]Row, 200)}); len(page.Rows) == 200; n += len(page.Rows) {
			var err error
			page, err = s.Rows(context.Background(), "desk", after, 200)
			check(b, err)
			if len(page.Rows) > 0 {
				after = page.Rows[len(page.Rows)-1].ID
			}
		}
		same(b, "read", n, 100_000)
	}
}
