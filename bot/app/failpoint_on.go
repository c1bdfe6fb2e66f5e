//go:build failpoints

package app

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptrace"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
)

// errFailpoint is what a failpoint gives that is armed with "err".
var errFailpoint = errors.New("failpoint")

// armed is the one failpoint of this process: FD_FAILPOINT=name:kill|hang|err,
// and with :nth only the nth time it is met. It is met once.
var armed = readFailpoint(os.Getenv("FD_FAILPOINT"))

type trap struct {
	at   failpointName
	does string
	left atomic.Int64 // how often it is still to be met
}

func readFailpoint(s string) *trap {
	t := &trap{}
	if s == "" {
		return t
	}
	parts := append(strings.Split(s, ":"), "1")
	nth, err := strconv.ParseInt(parts[min(2, len(parts)-1)], 10, 64)
	if err != nil || len(parts) < 3 || nth < 1 {
		panic(fmt.Sprintf("FD_FAILPOINT=%q is not name:kill|hang|err[:nth]", s))
	}
	t.at, t.does = failpointName(parts[0]), parts[1]
	t.left.Store(nth)
	return t
}

// failpoint does what the process is armed with, if this is the place and time.
func failpoint(ctx context.Context, at failpointName) error {
	if at != armed.at || armed.left.Add(-1) != 0 {
		return nil
	}
	fmt.Fprintln(os.Stderr, "failpoint met:", at, armed.does)
	switch armed.does {
	case "kill":
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {} // the signal is on its way
	case "hang":
		<-ctx.Done()
		return ctx.Err()
	default:
		return errFailpoint
	}
}

// onWritten meets a failpoint in the moment in which a request is on the wire.
// Only "kill" makes sense there: net/http waits for whoever it tells, so a
// "hang" would hold the connection where no hanging server could.
func onWritten(ctx context.Context, at failpointName) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteRequest: func(httptrace.WroteRequestInfo) { _ = failpoint(ctx, at) },
	})
}
