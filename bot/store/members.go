package store

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

// A set says what belongs together: who joined a job (talk.JoinedSet), which faults
// are open at a place (HereSet), for which jobs the hall was asked (TopUpSet). Its
// members have a time and no revision: any number of commits may add to it at once.

// HereSet names the set of the open faults at a village or an estate; "" = the place
// is not known so exactly.
func HereSet(p county.Place) string {
	if p.Community == "" {
		return ""
	}
	return "here/" + p.Town + "/" + p.Community
}

// TopUpSet is the jobs for which the hall was asked, by when.
const TopUpSet = "topups"

// hereKeep and topUpKeep are how long those sets are asked about.
const hereKeep, topUpKeep = job.JoinFor, 24 * time.Hour

// Members gives up to n members of a set from a time on, the oldest first.
// Errors: ErrUnavailable.
func (s *Store) Members(ctx context.Context, set string, since time.Time, n int) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	ids, err := s.client.ZRangeByScore(ctx, s.key("set:", set), &redis.ZRangeBy{
		Min: strconv.FormatInt(since.UnixMilli(), 10), Max: "+inf", Count: int64(n),
	}).Result()
	if err != nil {
		return nil, fmt.Errorf("reading the set %s: %w", set, classify(err))
	}
	return ids, nil
}

// CountMembers counts a set. Errors: ErrUnavailable.
func (s *Store) CountMembers(ctx context.Context, set string) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	n, err := s.client.ZCard(ctx, s.key("set:", set)).Result()
	if err != nil {
		return 0, fmt.Errorf("counting the set %s: %w", set, classify(err))
	}
	return int(n), nil
}

// indexed are the sets to which jobs belong by what stands in them.
func indexed(jobs map[string]*job.Job) []talk.Member {
	var all []talk.Member
	for no, j := range jobs {
		if here := HereSet(j.Place); here != "" && j.Outage() {
			all = append(all, talk.Member{Set: here, ID: no, At: j.Clocks.Reported, Gone: !j.Joinable()})
		}
		if asked := j.Last(job.DidAskTopUp, "", 0); !asked.IsZero() {
			all = append(all, talk.Member{Set: TopUpSet, ID: no, At: asked})
		}
	}
	return all
}

// keepOf is how long members of a set are kept; 0 = as long as the set.
func keepOf(set string) time.Duration {
	switch {
	case set == TopUpSet:
		return topUpKeep
	case len(set) > 5 && set[:5] == "here/":
		return hereKeep
	}
	return 0
}
