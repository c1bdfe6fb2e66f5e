package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// stores are the kinds of Redis that a desk has to work with, each by how to
// get the address of one for a test.
var stores = map[string]func(testing.TB) string{"miniredis": miniURL, "redis": sharedURL}

// onEach runs a test on every kind of Redis.
func onEach(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	t.Parallel()
	for name, url := range stores {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, url(t))
		})
	}
}

func miniURL(tb testing.TB) string { return "redis://" + miniredis.RunT(tb).Addr() }

// shared is the real server of this test binary. Every desk of a test has a key
// of its own in it.
var shared struct {
	sync.Once
	server *server
	dir    string
	err    error
}

// TestMain ends what several tests share: the server, the browser and the built
// program.
func TestMain(m *testing.M) {
	flag.Set("test.parallel", "8") // most of what runs here waits
	code := m.Run()
	if shared.server != nil {
		shared.server.kill()
	}
	if browser.cancel != nil {
		browser.cancel()
	}
	os.RemoveAll(shared.dir)
	os.RemoveAll(built.dir)
	os.Exit(code)
}

func sharedURL(tb testing.TB) string {
	tb.Helper()
	shared.Do(func() {
		if shared.dir, shared.err = os.MkdirTemp("", "app-redis"); shared.err == nil {
			shared.server, shared.err = launch(shared.dir)
		}
	})
	need(tb, "redis-server", shared.err)
	return shared.server.url()
}

// need skips a test for want of a program, or fails it where REQUIRE_REAL says
// that it must be there.
func need(tb testing.TB, program string, err error) {
	tb.Helper()
	switch {
	case errors.Is(err, exec.ErrNotFound) && os.Getenv("REQUIRE_REAL") != "1":
		tb.Skipf("%s is not on PATH: this runs with a real one only", program)
	case err != nil:
		tb.Fatal(err)
	}
}

// server is a redis-server process.
type server struct {
	cmd  *exec.Cmd
	dir  string
	port string
	args []string
}

// startRedis runs a server for one test, which may do to it what it likes.
func startRedis(tb testing.TB, args ...string) *server {
	tb.Helper()
	s, err := launch(tb.TempDir(), args...)
	need(tb, "redis-server", err)
	tb.Cleanup(s.kill)
	return s
}

func launch(dir string, args ...string) (*server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir, port: port, args: args}
	if err := s.run(); err != nil {
		return nil, err
	}
	return s, nil
}

// freePort is a port that nobody listened on a moment ago.
func freePort() (string, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer free.Close()
	_, port, err := net.SplitHostPort(free.Addr().String())
	return port, err
}

// run starts the process as users should run it (DESIGN §3), and waits until it
// has read its files.
func (s *server) run() error {
	binary, err := exec.LookPath("redis-server")
	if err != nil {
		return err
	}
	s.cmd = exec.Command(binary, append([]string{
		"--port", s.port, "--bind", "127.0.0.1", "--dir", s.dir, "--save", "", "--logfile", filepath.Join(s.dir, "log"),
		"--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction",
	}, s.args...)...)
	if err := s.cmd.Start(); err != nil {
		return err
	}
	client := redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + s.port})
	defer client.Close()
	for deadline := time.Now().Add(patience); ; {
		err := client.Ping(context.Background()).Err()
		if err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			s.kill()
			return fmt.Errorf("redis-server on port %s: %w", s.port, err)
		}
	}
}

func (s *server) url() string { return "redis://127.0.0.1:" + s.port }

// kill ends the process as a power cut would.
func (s *server) kill() {
	s.cmd.Process.Kill()
	s.cmd.Wait()
}

// stored is a way past the desk to one of its keys.
func (s *scene) stored(name string) (client *redis.Client, key string) {
	s.Helper()
	options, err := redis.ParseURL(s.setting.RedisURL)
	if err != nil {
		s.Fatal(err)
	}
	client = redis.NewClient(options)
	s.Cleanup(func() { client.Close() })
	return client, fmt.Sprintf("pd:{%s}:%s", s.setting.County.Key, name)
}

// damage makes a stored session unreadable.
func (s *scene) damage(chat int64) {
	s.Helper()
	client, key := s.stored(fmt.Sprintf("session:%d", chat))
	if was, err := client.Set(s.soon(), key, "1 {", redis.KeepTTL).Result(); err != nil {
		s.Fatalf("damaging %s: %s, %v", key, was, err)
	}
}
