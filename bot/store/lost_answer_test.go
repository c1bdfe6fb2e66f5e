package store

import (
	"context"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"powerdesk/flows/talk"
)

func TestALostAnswerIsNoErrorAndNoSecondAct(t *testing.T) {
	t.Parallel()
	for name, url := range servers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			cut := newCutter(t, strings.TrimPrefix(url(t), "redis://"))
			s := open(t, "redis://"+cut.addr)
			commit(t, s, says(zhao, "another chat"))
			cut.next.Store(true)
			c := opens().by("desk")
			c.Says = []talk.Say{{Chat: wang, Slot: "mine/42", Text: "Received"}}
			result := commit(t, s, c)
			same(t, "commit", []any{result.No, result.Again, len(result.Rows)}, []any{"1123-01", true, 0})
			rows := waiting(t, s)
			same(t, "waiting", told(rows), []string{"another chat", "Received"})
			for _, w := range []Settlement{{Tries: map[string]int{rows[1].ID: 1}}, {Buried: []Burial{{rows[1], "blocked"}}}, acks(900, rows[0])} {
				cut.next.Store(true)
				check(t, s.Settle(ctx, "desk", w))
			}
			cut.next.Store(true)
			check(t, s.Pause(ctx, "bot", time.Minute))
			backlog, err := s.Backlog(ctx)
			check(t, err)
			same(t, "backlog", backlog, Backlog{Dead: 1})
			same(t, "answers lost", cut.lost.Load(), 5)
		})
	}
}

// cutter is a proxy that can swallow an answer and hang up.
type cutter struct {
	addr string
	next atomic.Bool  // swallow the next answer
	lost atomic.Int64 // answers swallowed
}

func newCutter(t *testing.T, target string) *cutter {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	t.Cleanup(func() { listener.Close() })
	c := &cutter{addr: listener.Addr().String()}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go c.serve(client, target)
		}
	}()
	return c
}

func (c *cutter) serve(client net.Conn, target string) {
	defer client.Close()
	server, err := net.Dial("tcp", target)
	if err != nil {
		return
	}
	defer server.Close()
	go io.Copy(server, client)
	buffer := make([]byte, 64<<10)
	for {
		n, err := server.Read(buffer)
		if err != nil {
			return
		}
		if c.next.CompareAndSwap(true, false) {
			c.lost.Add(1)
			return
		}
		client.Write(buffer[:n])
	}
}
