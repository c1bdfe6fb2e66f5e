package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/redis/go-redis/v9"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// The duty log, and the jobs that ended in figures, are lines by month: append-only,
// and cut by nobody. What is asked of them is read in pages from the month in which
// the question begins.

// logPage is how many lines are read at once.
const logPage = 1000

// month names the lines of an instant's month.
func month(at time.Time) string { return at.UTC().Format("2006-01") }

// Log gives the lines of the duty log that are not older than since, the oldest
// first. Lines that cannot be read are left out and named by the error; the others
// are returned beside it. Errors: also ErrUnavailable.
func (s *Store) Log(ctx context.Context, since, until time.Time) (lines []talk.Log, err error) {
	err = s.lines(ctx, "log:", since, until, func(key, body string) error {
		var line talk.Log
		if err := decode(key, body, &line); err != nil {
			return err
		}
		if !line.At.Before(since) {
			lines = append(lines, line)
		}
		return nil
	})
	return lines, err
}

// Facts gives the jobs that ended since then, of each the last word. Errors: as Log.
func (s *Store) Facts(ctx context.Context, since, until time.Time) ([]job.Fact, error) {
	last, order := map[string]job.Fact{}, []string(nil)
	err := s.lines(ctx, "facts:", since, until, func(key, body string) error {
		var fact job.Fact
		if err := decode(key, body, &fact); err != nil {
			return err
		}
		if !fact.At.Before(since) {
			if _, known := last[fact.No]; !known {
				order = append(order, fact.No)
			}
			last[fact.No] = fact
		}
		return nil
	})
	facts := make([]job.Fact, len(order))
	for i, no := range order {
		facts[i] = last[no]
	}
	return facts, err
}

// lines reads every line of a family from one instant's month to another's.
func (s *Store) lines(ctx context.Context, family string, since, until time.Time, line func(key, body string) error) error {
	var unread []error
	for name := range months(since, until) {
		key, after := s.key(family, name), "-"
		for page := make([]redis.XMessage, logPage); len(page) == logPage; {
			var err error
			if page, err = s.logPage(ctx, key, after); err != nil {
				return err
			}
			for _, entry := range page {
				after = "(" + entry.ID
				if err := line(key+" "+entry.ID, fmt.Sprint(entry.Values["line"])); err != nil {
					unread = append(unread, err)
				}
			}
		}
	}
	return errors.Join(unread...)
}

func (s *Store) logPage(ctx context.Context, key, after string) ([]redis.XMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	page, err := s.client.XRangeN(ctx, key, after, "+", logPage).Result()
	if err != nil {
		return nil, fmt.Errorf("reading the log: %w", classify(err))
	}
	return page, nil
}

// months are those from one instant's to another's, the first first.
func months(since, until time.Time) iter.Seq[string] {
	return func(yield func(string) bool) {
		since, until = since.UTC(), until.UTC()
		for at := time.Date(since.Year(), since.Month(), 1, 0, 0, 0, 0, time.UTC); !at.After(until); at = at.AddDate(0, 1, 0) {
			if !yield(month(at)) {
				return
			}
		}
	}
}
