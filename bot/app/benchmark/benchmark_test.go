// Package benchmark measures what a turn of a resident costs, beside a yardstick:
// a bare bot that asks the same questions and promises nothing. It is for whoever
// changes the way of a turn:
//
//	go test ./bot/app/benchmark -run '^$' -bench Turn
//	go test ./bot/app/benchmark -run '^$' -bench Scripts
//	go test ./bot/app/benchmark -run '^$' -bench Profile -benchmark.profile=cpu.pprof
//
// Desk and yardstick run as processes of their own, the desk as it is shipped,
// each with a real redis-server and a stand-in for Telegram of its own; the
// benchmark sees them from outside: environment, Bot API, Redis's INFO, /proc.
// It never runs with the tests, which only try that it still works, and it
// judges nothing: a machine that others use gives other numbers, and only what
// is measured in the same run can be compared.
package benchmark

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

var rounds = flag.Int("benchmark.rounds", 5, "rounds of BenchmarkTurn; their medians are shown")

// The sizes of a round.
const (
	warmUp = 40  // whole talks that are not measured
	atOnce = 100 // residents who talk at the same time where they do not pause
	talks  = 200 // whole talks with one core for the bot

	hurried = 200 // residents of the round with latency
	latency = 30 * time.Millisecond
	pause   = 150 * time.Millisecond

	alive = 2000 // residents in the middle of a talk
	half  = 6    // turns to there
)

// figures are those of one bot in one round.
type figures struct {
	commands, calls, cpu, redisCPU float64 // a turn; seconds
	rate                           float64 // turns a second
	left                           float64 // bytes, by a finished talk
	p50, p95                       float64 // ms
}

// BenchmarkTurn prints DESIGN's figures of a turn.
func BenchmarkTurn(b *testing.B) {
	var of = map[string][]figures{}
	for range *rounds {
		for _, which := range []string{bareBot, desk} {
			f := saturate(b, which)
			f.hurry(b, which)
			of[which] = append(of[which], f)
		}
	}
	live, rss := populate(b)
	middle := func(which string, figure func(figures) float64) float64 {
		var all []float64
		for _, f := range of[which] {
			all = append(all, figure(f))
		}
		return median(all)
	}
	var table strings.Builder
	fmt.Fprintf(&table, "medians of %d rounds\n%-34s %12s %12s %8s\n", *rounds, "", bareBot, desk, "ratio")
	for _, row := range []struct {
		what, unit string
		figure     func(figures) float64
	}{
		{"Redis commands a turn", "commands/turn", func(f figures) float64 { return f.commands }},
		{"calls of the Bot API a turn", "", func(f figures) float64 { return f.calls }},
		{"bot CPU, µs a turn", "cpu-ratio", func(f figures) float64 { return f.cpu * 1e6 }},
		{"turns/s, one core", "rate-ratio", func(f figures) float64 { return f.rate }},
		{"of its core in use, %", "", func(f figures) float64 { return f.cpu * f.rate * 100 }},
		{"Redis CPU, µs a turn", "redis-cpu-ratio", func(f figures) float64 { return f.redisCPU * 1e6 }},
		{"bytes left by a finished talk", "", func(f figures) float64 { return f.left }},
		{"p50 with 30 ms API, ms", "p50-ratio", func(f figures) float64 { return f.p50 }},
		{"p95 with 30 ms API, ms", "", func(f figures) float64 { return f.p95 }},
	} {
		mine, its := middle(desk, row.figure), middle(bareBot, row.figure)
		// A ratio is of one round, whose two halves the machine treated alike.
		var ratios []float64
		for i := range of[desk] {
			ratios = append(ratios, row.figure(of[desk][i])/row.figure(of[bareBot][i]))
		}
		fmt.Fprintf(&table, "%-34s %12.1f %12.1f %8.2f\n", row.what, its, mine, median(ratios))
		switch {
		case row.unit == "commands/turn":
			b.ReportMetric(mine, row.unit)
		case row.unit != "":
			b.ReportMetric(median(ratios), row.unit)
		}
	}
	fmt.Fprintf(&table, "%-34s %12s %12.1f\n%-34s %12s %12.1f\n", "bytes a live talk", "", live, fmt.Sprintf("RSS at %d live talks, MB", alive), "", rss/1e6)
	b.ReportMetric(live, "B/live")
	b.ReportMetric(middle(desk, func(f figures) float64 { return f.left }), "B/left")
	b.ReportMetric(rss/1e6, "MB-RSS")
	fmt.Print("\n", table.String()) // what a benchmark logs is cut after ten lines
}

// saturate lets residents talk as fast as a bot with one core answers.
func saturate(tb testing.TB, which string) figures {
	it := startBot(tb, which, options{cores: 1})
	defer it.stop()
	it.play(warmUp, warmUp, whole)
	it.begin(tb)
	it.play(talks, atOnce, whole)
	u := it.end(tb)
	return figures{
		commands: u.commands / u.turns, calls: u.calls / u.turns, cpu: u.cpu / u.turns, redisCPU: u.redisCPU / u.turns,
		rate: u.turns / u.seconds, left: u.bytes / talks,
	}
}

// hurry lets residents who pause talk over a Bot API that takes its time.
func (f *figures) hurry(tb testing.TB, which string) {
	it := startBot(tb, which, options{latency: latency, pause: pause})
	defer it.stop()
	it.play(warmUp, warmUp, whole)
	it.begin(tb)
	it.play(hurried, hurried, whole)
	check(tb, it.failed())
	waits := slices.Sorted(slices.Values(it.waits))
	f.p50 = float64(waits[len(waits)/2].Microseconds()) / 1e3
	f.p95 = float64(waits[len(waits)*95/100].Microseconds()) / 1e3
}

// populate brings many residents to the middle of their talk, and gives the
// bytes that each takes in Redis and the memory of the desk.
func populate(tb testing.TB) (live, rss float64) {
	it := startBot(tb, desk, options{})
	defer it.stop()
	it.play(warmUp, warmUp, whole)
	it.ways = [][]string{tripping, elderly} // who is in danger has a job by then
	it.begin(tb)
	it.play(alive, atOnce, half)
	u := it.end(tb)
	return u.bytes / alive, it.rss(tb)
}

// TestTheBenchmarkStillWorks plays a talk of each way with both bots.
func TestTheBenchmarkStillWorks(t *testing.T) {
	t.Parallel()
	for _, which := range []string{bareBot, desk} {
		t.Run(which, func(t *testing.T) {
			t.Parallel()
			it := startBot(t, which, options{})
			it.begin(t)
			all := it.play(len(ways), len(ways), whole)
			u := it.end(t)
			for _, r := range all {
				if !r.reported || !r.over {
					t.Errorf("a resident has reported: %v, is at the end: %v", r.reported, r.over)
				}
			}
			if u.turns < 20 || u.calls < u.turns || u.commands < 2*u.turns || u.redisCPU <= 0 || u.bytes <= 0 || it.rss(t) <= 0 {
				t.Errorf("%v talks used %+v", len(ways), u)
			}
		})
	}
}
