package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/redis/go-redis/v9"
)

var (
	// ErrConflict says that a session or job was changed since it was loaded, and
	// that nothing was written. The caller loads again and decides again.
	ErrConflict = errors.New("changed since it was loaded")

	// ErrUnavailable says that Redis cannot be reached, refuses to write, or gave
	// no answer in time. What was asked may or may not have been done; asking
	// again is safe. A person who waits should be told to phone.
	ErrUnavailable = errors.New("the store is not available")

	// ErrUnreadable says that the body of a key is not what it should be. Where
	// there are others, they were read all the same.
	ErrUnreadable = errors.New("stored in a form that cannot be read")

	// ErrOver says that the term for which the caller speaks is over. Nothing was
	// done; whoever acts now knows what is to be done.
	ErrOver = errors.New("the term is over")
)

// refusals begin the answers of a Redis that is there but not fit for use, or
// not yet, or not for us (RELIABILITY §3.2, 3.3, 3.10). go-redis has a check
// for most of them, but not for what a script passes on.
var refusals = []string{
	"OOM", "MISCONF", "READONLY", "LOADING", "BUSY", "MASTERDOWN", "NOREPLICAS", "CLUSTERDOWN", "TRYAGAIN",
	"ROOT", "NOAUTH", "WRONGPASS", "NOPERM", "max number of clients",
}

// classify marks an error of go-redis with ErrUnavailable where it is one.
// A context that was cancelled is the caller's own wish and stays as it is.
func classify(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	var network net.Error
	gone := errors.As(err, &network) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, redis.ErrClosed) ||
		errors.Is(err, redis.ErrPoolTimeout) || errors.Is(err, redis.ErrPoolExhausted)
	for _, word := range refusals {
		gone = gone || redis.HasErrorPrefix(err, word)
	}
	if !gone {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}

// decode reads the body of a key. Its error names the key and the place, never
// what stands there: a body is personal, and encoding/json quotes it.
func decode(key, body string, v any) error {
	err := json.Unmarshal([]byte(body), v)
	if err == nil {
		return nil
	}
	var syntax *json.SyntaxError
	var typed *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("decoding %s: %w: no JSON after byte %d", key, ErrUnreadable, syntax.Offset)
	case errors.As(err, &typed):
		return fmt.Errorf("decoding %s: %w: field %s is not a %s", key, ErrUnreadable, typed.Field, typed.Type)
	default:
		return fmt.Errorf("decoding %s: %w: %s", key, ErrUnreadable, strings.TrimPrefix(fmt.Sprintf("%T", err), "*"))
	}
}
