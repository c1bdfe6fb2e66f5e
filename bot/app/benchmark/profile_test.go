package benchmark

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var profile = flag.String("benchmark.profile", "", "the file that BenchmarkProfile writes the desk's CPU profile to")

// profiling is one file more for the desk's program, for this measurement
// alone: go build lays it over the sources.
const profiling = `package main

import (
	"net/http"
	_ "net/http/pprof"
	"os"
)

func init() {
	if addr := os.Getenv("PPROF_ADDR"); addr != "" {
		go func() { _ = http.ListenAndServe(addr, nil) }()
	}
}
`

// layOver writes that file and the overlay that names it.
func layOver(dir string) (string, error) {
	source, overlay := filepath.Join(dir, "profiling.go"), filepath.Join(dir, "overlay.json")
	target, err := filepath.Abs("../../profiling.go")
	if err != nil {
		return "", err
	}
	raw, err := json.Marshal(map[string]map[string]string{"Replace": {target: source}})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(source, []byte(profiling), 0o600); err != nil {
		return "", err
	}
	return overlay, os.WriteFile(overlay, raw, 0o600)
}

// BenchmarkProfile shows where a turn's time goes, in the desk (the file of
// -benchmark.profile is for go tool pprof) and in Redis (its commands, printed).
func BenchmarkProfile(b *testing.B) {
	if *profile == "" {
		b.Skip("-benchmark.profile names no file")
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	check(b, err)
	address := free.Addr().String()
	check(b, free.Close())
	it := startBot(b, desk, options{cores: 1, env: []string{"PPROF_ADDR=" + address}})
	ctx := context.Background()
	check(b, it.redis.ConfigSet(ctx, "slowlog-log-slower-than", "5000").Err())
	it.play(warmUp, warmUp, whole)
	it.begin(b)
	check(b, it.redis.ConfigResetStat(ctx).Err())
	before := it.turns.Load()
	written := make(chan error, 1)
	const span = 20 * time.Second
	go func() {
		written <- fetch(fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", address, span/time.Second), *profile)
	}()
	for end := time.Now().Add(span); time.Now().Before(end) && it.failed() == nil; {
		it.play(atOnce, atOnce, whole)
	}
	check(b, <-written)
	turns := float64(it.turns.Load() - before)
	var table strings.Builder
	fmt.Fprintf(&table, "%.0f turns; Redis, per turn:\n%-20s %8s %10s %10s\n", turns, "command", "calls", "usec", "usec/call")
	for _, c := range it.commands(b) {
		fmt.Fprintf(&table, "%-20s %8.2f %10.1f %10.1f\n", c.name, c.calls/turns, c.usec/turns, c.usec/c.calls)
	}
	check(b, it.failed())
	slow, err := it.redis.SlowLogGet(ctx, 10).Result()
	check(b, err)
	for _, s := range slow {
		fmt.Fprintf(&table, "slow: %v %.60q\n", s.Duration, s.Args)
	}
	fmt.Print("\n", table.String()) // what a benchmark logs is cut after ten lines
}

func fetch(url, file string) error {
	response, err := http.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	return os.WriteFile(file, raw, 0o600)
}
