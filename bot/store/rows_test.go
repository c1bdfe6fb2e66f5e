package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"powerdesk/flows/job"
	"powerdesk/flows/talk"
)

func TestRowsCarryWhatWasSaidInTheOrderOfTheCommits(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		c := change()
		c.Says = []talk.Say{{
			Chat: duty, Slot: "job/1123-01", Text: "<b>停电</b>", Class: talk.CardClass, Protect: true,
			Keys: [][]talk.Key{{{Text: "有电了", Location: true}}}, Media: job.Attachment{Kind: job.Photo, FileID: "f"},
		}, {Chat: wang, Text: "Received", Class: talk.AnswerClass}}
		given := commit(t, s, c.by("desk")).Rows
		for i := range 30 {
			commit(t, s, says(zhao, fmt.Sprint(i)))
		}
		rows := waiting(t, s)
		same(t, "the rows as the commit gave them", given, rows[:2])
		same(t, "said", rows[0].Say, c.Says[0])
		same(t, "slot, class and chat", []any{rows[0].Slot, rows[0].Class, rows[0].Chat}, []any{"job/1123-01", talk.CardClass, duty})
		same(t, "kept as long as a job", rows[0].Keep, openKeep)
		for i, row := range rows[2:] {
			if row.Say.Text != fmt.Sprint(i) || row.ID <= rows[i+1].ID || row.At.Before(rows[i+1].At) {
				t.Fatalf("row %d is %q, %s at %s after %s", i, row.Say.Text, row.ID, row.At, rows[i+1].ID)
			}
		}
	})
}

func TestRowsAreReadInSlices(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		for i := range 5 {
			commit(t, s, says(wang, fmt.Sprint(i)))
		}
		var read []string
		after := ""
		for range 3 {
			page, err := s.Rows(context.Background(), "desk", after, 2)
			check(t, err)
			same(t, "rows there are", page.All, 5)
			read = append(read, told(page.Rows)...)
			after = page.Rows[len(page.Rows)-1].ID
		}
		same(t, "read", read, strings.Fields("0 1 2 3 4"))
	})
}

func TestDangersAreFoundWhereverTheyStand(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		dangers := func() []string {
			rows, err := s.Dangers(context.Background(), "desk")
			check(t, err)
			return told(rows)
		}
		var fires []Row
		for i := range 10 {
			c := says(duty, fmt.Sprint("card ", i), fmt.Sprint("fire ", i)).by("desk")
			c.Says[1].Class = talk.Danger
			fires = append(fires, commit(t, s, c).Rows[1])
		}
		same(t, "dangers", len(dangers()), 10)
		ack(t, s, 7, fires[:8]...)
		bury(t, s, "blocked", fires[8])
		same(t, "dangers left", dangers(), []string{"fire 9"})
		same(t, "noted as such", s.client.ZCard(context.Background(), s.key("dangers")).Val(), 1)
	})
}

func TestOnlyACommitForTheTermOfItsTimeIsGivenItsRows(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		mine := commit(t, s, says(wang, "1").by("desk"))
		same(t, "given", told(mine.Rows), []string{"1"})
		same(t, "given to an old term", len(commit(t, s, says(wang, "2").by("an old term")).Rows), 0)
		same(t, "given to nobody", len(commit(t, s, says(wang, "3")).Rows), 0)
		commit(t, s, change()) // says nothing, and has written all the same
		last := commit(t, s, says(wang, "4").by("desk"))
		same(t, "strange commits, before and after", []int64{mine.Strange, last.Strange}, []int64{0, 3})
		page, err := s.Rows(context.Background(), "desk", mine.Rows[0].ID, 9)
		check(t, err)
		same(t, "left to be read", told(page.Rows), []string{"2", "3", "4"})
		same(t, "strange commits, as read", page.Strange, 3)
	})
}

func TestALateWordOfAnOldTermChangesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		row := commit(t, s, shows(wang, "mine/42", "hello").by("desk")).Rows[0]
		for what, w := range map[string]Settlement{
			"ack":  acks(5, row),
			"try":  {Tries: map[string]int{row.ID: 3}},
			"bury": {Buried: []Burial{{row, "blocked"}}},
		} {
			unchanged(t, s, what, func() {
				if err := s.Settle(ctx, "an old term", w); !errors.Is(err, ErrOver) {
					t.Errorf("%s: got %v, want ErrOver", what, err)
				}
			})
		}
		if _, err := s.Rows(ctx, "an old term", "", 9); !errors.Is(err, ErrOver) {
			t.Errorf("read: got %v, want ErrOver", err)
		}
		if _, err := s.Dangers(ctx, "an old term"); !errors.Is(err, ErrOver) {
			t.Errorf("dangers: got %v, want ErrOver", err)
		}
	})
}

func TestAttemptsAreKeptUntilTheRowIsDone(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		rows := commit(t, s, says(wang, "1", "2").by("desk")).Rows
		check(t, s.Settle(context.Background(), "desk", Settlement{Tries: map[string]int{rows[1].ID: 3}}))
		rows = waiting(t, s)
		same(t, "attempts", []int{rows[0].Attempts, rows[1].Attempts}, []int{0, 3})
		ack(t, s, 7, rows...)
		same(t, "kept", s.client.HLen(context.Background(), s.key("tries")).Val(), 0)
	})
}

func TestABuriedRowIsCountedAndItsWordsAreGone(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		rows := commit(t, s, says(wang, "secret", "2").by("desk")).Rows
		for range 2 { // a repeat counts once
			bury(t, s, "text too long", rows[0])
		}
		same(t, "waiting", told(waiting(t, s)), []string{"2"})
		got, err := s.Backlog(ctx)
		check(t, err)
		same(t, "backlog", got, Backlog{Waiting: 1, Dead: 1, Oldest: rows[1].At})
		dead := fmt.Sprint(s.client.ZRange(ctx, s.key("dead"), 0, -1).Val())
		if strings.Contains(dead, "secret") || !strings.Contains(dead, "42 2 text too long") {
			t.Errorf("kept of it: %s", dead)
		}
	})
}

func TestAnUnreadableRowIsBuriedAndTheOthersAreRead(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		ctx := context.Background()
		s.client.XAdd(ctx, &redis.XAddArgs{Stream: s.key("rows"), Values: []any{"chat", 42, "slot", "", "keep", "", "say", `{"text":7}`}})
		commit(t, s, says(wang, "2"))
		same(t, "read", told(waiting(t, s)), []string{"2"})
		got, err := s.Backlog(ctx)
		check(t, err)
		same(t, "waiting and dead", []int{got.Waiting, got.Dead}, []int{1, 1})
	})
}

func TestASlotRemembersItsMessage(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		show := func(chat int64, text string) Row {
			return commit(t, s, shows(chat, "job/1", text).by("desk")).Rows[0]
		}
		first := show(duty, "open")
		same(t, "message of the first", first.Message, 0)
		ack(t, s, 900, first)
		slot, err := s.SlotOf(context.Background(), duty, 900)
		check(t, err)
		same(t, "what the message shows", slot, "job/1")
		slot, err = s.SlotOf(context.Background(), wang, 900)
		check(t, err)
		same(t, "what another chat's message shows", slot, "")
		second := show(duty, "claimed")
		same(t, "message to edit", second.Message, 900)
		third := show(duty, "arrived")
		ack(t, s, 901, third) // 900 was not found and sent anew
		ack(t, s, 900, second)
		same(t, "message to edit, which an older word does not change", show(duty, "closed").Message, 901)
		same(t, "message as read", waiting(t, s)[0].Message, 901)
		same(t, "message in another chat", show(-100999, "in another group").Message, 0)
		check(t, s.Settle(context.Background(), "desk", Settlement{Acks: []Ack{{Row: show(duty, "replaced")}}}))
		same(t, "message after a row that was replaced", show(duty, "again").Message, 901)
		ack(t, s, 0, show(duty, "taken away"))
		same(t, "message after it was taken away", show(duty, "anew").Message, 0)
	})
}

func TestBacklogCounts(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		got, err := s.Backlog(context.Background())
		check(t, err)
		same(t, "of nothing", got, Backlog{})
		rows := commit(t, s, says(wang, "1", "2", "3").by("desk")).Rows
		ack(t, s, 1, rows[0])
		got, err = s.Backlog(context.Background())
		check(t, err)
		same(t, "backlog", got, Backlog{Waiting: 2, Oldest: rows[1].At})
	})
}
