package benchmark

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

func TestMain(m *testing.M) {
	if os.Getenv(yardstickAPI) != "" {
		fmt.Fprintln(os.Stderr, "yardstick:", runYardstick())
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(built.dir)
	os.Exit(code)
}

// need skips for want of a program, or fails where REQUIRE_REAL says that it
// must be there.
func need(tb testing.TB, program string) string {
	tb.Helper()
	path, err := exec.LookPath(program)
	if err != nil && os.Getenv("REQUIRE_REAL") != "1" {
		tb.Skipf("%s is not on PATH: this runs with a real one only", program)
	}
	check(tb, err)
	return path
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// built is the desk's program as it is shipped, made once.
var built struct {
	sync.Once
	dir string
	err error
}

func program(tb testing.TB) string {
	tb.Helper()
	built.Do(func() { built.err = build() })
	check(tb, built.err)
	return filepath.Join(built.dir, "desk")
}

func build() (err error) {
	if built.dir, err = os.MkdirTemp("", "benchmark"); err != nil {
		return err
	}
	args := []string{"build", "-ldflags=-s -w", "-o", filepath.Join(built.dir, "desk")}
	if *profile != "" {
		overlay, err := layOver(built.dir)
		if err != nil {
			return err
		}
		args = append(args, "-overlay", overlay)
	}
	if out, err := exec.Command("go", append(args, "powerdesk/bot")...).CombinedOutput(); err != nil {
		return fmt.Errorf("building the desk: %w\n%s", err, out)
	}
	return nil
}

// bot is one bot at work, with a Redis and a stand-in of its own.
type bot struct {
	*crowd
	redis  *redis.Client
	pid    int
	stops  []func()
	before reading
}

const (
	desk    = "desk"
	bareBot = "yardstick"
)

// options of a bot at work.
type options struct {
	cores   int           // 0 = all
	latency time.Duration // of the Bot API
	pause   time.Duration // of the residents
	env     []string      // more for the desk
}

// startBot starts a bot and its Redis and waits until it hears.
func startBot(tb testing.TB, which string, o options) *bot {
	tb.Helper()
	b := &bot{}
	tb.Cleanup(b.stop)
	address := b.startRedis(tb)
	b.crowd = &crowd{standin: startStandin(tb, o.latency), pause: o.pause, ways: ways}
	self, err := os.Executable()
	check(tb, err)
	cmd := exec.Command(self)
	cmd.Env = []string{yardstickAPI + "=" + b.URL, yardstickRedis + "=redis://" + address}
	if which == desk {
		cmd = exec.Command(program(tb), "serve")
		cmd.Env = append([]string{
			"TELEGRAM_BOT_TOKEN=1000001:benchmark-AAF7xw0rK3pQ2zT9sYbNc4", "TELEGRAM_API_URL=" + b.URL, "REDIS_URL=redis://" + address,
			"DUTY_CHAT_ID=" + strconv.Itoa(dutyChat), "HALL_CHAT_ID=-1001000000002", "LEADER_CHAT_ID=-1001000000003",
			"LISTEN_ADDR=127.0.0.1:0", "SEND_RATE=0", "LOG_FORMAT=json",
		}, o.env...)
	}
	if o.cores > 0 {
		cmd.Env = append(cmd.Env, "GOMAXPROCS="+strconv.Itoa(o.cores))
	}
	log, err := os.Create(filepath.Join(tb.TempDir(), "log"))
	check(tb, err)
	cmd.Stdout, cmd.Stderr = log, log
	check(tb, cmd.Start())
	b.pid = cmd.Process.Pid
	b.stops = append(b.stops, func() {
		cmd.Process.Signal(syscall.SIGKILL)
		cmd.Wait()
		log.Close()
	})
	select {
	case <-b.polled:
	case <-time.After(patience):
		said, _ := os.ReadFile(log.Name())
		tb.Fatalf("the %s does not poll:\n%s", which, said)
	}
	return b
}

const dutyChat = -1001000000001

// stop ends what was started, the bot first.
func (b *bot) stop() {
	for len(b.stops) > 0 {
		last := len(b.stops) - 1
		b.stops[last]()
		b.stops = b.stops[:last]
	}
}

// startRedis runs a server as README has it, and gives its address.
func (b *bot) startRedis(tb testing.TB) string {
	tb.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	check(tb, err)
	address := free.Addr().String()
	_, port, _ := net.SplitHostPort(address)
	check(tb, free.Close())
	dir := tb.TempDir()
	cmd := exec.Command(need(tb, "redis-server"), "--port", port, "--bind", "127.0.0.1", "--dir", dir, "--save", "",
		"--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction", "--logfile", filepath.Join(dir, "log"))
	check(tb, cmd.Start())
	b.redis = redis.NewClient(&redis.Options{Addr: address})
	b.stops = append(b.stops, func() {
		b.redis.Close()
		cmd.Process.Kill()
		cmd.Wait()
	})
	for deadline := time.Now().Add(patience); b.redis.Ping(context.Background()).Err() != nil; {
		if time.Now().After(deadline) {
			tb.Fatal(errors.New("redis-server does not answer"))
		}
		time.Sleep(5 * time.Millisecond)
	}
	return address
}

// settle waits until a bot has nothing left to do: every update is confirmed
// and no call was made for longer than a bot waits between two rows of one chat.
func (b *bot) settle(tb testing.TB) {
	tb.Helper()
	const quiet = 500 * time.Millisecond
	deadline := time.Now().Add(patience)
	for calls, since := b.calls.Load(), time.Now(); time.Since(since) < quiet || b.pending() > 0; time.Sleep(quiet / 20) {
		if now := b.calls.Load(); now != calls {
			calls, since = now, time.Now()
		}
		if time.Now().After(deadline) {
			tb.Fatalf("the bot does not come to rest: %d updates wait", b.pending())
		}
	}
	check(tb, b.failed())
}

// cpu is the processor time that the bot has used (Linux: proc(5)).
func (b *bot) cpu(tb testing.TB) time.Duration {
	tb.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", b.pid))
	check(tb, err)
	fields := strings.Fields(string(raw[strings.LastIndexByte(string(raw), ')')+1:]))
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * (time.Second / 100)
}

// rss is the memory that the bot has, in bytes.
func (b *bot) rss(tb testing.TB) float64 {
	tb.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", b.pid))
	check(tb, err)
	_, rest, _ := strings.Cut(string(raw), "VmRSS:")
	kilobytes, err := strconv.Atoi(strings.Fields(rest)[0])
	check(tb, err)
	return float64(kilobytes) * 1024
}
