package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

func TestLeaseTakesTheMostPressingFirstThenTheOldest(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		for i, class := range []talk.Class{
			talk.AnnounceClass, talk.AnswerClass, talk.EditClass, talk.Danger, talk.CardClass, talk.AnswerClass, talk.Danger,
		} {
			c := says(int64(i+1), fmt.Sprint(class, " ", i))
			c.Says[0].Class = class
			commit(t, s, c)
			passMillisecond(t, s)
		}
		same(t, "leased", told(lease(t, s, "desk", 4)), []string{"0 3", "0 6", "1 4", "2 1"})
		same(t, "leased next", told(lease(t, s, "desk", 9)), []string{"2 5", "3 2", "4 0"})
		same(t, "leased at last", told(lease(t, s, "desk", 9)), nil)
	})
}

// passMillisecond lets Redis's clock, which orders what is equally pressing,
// move on by one.
func passMillisecond(t *testing.T, s *Store) {
	t.Helper()
	first, err := s.client.Time(context.Background()).Result()
	check(t, err)
	for now := first; now.UnixMilli() == first.UnixMilli(); {
		now, err = s.client.Time(context.Background()).Result()
		check(t, err)
	}
}

func TestWhatStandsBeforeACardIsAsPressing(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		commit(t, s, says(zhao, "an answer"))
		passMillisecond(t, s)
		c := says(wang, "a notice", "the details")
		c.Says[0].Class, c.Says[1].Class = talk.AnnounceClass, talk.CardClass
		commit(t, s, c)
		same(t, "leased", told(lease(t, s, "desk", 9)), []string{"a notice", "the details", "an answer"})
	})
}

func TestADangerWaitsForNoOrdinaryRowOfItsChat(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		for n := range 12 {
			commit(t, s, says(duty, fmt.Sprint("card ", n)))
		}
		lease(t, s, "another process", 4)
		danger := says(duty, "a wire is down").by("desk")
		danger.Says[0].Class = talk.Danger
		same(t, "leased by its commit", told(commit(t, s, danger).Rows), []string{"a wire is down"})
		late := says(duty, "and another")
		late.Says[0].Class = talk.Danger
		commit(t, s, late)
		same(t, "leased while another process holds the chat's cards", told(lease(t, s, "a third", 9)), []string(nil))
		ack(t, s, "desk", 7, Row{ID: "0000000000000013", Chat: duty})
		same(t, "leased after the first danger", told(lease(t, s, "a third", 9)), []string{"and another"})
	})
}

func TestARowCarriesWhatWasSaid(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		c := change()
		c.Says = []talk.Say{{
			Chat: duty, Slot: "job/1123-01", Text: "<b>停电</b>", Class: talk.CardClass, Protect: true,
			Keys: [][]talk.Key{{{Text: "有电了", Location: true}}}, Media: job.Attachment{Kind: job.Photo, FileID: "f"},
		}}
		commit(t, s, c)
		same(t, "rows", lease(t, s, "desk", 1), []Row{{
			ID: "0000000000000001", Chat: duty, Slot: "job/1123-01", Class: talk.CardClass, Say: c.Says[0], At: noon,
		}})
	})
}

func TestAChatIsOfferedOnlyWhenNoneOfItsRowsIsLeased(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		commit(t, s, says(wang, "1", "2", "3", "4", "5", "6"))
		first := lease(t, s, "a", 2)
		same(t, "to a", told(first), []string{"1", "2"})
		same(t, "to b", told(lease(t, s, "b", 9)), nil)
		ack(t, s, "a", 1, first[0])
		same(t, "to b after the first", told(lease(t, s, "b", 9)), nil)
		ack(t, s, "a", 2, first[1])
		same(t, "to b after both", told(lease(t, s, "b", 9)), []string{"3", "4", "5", "6"})
	})
}

func TestNobodyHoldsMoreOfAChatThanItCanSendSoon(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		texts := strings.Fields("1 2 3 4 5 6 7")
		held := commit(t, s, says(wang, texts...).by("desk")).Rows
		same(t, "leased by the commit", told(held), texts[:4])
		same(t, "leased by the next commit", told(commit(t, s, says(wang, "8").by("desk")).Rows), nil)
		ack(t, s, "desk", 1, held...)
		same(t, "leased after the acks", told(lease(t, s, "desk", 9)), []string{"5", "6", "7", "8"})
	})
}

func TestACommitLeasesWhatMayLeaveAtOnce(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		answer := func(owner string, chat int64) []string {
			return told(commit(t, s, says(chat, "answer").by(owner)).Rows)
		}
		same(t, "for an idle chat", answer("a", wang), []string{"answer"})
		same(t, "behind one's own row", answer("a", wang), []string{"answer"})
		same(t, "behind another's row", answer("b", wang), nil)
		same(t, "behind a row that waits", answer("a", wang), nil)
		same(t, "without an owner", told(commit(t, s, says(7, "answer")).Rows), nil)

		check(t, s.Pause(ctx, "chat/43", time.Minute))
		same(t, "for a paused chat", answer("a", zhao), nil)
		check(t, s.Pause(ctx, "bot", time.Minute))
		same(t, "for a paused bot", answer("a", 8), nil)
	})
}

func TestAnAnnouncementIsNotLeasedWhole(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		c := change()
		for chat := range int64(100) {
			c.Says = append(c.Says, talk.Say{Chat: chat + 1, Text: "planned outage"})
		}
		same(t, "leased", len(commit(t, s, c.by("desk")).Rows), 16)
		same(t, "left to lease", len(lease(t, s, "desk", 1000)), 100-16)
	})
}

func TestOnlyTheHolderOfALeaseMaySpeakForARow(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		row := commit(t, s, shows(wang, "mine/42", "hello").by("a")).Rows[0]
		words := map[string]func(owner string) error{
			"ack":    func(owner string) error { return s.Ack(ctx, owner, acks(5, []Row{row})) },
			"nack":   func(owner string) error { return s.Nack(ctx, owner, []Nack{{ID: row.ID}}) },
			"bury":   func(owner string) error { return s.Bury(ctx, owner, row.ID, "blocked") },
			"extend": func(owner string) error { return s.Extend(ctx, owner, []string{row.ID}, time.Hour) },
		}
		refused := func(state, owner string) {
			for word, speak := range words {
				unchanged(t, s, word+" by "+owner+", "+state, func() {
					if err := speak(owner); !errors.Is(err, ErrLost) || !strings.Contains(err.Error(), row.ID) {
						t.Errorf("%s by %s, %s: got %v, want ErrLost for the row", word, owner, state, err)
					}
				})
			}
		}
		refused("leased to a", "b")
		runOut(t, s, row)
		check(t, words["extend"]("a")) // late, but nobody has taken it yet
		runOut(t, s, row)
		same(t, "reaped", reap(t, s), 1)
		refused("leased to nobody", "a")
		lease(t, s, "b", 1)
		refused("leased to b", "a")
		check(t, words["ack"]("b"))
		check(t, words["ack"]("a")) // nothing left to say
	})
}

func TestARowThatWasNotSentWaitsAndHoldsBackItsChat(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		commit(t, s, says(wang, "1", "2"))
		commit(t, s, says(zhao, "another chat"))
		rows := lease(t, s, "desk", 2)
		nack(t, s, "desk", time.Hour, rows[0])
		nack(t, s, "desk", 0, rows[1])
		same(t, "leased", told(lease(t, s, "desk", 9)), []string{"another chat"})

		// An hour passes.
		check(t, s.client.HSet(context.Background(), s.key("row:", rows[0].ID), "due", 1).Err())
		reap(t, s)
		again := lease(t, s, "desk", 9)
		same(t, "leased an hour later", told(again), []string{"1", "2"})
		same(t, "attempts", again[0].Attempts, 1)
		same(t, "ambiguous", again[0].Ambiguous, false)
		check(t, s.Nack(context.Background(), "desk", []Nack{{ID: again[0].ID, Ambiguous: true}, {ID: again[1].ID}}))
		nack(t, s, "desk", 0, lease(t, s, "desk", 9)...)
		again = lease(t, s, "desk", 9)
		same(t, "attempts in the end", again[0].Attempts, 3)
		same(t, "ambiguous once, ambiguous always", again[0].Ambiguous, true)
	})
}

func TestABuriedRowIsCountedAndHoldsNobodyBack(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		commit(t, s, says(wang, "1", "2"))
		row := lease(t, s, "desk", 1)[0]
		check(t, s.Bury(ctx, "desk", row.ID, "text too long"))
		same(t, "leased", told(lease(t, s, "desk", 9)), []string{"2"})
		got, err := s.Backlog(ctx)
		check(t, err)
		same(t, "backlog", got, Backlog{Leased: 1, Dead: 1, Oldest: noon})
		same(t, "kept", s.client.HGet(ctx, s.key("row:", row.ID), "reason").Val(), "text too long")
		same(t, "its words", s.client.HExists(ctx, s.key("row:", row.ID), "body").Val(), false)
	})
}

func TestAPauseHoldsBackItsScopeOnly(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		commit(t, s, says(wang, "to wang"))
		commit(t, s, says(zhao, "to zhao"))
		check(t, s.Pause(ctx, "chat/42", time.Hour))
		check(t, s.Pause(ctx, "chat/42", time.Second)) // never shortens
		pauses, err := s.Pauses(ctx)
		check(t, err)
		if left := pauses["chat/42"]; len(pauses) != 1 || left > time.Hour+time.Second || left < 59*time.Minute {
			t.Errorf("pauses: got %v, want about an hour for chat/42", pauses)
		}
		same(t, "leased", told(lease(t, s, "desk", 9)), []string{"to zhao"})

		// The pause ends, and the chat comes up again when it was due.
		check(t, s.client.Del(ctx, s.key("pauses")).Err())
		reap(t, s)
		check(t, s.Pause(ctx, "bot", time.Hour))
		same(t, "leased while all is paused", told(lease(t, s, "desk", 9)), nil)
		check(t, s.client.Del(ctx, s.key("pauses")).Err())
		same(t, "leased after the pauses", told(lease(t, s, "desk", 9)), []string{"to wang"})
	})
}

func TestBacklogCounts(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		got, err := s.Backlog(ctx)
		check(t, err)
		same(t, "of nothing", got, Backlog{})
		for i := range 5 {
			c := says(wang, "hello")
			c.At = noon.Add(time.Duration(i) * time.Second)
			commit(t, s, c)
		}
		ack(t, s, "desk", 1, lease(t, s, "desk", 1)...)
		lease(t, s, "desk", 1)
		got, err = s.Backlog(ctx)
		check(t, err)
		same(t, "backlog", got, Backlog{Ready: 3, Leased: 1, Oldest: noon.Add(time.Second)})
	})
}
