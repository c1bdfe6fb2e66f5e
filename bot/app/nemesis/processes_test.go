package nemesis

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// patience bounds what must happen soon.
const patience = 30 * time.Second

// built are the programs, made once for all tests: the one with failpoints, and
// the one that is shipped.
var built struct {
	sync.Once
	dir string
	err error
}

func TestMain(m *testing.M) {
	flag.Set("test.parallel", "6") // most of what runs here waits
	code := m.Run()
	os.RemoveAll(built.dir)
	os.Exit(code)
}

// need skips a test for want of a program, or fails it where REQUIRE_REAL says
// that it must be there.
func need(tb testing.TB, program string) string {
	tb.Helper()
	path, err := exec.LookPath(program)
	if err != nil && os.Getenv("REQUIRE_REAL") != "1" {
		tb.Skipf("%s is not on PATH: this runs with a real one only", program)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return path
}

// build gives the path of a program: "failpoints" or "shipped".
func build(tb testing.TB, which string) string {
	tb.Helper()
	built.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "nemesis"); built.err != nil {
			return
		}
		for name, tags := range map[string]string{"failpoints": "failpoints", "shipped": ""} {
			out, err := exec.Command("go", "build", "-tags", tags, "-o", filepath.Join(built.dir, name), "powerdesk/bot").CombinedOutput()
			if err != nil {
				built.err = fmt.Errorf("building the program: %w\n%s", err, out)
			}
		}
	})
	if built.err != nil {
		tb.Fatal(built.err)
	}
	return filepath.Join(built.dir, which)
}

// redisServer is a redis-server process that runs as users should run it.
type redisServer struct {
	binary, dir, port string
	mu                sync.Mutex
	cmd               *exec.Cmd
}

func startRedis(tb testing.TB) *redisServer {
	tb.Helper()
	s := &redisServer{binary: need(tb, "redis-server"), dir: tb.TempDir()}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	_, s.port, _ = net.SplitHostPort(l.Addr().String())
	l.Close()
	if err := s.run(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.kill)
	return s
}

func (s *redisServer) addr() string { return "127.0.0.1:" + s.port }

// run starts the process and waits until it has read its files.
func (s *redisServer) run() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cmd = exec.Command(s.binary, "--port", s.port, "--bind", "127.0.0.1", "--dir", s.dir, "--save", "",
		"--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction", "--logfile", filepath.Join(s.dir, "log"))
	if err := s.cmd.Start(); err != nil {
		return err
	}
	client := s.client()
	defer client.Close()
	for deadline := time.Now().Add(patience); ; {
		err := client.Ping(context.Background()).Err()
		if err == nil || time.Now().After(deadline) {
			return err
		}
		<-time.After(10 * time.Millisecond)
	}
}

// client talks to the server past the proxy.
func (s *redisServer) client() *redis.Client { return redis.NewClient(&redis.Options{Addr: s.addr()}) }

func (s *redisServer) signal(sig syscall.Signal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cmd.Process.Signal(sig)
}

// kill ends the process as a power cut would.
func (s *redisServer) kill() {
	s.signal(syscall.SIGKILL)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cmd.Wait()
}

// replica is one process of the desk, again and again.
type replica struct {
	name, path string
	env        []string
	log        diary
	died       func() // told when the process ends otherwise than it should
	mu         sync.Mutex
	cmd        *exec.Cmd
	exited     chan struct{}
}

// start runs the process, armed with a failpoint unless that is empty.
func (r *replica) start(failpoint string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cmd = exec.Command(r.path, "serve")
	r.cmd.Env = append(append([]string{}, r.env...), "FD_FAILPOINT="+failpoint)
	r.cmd.Stdout, r.cmd.Stderr = &r.log, &r.log
	if err := r.cmd.Start(); err != nil {
		return err
	}
	cmd, exited := r.cmd, make(chan struct{})
	r.exited = exited
	go func() {
		if cmd.Wait() != nil {
			r.died()
		}
		close(exited)
	}()
	return nil
}

// signal tells the process something, unless it has ended.
func (r *replica) signal(sig syscall.Signal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cmd.Process.Signal(sig)
}

// end tells the process to end and says whether it did so in time.
func (r *replica) end(sig syscall.Signal) bool {
	r.signal(sig)
	r.mu.Lock()
	exited := r.exited
	r.mu.Unlock()
	select {
	case <-exited:
		return true
	case <-time.After(patience):
		return false
	}
}

// ended says whether the process has ended, by itself or not.
func (r *replica) ended() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	select {
	case <-r.exited:
		return true
	default:
		return false
	}
}

var listens = regexp.MustCompile(`"listen":"(127\.0\.0\.1:\d+)"`)

// ask reads a page of the replica that runs now.
func (r *replica) ask(path string) (string, error) {
	all := listens.FindAllStringSubmatch(r.log.String(), -1)
	if len(all) == 0 {
		return "", errors.New("the replica has not said where it listens")
	}
	client := http.Client{Timeout: time.Second}
	response, err := client.Get("http://" + all[len(all)-1][1] + path)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	return string(page), err
}

// leads says whether the replica says that it acts.
func (r *replica) leads() bool {
	page, err := r.ask("/metrics")
	return err == nil && bytes.Contains([]byte(page), []byte("\npowerdesk_leading 1\n"))
}

// diary is a log that can be read while it is written.
type diary struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (d *diary) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.buf.Write(p)
}

func (d *diary) String() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.buf.String()
}
