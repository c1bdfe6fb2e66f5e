package store

import (
	"context"
	"testing"
)

func TestAnEmptiedRedisGivesNoNumberAgain(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		var given []string
		for range 3 {
			given = append(given, commit(t, s, opens().asNew()).No)
			for name := range kinds(t, s) {
				check(t, s.client.Del(context.Background(), name).Err())
			}
			check(t, s.client.Del(context.Background(), s.key("root")).Err())
			found(s)
		}
		next := opens().asNew()
		next.Day = "1124"
		given = append(given, commit(t, s, next).No)
		same(t, "numbers", given, []string{"1123-01", "1123-02", "1123-03", "1124-01"})
	})
}

// asNew is the change without a session, as somebody makes it who is new.
func (c Change) asNew() Change {
	c.State.Session = nil
	return c
}
