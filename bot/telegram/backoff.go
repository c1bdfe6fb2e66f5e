package telegram

import (
	"context"
	"time"
)

// backoff is how long to wait before try number n+1: first, doubled each time
// up to most, of which a random half is taken off so that many do not come back
// at the same moment.
func (c *Client) backoff(n int, first, most time.Duration) time.Duration {
	// Beyond 2^16 the product could overflow, and it is above any most.
	d := min(first<<min(n, 16), most)
	return c.spread(d/2, d)
}

// spread gives a random duration from least to less than most.
func (c *Client) spread(least, most time.Duration) time.Duration {
	return least + time.Duration(c.opts.Jitter()*float64(most-least))
}

// wait waits for d, or until ctx ends.
func (c *Client) wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-c.opts.After(d):
	}
}
