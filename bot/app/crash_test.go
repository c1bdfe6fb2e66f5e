package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"powerdesk/bot/demo"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// TestKilledAfterReceived cuts the power right after a resident has read
// "received", before Telegram could be told that the report was taken in: it
// delivers it again.
func TestKilledAfterReceived(t *testing.T) {
	t.Parallel()
	for _, when := range []struct {
		name   string
		stored bool // the desk has noted what it has sent
		most   int  // copies of receipt and card
	}{
		{"at once", false, 2}, // nobody can know whether they arrived (RELIABILITY §2: sends are not idempotent)
		{"a moment later", true, 1},
	} {
		t.Run(when.name, func(t *testing.T) {
			t.Parallel()
			redis := startRedis(t)
			s := ownStage(stageFor(t, redis.url(), realTime), redis.url())
			first := s.serve()
			wang := s.resident(words.ZH)
			lines := wang.tripping()
			wang.talk(lines[:len(lines)-1]...)
			s.settled()

			heal := s.tg.AddFault(demo.Fault{Method: "getUpdates", Kind: demo.Hang})
			wang.say(lines[len(lines)-1])
			no := wang.number()
			if when.stored {
				s.sees("card.state.open")
				s.sent()
			}
			first.kill()
			if s.tg.Pending() == 0 {
				t.Fatal("the report was confirmed: this test proves nothing")
			}
			heal()
			s.serve()
			s.settled()

			s.sees("card.state.open")
			for chat, key := range map[int64]string{wang.id: "outage.receipt.say", dutyChat: "card.title"} {
				says := sentence(t, words.ZH, key)
				copies := slices.DeleteFunc(s.heard(chat), func(m demo.Message) bool { return !says.MatchString(m.Text) })
				if len(copies) == 0 || len(copies) > when.most {
					t.Errorf("%d copies of %s, want 1 to %d", len(copies), key, when.most)
				}
				for _, m := range copies {
					if numbers.FindString(m.Text) != no {
						t.Errorf("a copy names another job than %s: %q", no, m.Text)
					}
				}
			}
			all, err := s.desk.Store.OpenJobs(s.soon())
			if err != nil || len(all) != 1 || len(all[0].Reports) != 1 {
				t.Errorf("open jobs are %v, %v; want one with one report", all, err)
			}
			li := s.volunteer("李强")
			li.forges(talk.Button{Job: no, Action: "claim"}.Data()) // on any copy
			wang.hears("news.claimed")
		})
	}
}

// sent waits until every message is sent and noted, whatever is unconfirmed.
func (s *scene) sent() {
	s.Helper()
	ctx := s.soon()
	s.until("everything is sent", func() bool {
		b, err := s.desk.Store.Backlog(ctx)
		return err == nil && b.Waiting == 0
	})
}

func TestRedisAwayInMidTalk(t *testing.T) {
	t.Parallel()
	redis := startRedis(t)
	s := ownStage(stageFor(t, redis.url(), realTime), redis.url())
	s.serve()
	wang := s.resident(words.EN)
	lines := wang.tripping()
	wang.talk(lines[:4]...)
	redis.kill()

	next := lines[4:]
	wang.say(line{label: next[0].label, answer: "router.away"})
	if err := redis.run(); err != nil {
		t.Fatal(err)
	}
	wang.hears(next[0].answer) // the very answer that was given while Redis was away
	wang.talk(next[1:]...)
	s.settled()
	s.transcript(wang.id, slices.Insert(answers(lines), 4, "router.away")...)

	// Again within minutes: the same resident is not told twice.
	redis.kill()
	before := strings.Count(s.log.String(), "update not handled")
	wang.types("/status")
	s.until("the desk has met the failure", func() bool { return strings.Count(s.log.String(), "update not handled") > before })
	if err := redis.run(); err != nil {
		t.Fatal(err)
	}
	wang.hears("report.job.say")
	s.settled()
	s.transcript(wang.id, append(slices.Insert(answers(lines), 4, "router.away"), "report.job.say")...)
}

func TestSIGTERMLosesNothing(t *testing.T) {
	t.Parallel()
	redis := startRedis(t)
	s := ownStage(stageFor(t, redis.url(), realTime), redis.url())
	first := s.serve()
	heal := s.tg.AddFault(demo.Fault{Method: "sendMessage", Kind: demo.Stall, Delay: time.Second})
	const many = 160 // more than leave at the same time
	var all []*person
	for range many {
		all = append(all, s.resident(words.ZH))
	}
	for _, p := range all {
		p.types("/start")
	}
	ctx := s.soon()
	s.until("every message is stored and some are on their way", func() bool {
		b, err := s.desk.Store.Backlog(ctx)
		return err == nil && s.tg.Pending() == 0 && b.Waiting > 0
	})

	took, err := first.terminate()
	if err != nil || took > 10*time.Second {
		t.Errorf("the program ended with %v after %s, want success within seconds", err, took)
	}
	b, err := s.desk.Store.Backlog(s.soon())
	if err != nil || b.Waiting == 0 {
		t.Errorf("the program left %+v, %v; want what it could not send kept", b, err)
	}
	heal()
	s.serve()
	s.settled()
	for _, p := range all {
		s.transcript(p.id, "menu.menu.say")
	}
}
