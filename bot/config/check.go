package config

import (
	"fmt"
	"io"
	"time"
)

// Check writes every problem of the environment and the desk file, one a line,
// and what was found when there is none that matters. It says whether the desk
// would start.
func Check(w io.Writer, e Env, now time.Time) bool {
	c, problems := e.Load(now)
	for _, p := range problems {
		fmt.Fprintln(w, p)
	}
	if problems.Fatal() {
		return false
	}
	communities := 0
	for _, t := range c.County.Towns {
		communities += len(t.Communities)
	}
	mode := "demo, no token"
	switch {
	case c.Demo():
	case c.WebhookURL != "":
		mode = "token set, webhook at " + c.WebhookURL
	default:
		mode = "token set, polling"
	}
	fmt.Fprintf(w, "ok: %s, %d towns, %d communities, %d contact points, %d people, %d shifts, redis %s, %s\n",
		c.County.Name.ZH, len(c.County.Towns), communities, len(c.County.Points), len(c.County.Roster),
		len(c.County.Shifts), c.RedisURL, mode)
	return true
}
