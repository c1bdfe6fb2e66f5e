package store

import (
	"context"
	"testing"
	"time"

	"powerdesk/flows/talk"
)

func TestAnExtendedLeaseIsNotReaped(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		rows := commit(t, s, says(wang, "1", "2").by("desk")).Rows
		runOut(t, s, rows...)
		check(t, s.Extend(context.Background(), "desk", []string{rows[0].ID}, time.Minute))
		same(t, "reaped", reap(t, s), 1)
		same(t, "leased while the first is held", told(lease(t, s, "b", 9)), nil)
		ack(t, s, "desk", 1, rows[0])
		again := lease(t, s, "b", 9)
		same(t, "leased", told(again), []string{"2"})
		same(t, "its sender may have died after sending", again[0].Ambiguous, true)
	})
}

func TestLeasesEndByTheClockOfRedis(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		commit(t, s, says(wang, "hello"))
		if _, err := s.Lease(context.Background(), "a", 1, time.Millisecond); err != nil {
			t.Fatal(err)
		}
		passMillisecond(t, s)
		passMillisecond(t, s)
		same(t, "reaped", reap(t, s), 1)
		same(t, "leased again", told(lease(t, s, "b", 1)), []string{"hello"})
	})
}

func TestReapFindsRowsThatFellOutOfTheirSets(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		commit(t, s, says(wang, "1", "2", "3"))
		commit(t, s, says(zhao, "4"))
		leased := lease(t, s, "dead process", 3)
		for _, set := range []string{"ready", "leased", "queue:42", "queue:43", "class:42", "class:43"} {
			check(t, s.client.Del(ctx, s.key(set)).Err())
		}
		same(t, "leased before", told(lease(t, s, "desk", 9)), nil)
		same(t, "returned", reap(t, s), len(leased))
		same(t, "leased after", told(lease(t, s, "desk", 9)), []string{"4", "1", "2", "3"})
	})
}

func TestReapWalksThroughAllRowsPageByPage(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		c := change()
		for chat := range int64(reapPage*2 + 10) {
			c.Says = append(c.Says, talk.Say{Chat: chat + 1, Text: "hello"})
		}
		commit(t, s, c)
		check(t, s.client.Del(context.Background(), s.key("ready")).Err())
		var found []int
		for range 3 {
			reap(t, s)
			rows := lease(t, s, "desk", 1000)
			found = append(found, len(rows))
			nack(t, s, "desk", time.Hour, rows...)
		}
		same(t, "found in each page", found, []int{reapPage, reapPage, 10})
		check(t, s.client.Del(context.Background(), s.key("ready")).Err())
		reap(t, s)
		same(t, "found from the beginning", s.client.ZCard(context.Background(), s.key("ready")).Val(), reapPage)
	})
}

func TestARowWhoseTimeIsOverHoldsNobodyBack(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		commit(t, s, says(wang, "1", "2", "3"))
		for _, id := range []string{"0000000000000001", "0000000000000002"} {
			check(t, s.client.Del(context.Background(), s.key("row:", id)).Err())
		}
		same(t, "leased", told(lease(t, s, "desk", 9)), []string{"3"})
		reap(t, s)
		got, err := s.Backlog(context.Background())
		check(t, err)
		same(t, "backlog", got, Backlog{Leased: 1, Oldest: noon})
	})
}

func TestAnUnreadableRowIsBuriedAndTheOthersLeave(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		commit(t, s, says(wang, "1", "2"))
		check(t, s.client.HSet(ctx, s.key("row:", "0000000000000001"), "body", `{"text":7}`).Err())
		same(t, "leased", told(lease(t, s, "desk", 9)), []string{"2"})
		got, err := s.Backlog(ctx)
		check(t, err)
		same(t, "dead", got.Dead, 1)
	})
}
