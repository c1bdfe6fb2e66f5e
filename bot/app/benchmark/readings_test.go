package benchmark

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// reading is what a bot and its Redis have used at an instant.
type reading struct {
	at       time.Time
	turns    int64
	calls    int64
	cpu      time.Duration
	redisCPU float64 // seconds
	commands float64
	bytes    float64
}

// used is what lies between two readings.
type used struct {
	turns, calls, seconds, cpu, redisCPU, commands, bytes float64
}

// info reads a section of Redis's INFO.
func (b *bot) info(tb testing.TB, section string) map[string]string {
	tb.Helper()
	raw, err := b.redis.Info(context.Background(), section).Result()
	check(tb, err)
	all := map[string]string{}
	for line := range strings.Lines(raw) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			all[name] = value
		}
	}
	return all
}

// own are the commands of the measurement itself and of a new connection.
var own = regexp.MustCompile(`^(info|ping|config\||hello|client\||scan|slowlog\||memory\|)`)

// command is a row of commandstats.
type command struct {
	name  string
	calls float64
	usec  float64
}

// commands gives Redis's count of every command; one that a script calls counts
// as well as the script.
func (b *bot) commands(tb testing.TB) []command {
	tb.Helper()
	var all []command
	for name, stat := range b.info(tb, "commandstats") {
		name = strings.TrimPrefix(name, "cmdstat_")
		if own.MatchString(name) {
			continue
		}
		c := command{name: name}
		for part := range strings.SplitSeq(stat, ",") {
			key, value, _ := strings.Cut(part, "=")
			switch number, _ := strconv.ParseFloat(value, 64); key {
			case "calls":
				c.calls = number
			case "usec":
				c.usec = number
			}
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b command) int { return cmp.Compare(b.usec, a.usec) })
	return all
}

// read takes a reading of a bot at rest.
func (b *bot) read(tb testing.TB) reading {
	tb.Helper()
	number := func(section map[string]string, name string) float64 {
		n, err := strconv.ParseFloat(section[name], 64)
		check(tb, err)
		return n
	}
	cpu := b.info(tb, "cpu")
	r := reading{at: time.Now(), turns: b.turns.Load(), calls: b.calls.Load(), cpu: b.cpu(tb)}
	r.redisCPU = number(cpu, "used_cpu_user") + number(cpu, "used_cpu_sys")
	for _, c := range b.commands(tb) {
		r.commands += c.calls
	}
	r.bytes = b.stored(tb)
	return r
}

// stored sums MEMORY USAGE over all keys. That leaves out the buckets of the
// key table and the index of expiries, some 60 bytes a key, and gives the same
// number every time, which used_memory does not.
func (b *bot) stored(tb testing.TB) (sum float64) {
	tb.Helper()
	ctx := context.Background()
	for cursor := uint64(0); ; {
		keys, next, err := b.redis.Scan(ctx, cursor, "*", 1000).Result()
		check(tb, err)
		sizes, err := b.redis.Pipelined(ctx, func(pipe redis.Pipeliner) error {
			for _, key := range keys {
				pipe.MemoryUsage(ctx, key, 0)
			}
			return nil
		})
		if err != nil && !errors.Is(err, redis.Nil) { // a key may have run out
			tb.Fatal(err)
		}
		for _, size := range sizes {
			sum += float64(size.(*redis.IntCmd).Val())
		}
		if cursor = next; cursor == 0 {
			return sum
		}
	}
}

// begin takes the reading that the next measured one is compared with.
func (b *bot) begin(tb testing.TB) {
	tb.Helper()
	b.settle(tb)
	b.waits = nil
	b.before = b.read(tb)
}

// end says what was used since begin. The clock of the rate stops when the last
// answer is read; all that the turns cause until the bot is at rest, such as the
// cards of the team's group, is in the other numbers.
func (b *bot) end(tb testing.TB) used {
	tb.Helper()
	walked := time.Now()
	b.settle(tb)
	now := b.read(tb)
	return used{
		turns: float64(now.turns - b.before.turns), calls: float64(now.calls - b.before.calls),
		seconds: walked.Sub(b.before.at).Seconds(), cpu: (now.cpu - b.before.cpu).Seconds(),
		redisCPU: now.redisCPU - b.before.redisCPU, commands: now.commands - b.before.commands, bytes: now.bytes - b.before.bytes,
	}
}

// median gives the middle one.
func median[T cmp.Ordered](all []T) T {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}
