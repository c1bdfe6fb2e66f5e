// Package nemesis breaks a whole desk while people use it, and judges what is
// left by what was recorded (RELIABILITY §4). It holds tests and nothing else.
//
//	proxy      stands between the desk and its Redis, and spoils the way
//	processes  run the real program, twice, and a real redis-server
//	people     residents and crews: the load
//	mischief   the faults, and the seeded order in which they come
//	history    what happened, as JSON lines
//	checker    reads the history alone, and says what was promised and not kept
package nemesis

import (
	"bytes"
	"net"
	"sync"
	"testing"
	"time"
)

// proxy is the way to a Redis. It speaks no Redis, but for one thing: a reply to
// be dropped is one piece that comes back.
type proxy struct {
	listener net.Listener
	to       string

	mu     sync.Mutex
	open   map[net.Conn]bool // both ends of every connection
	thaw   chan struct{}     // closed: bytes pass
	delay  time.Duration     // of every piece in either direction
	drop   int               // so many pieces that come back are lost, with their connection
	refuse bool              // connections are cut as soon as they come
}

// startProxy opens a way to an address.
func startProxy(tb testing.TB, to string) *proxy {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	p := &proxy{listener: l, to: to, open: map[net.Conn]bool{}, thaw: make(chan struct{})}
	close(p.thaw)
	go p.accept()
	tb.Cleanup(func() { l.Close(); p.pass(); p.cut() })
	return p
}

func (p *proxy) addr() string { return p.listener.Addr().String() }

func (p *proxy) accept() {
	for {
		near, err := p.listener.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", p.to)
		p.mu.Lock()
		if err != nil || p.refuse {
			near.Close()
			if far != nil {
				far.Close()
			}
			p.mu.Unlock()
			continue
		}
		p.open[near], p.open[far] = true, true
		p.mu.Unlock()
		go p.carry(far, near, false)
		go p.carry(near, far, true)
	}
}

// carry moves bytes until either end closes, and then closes both.
func (p *proxy) carry(to, from net.Conn, back bool) {
	defer p.close(to, from)
	piece := make([]byte, 64<<10)
	for {
		n, err := from.Read(piece)
		if err != nil || !p.let(back, piece[:n]) {
			return
		}
		if _, err := to.Write(piece[:n]); err != nil {
			return
		}
	}
}

// let holds a piece up as the proxy is set, and says whether it may pass. Only
// the answer to a script is dropped: a greeting that is lost is no lost answer.
func (p *proxy) let(back bool, piece []byte) bool {
	p.mu.Lock()
	thaw, delay := p.thaw, p.delay
	p.mu.Unlock()
	<-thaw
	if delay > 0 {
		<-time.After(delay)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if back && p.drop > 0 && !bytes.Contains(piece, []byte("proto")) {
		p.drop--
		return false
	}
	return true
}

func (p *proxy) close(conns ...net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range conns {
		c.Close()
		delete(p.open, c)
	}
}

// cut closes every connection, as a switch does that restarts.
func (p *proxy) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.open {
		c.Close()
	}
	clear(p.open)
}

// away cuts every connection and takes no new one until pass.
func (p *proxy) away() {
	p.mu.Lock()
	p.refuse = true
	p.mu.Unlock()
	p.cut()
}

// freeze holds every byte until pass: connections stay open and say nothing.
func (p *proxy) freeze() {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.thaw:
		p.thaw = make(chan struct{})
	default:
	}
}

// slow delays every piece until pass.
func (p *proxy) slow(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.delay = d
}

// dropReplies loses the next answers of commands that were carried out.
func (p *proxy) dropReplies(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.drop = n
}

// pass lets everything through again.
func (p *proxy) pass() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.delay, p.drop, p.refuse = 0, 0, false
	select {
	case <-p.thaw:
	default:
		close(p.thaw)
	}
}
