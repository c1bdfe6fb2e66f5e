package app

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"time"

	"powerdesk/bot/config"
	"powerdesk/bot/store"
)

// ExportCmd prints the duty log as CSV, oldest line first: who did what when.
// It names no resident, because the log does not.
type ExportCmd struct {
	Since string `default:"" help:"The first month, as 2026-11; without it the last twelve."`
}

// exportPatience bounds the reading of the log.
const exportPatience = time.Minute

// Run reads the log from REDIS_URL and prints it.
func (e ExportCmd) Run(ctx context.Context, env *config.Env, out Out) error {
	c, err := load(env)
	if err != nil {
		return err
	}
	kept, err := store.Open(store.Options{
		URL: c.RedisURL.Reveal(), Key: c.County.Key, Keep: c.County.Keep, Logger: logger(c, c.Token.Reveal()),
	})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer kept.Close()
	ctx, cancel := context.WithTimeout(ctx, exportPatience)
	defer cancel()
	// What can be read is printed, also when some lines cannot.
	now := time.Now()
	since := now.AddDate(-1, 0, 0)
	if e.Since != "" {
		if since, err = time.ParseInLocation("2006-01", e.Since, c.County.Zone); err != nil {
			return fmt.Errorf("export: --since %q is no month such as 2026-11", e.Since)
		}
	}
	lines, unread := kept.Log(ctx, since, now)
	w := csv.NewWriter(out)
	records := [][]string{{"at", "job", "who", "what", "note"}}
	for _, l := range lines {
		records = append(records, []string{
			l.At.In(c.County.Zone).Format(time.RFC3339), l.Job, cell(l.Who), l.What, cell(l.Note),
		})
	}
	if err := errors.Join(unread, w.WriteAll(records)); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// cell keeps a spreadsheet from taking a volunteer's name for a formula.
func cell(text string) string {
	if strings.ContainsAny(text[:min(1, len(text))], "=+-@\t\r") {
		return "'" + text
	}
	return text
}
