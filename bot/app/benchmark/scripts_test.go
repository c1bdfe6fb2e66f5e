package benchmark

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The desk that has grown: so many residents are in the middle of a talk, and so
// many of them are in danger. Each of these has an open job, with an alarm and a
// card that wait because the team's group takes nothing: two rows.
const (
	grownTalks   = 50_000
	grownDangers = 10_000
	asked        = 2 // turns to the middle of a talk
	alarmed      = 4 // turns to a danger's job and its two rows
	seldom       = 100
)

// BenchmarkScripts compares the time that Redis spends in a script of a desk
// that has grown with that of one with ten talks. Their rounds take turns.
func BenchmarkScripts(b *testing.B) {
	calm := calmDesk(b)
	small, grown := startBot(b, desk, options{env: calm}), startBot(b, desk, options{env: calm})
	for _, it := range []*bot{small, grown} {
		it.flood(dutyChat)
		it.play(warmUp, warmUp, whole)
	}
	ctx := context.Background()
	check(b, grown.redis.ConfigSet(ctx, "appendfsync", "no").Err())
	grown.ways = [][]string{tripping}
	grown.play(grownTalks-grownDangers, atOnce, asked)
	grown.ways = [][]string{inDanger}
	grown.play(grownDangers, atOnce, alarmed)
	grown.ways = ways
	grown.settle(b)
	check(b, grown.redis.ConfigSet(ctx, "appendfsync", "always").Err())

	times := map[*bot]map[string][]float64{small: {}, grown: {}}
	for range *rounds {
		for _, it := range []*bot{small, grown} {
			check(b, it.redis.ConfigResetStat(ctx).Err())
			it.play(seldom, 10, whole)
			it.settle(b)
			for name, p50 := range it.scripts(b) {
				times[it][name] = append(times[it][name], p50)
			}
		}
	}
	var table strings.Builder
	fmt.Fprintf(&table, "medians of %d rounds, µs\n%-20s %10s %10s %8s\n", *rounds, "script", "10 talks", fmt.Sprint(grownTalks), "ratio")
	for name, all := range times[small] {
		if len(times[grown][name]) == 0 {
			continue // a script that runs once in a while
		}
		few, many := median(all), median(times[grown][name])
		fmt.Fprintf(&table, "%-20s %10.1f %10.1f %8.2f\n", name, few, many, many/few)
		b.ReportMetric(many/few, name+"-ratio")
	}
	fmt.Print("\n", table.String())
}

var half50 = regexp.MustCompile(`p50=([\d.]+)`)

// scripts gives the median time of each command that runs a script, in µs.
func (b *bot) scripts(tb testing.TB) map[string]float64 {
	tb.Helper()
	all := map[string]float64{}
	for name, stat := range b.info(tb, "latencystats") {
		name = strings.TrimPrefix(name, "latency_percentiles_usec_")
		if strings.HasPrefix(name, "eval") || strings.HasPrefix(name, "fcall") {
			p50, err := strconv.ParseFloat(half50.FindStringSubmatch(stat)[1], 64)
			check(tb, err)
			all[name] = p50
		}
	}
	return all
}

// calmDesk is the sample desk with the longest waits that it may have before
// anybody is called for a job that nobody takes: what is measured is the
// residents' turns.
func calmDesk(tb testing.TB) []string {
	tb.Helper()
	raw, err := os.ReadFile("../../config/wuqiao.yaml")
	check(tb, err)
	for ladder, latest := range map[string]string{"unclaimed": "[118m, 119m, 120m]", "danger": "[28m, 29m, 30m]"} {
		line := regexp.MustCompile(`(?m)^  ` + ladder + `: +\[.*?\]`)
		if !line.Match(raw) {
			tb.Fatalf("the sample desk file has no ladder %q", ladder)
		}
		raw = line.ReplaceAll(raw, []byte("  "+ladder+": "+latest))
	}
	file := filepath.Join(tb.TempDir(), "desk.yaml")
	check(tb, os.WriteFile(file, raw, 0o600))
	return []string{"DESK_FILE=" + file}
}
