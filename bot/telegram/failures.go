package telegram

import (
	"context"
	"errors"
	"strings"
	"time"
)

// failures are what a loop over the Bot API has met in a row, and decide how
// long it stays away after the next one.
type failures struct {
	*Client
	fails   int  // calls failed in a row
	refused bool // the alarm is raised
}

// over notes a call that succeeded.
func (f *failures) over() {
	f.fails = 0
	if f.refused {
		f.refused = false
		f.opts.Logger.Info("telegram takes the token again")
	}
}

// stumble waits out a failed call.
func (f *failures) stumble(ctx context.Context, what string, err error) {
	pause := f.pauseAfter(err)
	f.fails++
	f.opts.Logger.Warn(what, "err", err, "fails", f.fails, "pause", pause)
	f.wait(ctx, pause)
}

// pauseAfter is how long to stay away after an error (RELIABILITY §1.4).
func (f *failures) pauseAfter(err error) time.Duration {
	e, ok := errors.AsType[*Error](err)
	switch {
	case ok && e.Class == Fatal:
		if !f.refused {
			f.refused = true
			f.opts.Logger.Error("telegram refuses the token", "err", err)
		}
		return probe
	case ok && e.Class == Flood:
		return e.RetryAfter
	case ok && e.Code == 409:
		if f.fails == 0 && !strings.Contains(e.Description, "webhook") {
			return retryFirst // the last word of another replica
		}
		return f.spread(foreignLeast, foreignMost)
	default:
		return f.backoff(f.fails, retryFirst, retryMost)
	}
}
