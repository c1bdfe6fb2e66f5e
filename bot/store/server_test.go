package store

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
	"syscall"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// onEach runs a test on every kind of server that the store has to work with,
// each time with a desk of its own.
func onEach(t *testing.T, test func(t *testing.T, s *Store)) {
	t.Helper()
	t.Parallel()
	for name, url := range servers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, open(t, url(t)))
		})
	}
}

// servers are the kinds of server, each by how to get one for a test.
var servers = map[string]func(testing.TB) string{"miniredis": miniURL, "redis": sharedURL}

func miniURL(tb testing.TB) string { return "redis://" + miniredis.RunT(tb).Addr() }

// shared is the real server of this test binary. It runs as users should run
// it (DESIGN §3).
var shared struct {
	sync.Once
	server *server
	dir    string
	err    error
}

func TestMain(m *testing.M) {
	flag.Set("rapid.checks", "40") // quick enough for every run; the command line may ask for more
	code := m.Run()
	if shared.server != nil {
		shared.server.kill()
	}
	os.RemoveAll(shared.dir)
	os.Exit(code)
}

func sharedURL(tb testing.TB) string {
	tb.Helper()
	shared.Do(func() {
		if shared.dir, shared.err = os.MkdirTemp("", "store"); shared.err == nil {
			shared.server, shared.err = launch(shared.dir)
		}
	})
	need(tb, shared.err)
	return shared.server.url()
}

// need skips a test for want of a real server, or fails it where REQUIRE_REAL
// says that one must be there.
func need(tb testing.TB, err error) {
	tb.Helper()
	switch {
	case errors.Is(err, exec.ErrNotFound) && os.Getenv("REQUIRE_REAL") != "1":
		tb.Skip("redis-server is not on PATH: this runs on a real one only")
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

// start runs a server for one test, which may do to it what it likes.
func start(t testing.TB, args ...string) *server {
	t.Helper()
	s, err := launch(t.TempDir(), args...)
	need(t, err)
	t.Cleanup(s.kill)
	return s
}

func launch(dir string, args ...string) (*server, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	_, port, _ := net.SplitHostPort(free.Addr().String())
	free.Close()
	s := &server{dir: dir, port: port, args: args}
	if err := s.run(); err != nil {
		return nil, err
	}
	return s, nil
}

// run starts the process and waits until it has read its files.
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
	client := s.raw()
	defer client.Close()
	for deadline := time.Now().Add(20 * time.Second); ; {
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

// raw is a client that bypasses the store.
func (s *server) raw() *redis.Client {
	return redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + s.port})
}

// kill ends the process as a power cut would.
func (s *server) kill() { s.signal(syscall.SIGKILL); s.cmd.Wait() }

func (s *server) signal(sig syscall.Signal) { s.cmd.Process.Signal(sig) }

// config changes a setting of the running server.
func (s *server) config(t *testing.T, name, value string) {
	t.Helper()
	client := s.raw()
	defer client.Close()
	if err := client.ConfigSet(context.Background(), name, value).Err(); err != nil {
		t.Fatal(err)
	}
}
