package app

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"time"

	"powerdesk/bot/store"
)

// built is the program, made once for all tests.
var built struct {
	sync.Once
	dir  string
	path string
	err  error
}

// program is the real one at work: its own process, the scene's stand-in for
// Telegram and a Redis of its own.
type program struct {
	*scene
	cmd    *exec.Cmd
	exited chan error
}

// serve starts `bot serve` with the scene's settings. What it logs goes where
// the scene looks for secrets.
func (s *scene) serve() *program {
	s.Helper()
	built.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "app-bot"); built.err != nil {
			return
		}
		built.path = filepath.Join(built.dir, "bot")
		if out, err := exec.Command("go", "build", "-o", built.path, "powerdesk/bot").CombinedOutput(); err != nil {
			built.err = errors.New(err.Error() + "\n" + string(out))
		}
	})
	if built.err != nil {
		s.Fatalf("building the program: %v", built.err)
	}
	p := &program{scene: s, cmd: exec.Command(built.path, "serve"), exited: make(chan error, 1)}
	chats := s.setting.County.Chats
	p.cmd.Env = []string{
		"TELEGRAM_BOT_TOKEN=" + s.setting.Token, "TELEGRAM_API_URL=" + s.setting.APIURL, "REDIS_URL=" + s.setting.RedisURL,
		"DUTY_CHAT_ID=" + strconv.FormatInt(chats.Duty, 10), "HALL_CHAT_ID=" + strconv.FormatInt(chats.Hall, 10),
		"LEADER_CHAT_ID=" + strconv.FormatInt(chats.Leader, 10), "LISTEN_ADDR=127.0.0.1:0", "SEND_RATE=0", "LOG_LEVEL=debug",
	}
	p.cmd.Stderr = s.log
	if err := p.cmd.Start(); err != nil {
		s.Fatal(err)
	}
	go func() { p.exited <- p.cmd.Wait() }()
	s.Cleanup(func() {
		p.cmd.Process.Kill()
		<-p.exited
	})
	return p
}

// kill ends the program as a power cut would.
func (p *program) kill() {
	p.Helper()
	p.cmd.Process.Kill()
	err := <-p.exited
	p.exited <- err
}

// pause freezes the program, as a hypervisor does that moves it; resume lets it
// go on.
func (p *program) pause()  { p.cmd.Process.Signal(syscall.SIGSTOP) }
func (p *program) resume() { p.cmd.Process.Signal(syscall.SIGCONT) }

// terminate asks the program to end, and gives how it did and how long it took.
func (p *program) terminate() (time.Duration, error) {
	p.Helper()
	began := time.Now()
	p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case err := <-p.exited:
		p.exited <- err
		return time.Since(began), err
	case <-time.After(patience):
		p.Fatalf("the program does not end:\n%s", p.log)
		return 0, nil
	}
}

// ownStage is a scene for the program: a Redis of its own, into which the test
// looks through a store of its own, and clocks that go.
func ownStage(s *scene, url string) *scene {
	s.Helper()
	s.setting.County.Key = "wuqiao" // of the embedded desk file
	kept, err := store.Open(store.Options{URL: url, Key: s.setting.County.Key, Keep: s.setting.County.Keep, Logger: s.setting.Log})
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { kept.Close() })
	s.desk = &Running{Store: kept}
	return s
}
