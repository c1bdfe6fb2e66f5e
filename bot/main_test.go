package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"powerdesk/bot/config"
)

// asProgram makes this test binary be the program: main with its arguments, its
// signals and its exit code.
const asProgram = "POWERDESK_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// patience bounds what a test waits for.
const patience = 30 * time.Second

// command is the program with nothing in its environment but what is given.
func command(t *testing.T, env []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Env = append([]string{asProgram + "=1"}, env...)
	return cmd
}

// output gives what the program prints and its exit code.
func output(t *testing.T, env []string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := command(t, env, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// file writes a file for one test.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCommands(t *testing.T) {
	t.Parallel()
	sample := string(config.Sample())
	broken := file(t, "desk.yaml", strings.Replace(sample, "area: urban", "area: urbn", 1))
	for _, c := range []struct {
		name           string
		env            []string
		args           []string
		stdout, stderr string // what must match
		code           int
	}{
		{name: "help", args: []string{"--help"}, stdout: `(?s)Usage: bot.*serve.*demo.*check.*flows.*health.*version`},
		{name: "help of a command", args: []string{"check", "--help"}, stdout: `(?s)Usage: bot check.*DESK_FILE`},
		{name: "version", args: []string{"version"}, stdout: `^powerdesk \S+ \(.+, go1\.\d+.*\)\n$`},
		{name: "the outage flow", args: []string{"flows"}, stdout: `(?s)^flowchart .*-->`},
		{name: "another flow", args: []string{"flows", "topup"}, stdout: `(?s)^flowchart .*-->`},
		{name: "no such flow", args: []string{"flows", "nonsense"}, stderr: `no conversation is called "nonsense"; there are .*outage`, code: 1},
		{name: "no such command", args: []string{"nonsense"}, stderr: `nonsense`, code: 80},
		{name: "check of the sample", args: []string{"check"}, stdout: `ok: 吴桥县, \d+ towns`},
		{
			name: "check of a mistake", env: []string{"DESK_FILE=" + broken}, args: []string{"check"},
			stdout: regexp.QuoteMeta(broken) + `:\d+:\d+: area "urbn" is not known; write "urban"`, code: 1,
		},
		{
			name: "check of no file", env: []string{"DESK_FILE=/nowhere/desk.yaml"}, args: []string{"check"},
			stdout: `DESK_FILE: .*no such file.*; write the path`, code: 1,
		},
		{
			name: "a desk with a mistake does not start", env: []string{"DESK_FILE=" + broken}, args: []string{"serve"},
			stderr: `:\d+:\d+: area "urbn" is not known`, code: 1,
		},
		{
			name: "a token that is none", env: []string{"TELEGRAM_BOT_TOKEN=canary"}, args: []string{"check"},
			stdout: `TELEGRAM_BOT_TOKEN: it does not look like a token`, code: 1,
		},
		{name: "health of nobody", env: []string{"LISTEN_ADDR=127.0.0.1:1"}, args: []string{"health"}, stderr: `no desk answers at 127\.0\.0\.1:1`, code: 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			stdout, stderr, code := output(t, c.env, c.args...)
			if code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			for _, out := range []struct{ name, got, want string }{{"stdout", stdout, c.stdout}, {"stderr", stderr, c.stderr}} {
				if !regexp.MustCompile(out.want).MatchString(out.got) {
					t.Errorf("%s is %q, want a match of %q", out.name, out.got, out.want)
				}
			}
			if strings.Contains(stdout+stderr, "canary") {
				t.Errorf("the token is shown: %q %q", stdout, stderr)
			}
		})
	}
}

// start runs the program until the test ends it.
func start(t *testing.T, env []string, args ...string) (cmd *exec.Cmd, stdout *bufio.Scanner) {
	t.Helper()
	cmd = command(t, env, args...)
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	return cmd, bufio.NewScanner(pipe)
}

// stop asks the program to end, which it must do well and soon.
func stop(t *testing.T, cmd *exec.Cmd, stdout *bufio.Scanner) {
	t.Helper()
	began := time.Now()
	cmd.Process.Signal(syscall.SIGTERM)
	for stdout.Scan() {
	}
	if err := cmd.Wait(); err != nil || time.Since(began) > 10*time.Second {
		t.Errorf("the program ended with %v after %s, want success within seconds", err, time.Since(began))
	}
}

// health asks the desk at an address how it is, as a container does, until it
// answers with the exit code.
func health(t *testing.T, address string, code int, says string) {
	t.Helper()
	for deadline := time.Now().Add(patience); ; {
		out, errs, got := output(t, []string{"LISTEN_ADDR=" + address}, "health")
		if got == code && strings.Contains(out, says) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("health says %q %q with exit code %d, want %q and %d", out, errs, got, says, code)
		}
	}
}

var address = regexp.MustCompile(`http://(127\.0\.0\.1:\d+)`)

// TestDemoNeedsNothing runs the first command of README: no token, no Redis, no
// desk file, nothing in the environment but a port that is free.
func TestDemoNeedsNothing(t *testing.T) {
	t.Parallel()
	for name, args := range map[string][]string{"no command": nil, "demo": {"demo"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd, stdout := start(t, []string{"LISTEN_ADDR=127.0.0.1:0"}, args...)
			var page []string
			for page == nil && stdout.Scan() {
				page = address.FindStringSubmatch(stdout.Text())
			}
			if page == nil {
				t.Fatal("the demo printed no address")
			}
			response, err := http.Get(page[0])
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			if body, err := io.ReadAll(response.Body); err != nil || !strings.Contains(string(body), "Powerdesk") {
				t.Errorf("the page is %q, %v", body, err)
			}
			health(t, page[1], 0, "redis")
			stop(t, cmd, stdout)
		})
	}
}

// TestServeWaitsForWhatIsAway starts a desk whose Redis and Telegram are both
// away: it runs, says what it misses, and ends when it is asked to. Without Redis
// it does not know whether to act, so it does not ask for Telegram.
func TestServeWaitsForWhatIsAway(t *testing.T) {
	t.Parallel()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listen := free.Addr().String()
	free.Close()
	cmd, stdout := start(t, []string{
		"TELEGRAM_BOT_TOKEN=1000001:canary", "TELEGRAM_API_URL=http://127.0.0.1:1", "REDIS_URL=redis://127.0.0.1:1", "LISTEN_ADDR=" + listen,
	}, "serve")
	health(t, listen, 1, "redis does not answer")
	health(t, listen, 1, "standing by")
	stop(t, cmd, stdout)
}
