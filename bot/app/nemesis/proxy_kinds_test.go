package nemesis

import (
	"bufio"
	"errors"
	"net"
	"os"
	"testing"
	"time"
)

// echo is a server that counts what it is told and says it back.
func echo(t *testing.T) (addr string, told chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	told = make(chan string, 100)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				for in := bufio.NewScanner(c); in.Scan(); {
					told <- in.Text()
					c.Write([]byte(in.Text() + "\n"))
				}
			}()
		}
	}()
	return l.Addr().String(), told
}

// ask sends a line on a new connection and reads the answer within a time.
func ask(t *testing.T, addr, line string, within time.Duration) (string, error) {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(within))
	c.Write([]byte(line + "\n"))
	return bufio.NewReader(c).ReadString('\n')
}

func TestProxyKinds(t *testing.T) {
	t.Parallel()
	addr, told := echo(t)
	p := startProxy(t, addr)
	const soon, briefly = 10 * time.Second, 100 * time.Millisecond
	works := func() {
		t.Helper()
		if got, err := ask(t, p.addr(), "hello", soon); got != "hello\n" || err != nil {
			t.Fatalf("through the proxy came %q, %v; want hello", got, err)
		}
		<-told
	}
	works()

	p.freeze()
	if got, err := ask(t, p.addr(), "frozen", briefly); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("through a frozen proxy came %q, %v; want silence", got, err)
	}
	p.pass()
	<-told
	works()

	p.away()
	if got, err := ask(t, p.addr(), "away", soon); err == nil {
		t.Errorf("through a closed proxy came %q, want the connection cut", got)
	}
	p.pass()
	works()

	p.dropReplies(1)
	if got, err := ask(t, p.addr(), "lost", soon); err == nil || <-told != "lost" {
		t.Errorf("the reply came: %q, %v; want it lost after it was carried out", got, err)
	}
	works()

	p.slow(briefly)
	began := time.Now()
	works()
	if took := time.Since(began); took < 2*briefly {
		t.Errorf("both ways took %s, want each to take %s", took, briefly)
	}
	p.pass()

	idle, err := net.Dial("tcp", p.addr())
	if err != nil {
		t.Fatal(err)
	}
	defer idle.Close()
	idle.Write([]byte("before\n"))
	<-told
	p.cut()
	idle.SetDeadline(time.Now().Add(soon))
	in := bufio.NewReader(idle)
	in.ReadString('\n') // what came before the cut
	if _, err := in.ReadString('\n'); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("after the cut reading gives %v, want the connection closed", err)
	}
}
