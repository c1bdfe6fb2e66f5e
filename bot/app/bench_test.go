package app

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"

	"powerdesk/bot/demo"
	"powerdesk/flows/words"
)

// BenchmarkTurn measures whole turns over the wire: a resident taps, the desk
// fetches the update, loads, decides, commits and sends, and the resident has
// read the answer. One op is one turn; its allocations are those of the desk and
// of the stand-in together. It reports also
//
//	turns/s      answered turns a second, all residents together
//	trips/turn   round trips to Redis, acks and the outbox's own look-outs included
//	calls/turn   calls to Telegram, polls included
//
// Residents walk the first screens in a circle, so nothing grows but the count.
func BenchmarkTurn(b *testing.B) {
	for _, redis := range []struct {
		name string
		url  func(testing.TB) string
	}{
		{"fsync=always", func(tb testing.TB) string { return startRedis(tb).url() }},
		{"fsync=everysec", func(tb testing.TB) string { return startRedis(tb, "--appendfsync", "everysec").url() }},
		{"miniredis", miniURL},
	} {
		for _, residents := range []int{1, 200} {
			b.Run(fmt.Sprintf("%s/residents=%d", redis.name, residents), func(b *testing.B) {
				benchmarkTurns(b, redis.url(b), residents)
			})
		}
	}
}

// circle is a walk through the first screens and out again.
func (p *person) circle() []string {
	town, _ := p.place()
	label := func(key string) string { return words.Plain(p.lang, key, nil) }
	return []string{label("menu.menu.outage"), label("outage.danger.no"), label("outage.household.none"), town, label("nav.exit")}
}

func benchmarkTurns(b *testing.B, url string, residents int) {
	s := stageFor(b, url, realTime, func(o *demo.Options) { o.KeepCalls, o.KeepMessages = -1, 50 })
	s.setting.Log = slog.New(slog.DiscardHandler)
	s.open()
	everybody := make([]*person, residents)
	for i := range everybody {
		everybody[i] = s.resident(words.ZH)
		everybody[i].say(line{types: "/start", answer: "menu.menu.say"})
	}
	s.settled()
	calls := func() (n int) {
		for _, count := range s.tg.Counts() {
			n += count
		}
		return n
	}
	trips, before := s.desk.Store.RoundTrips(), calls()
	b.ReportAllocs()
	b.ResetTimer()
	var turns atomic.Int64
	var walking sync.WaitGroup
	for _, p := range everybody {
		walking.Go(func() {
			circle := p.circle()
			for i := 0; turns.Add(1) <= int64(b.N); i++ {
				if err := p.turn(circle[i%len(circle)]); err != nil {
					b.Errorf("turn %d of %s: %v", i, p.name, err)
					return
				}
			}
		})
	}
	walking.Wait()
	b.StopTimer()
	turn := float64(b.N)
	b.ReportMetric(turn/b.Elapsed().Seconds(), "turns/s")
	b.ReportMetric(float64(s.desk.Store.RoundTrips()-trips)/turn, "trips/turn")
	b.ReportMetric(float64(calls()-before)/turn, "calls/turn")
}

// turn sends a text and waits for whatever answers it.
func (p *person) turn(text string) error {
	id, err := p.hands.Send(p.id, text)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, err = p.tg.Await(ctx, p.id, id, func(m demo.Message) bool { return m.Bot })
	return err
}
