package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"powerdesk/bot/lead"
	"powerdesk/bot/store"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// takeover is how long nobody may act after a leader fell silent: the lease and a
// second on a machine of its own (each test logs what it took), and some more
// where the whole suite shares two cores. A leader that resigns is followed
// without its lease running out.
const (
	takeover = lead.LeaseFor + 10*time.Second
	handover = lead.LeaseFor / 2
)

func TestOfTwoReplicasOneActs(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url)
		var doors [2]*doorway
		var desks [2]*Running
		var halts [2]func()
		for i := range desks {
			doors[i] = s.doorway()
			s.setting.APIURL = doors[i].url
			s.open()
			desks[i], halts[i] = s.desk, s.halt
			s.until("somebody leads", func() bool { return desks[0].leads() })
		}
		no := s.resident(words.ZH).reports()
		s.settled()
		if calls := doors[1].since(time.Time{}, ""); len(calls) > 0 {
			t.Errorf("the replica that stands by called %v", calls)
		}
		s.reportsHealth(desks[0], `"acting"`, "powerdesk_leading 1", "powerdesk_terms_total 1")
		s.reportsHealth(desks[1], `"standing by`, "powerdesk_leading 0", "powerdesk_terms_total 0")

		halts[0]()
		halted := time.Now()
		s.until("the other polls", func() bool { return doors[1].polls(time.Time{}) })
		gap := time.Since(halted)
		t.Logf("the other took over after %s", gap)
		if gap > handover {
			t.Errorf("the other took over after %s, want less than %s", gap, handover)
		}
		wang := s.resident(words.ZH)
		if second := wang.reports(); second == no {
			t.Errorf("both jobs are number %s", no)
		}
		s.settled()
		if n := doors[0].clashes() + doors[1].clashes(); n > 0 {
			t.Errorf("two replicas polled at once: %d polls were ended", n)
		}
	})
}

// reportsHealth looks at a replica as its operator does.
func (s *scene) reportsHealth(desk *Running, role string, figures ...string) {
	s.Helper()
	ask := func(path string) (int, string) {
		page := httptest.NewRecorder()
		desk.Front(s.clock, nil).ServeHTTP(page, httptest.NewRequest(http.MethodGet, path, nil))
		return page.Code, page.Body.String()
	}
	if code, body := ask("/healthz"); code != http.StatusOK || !strings.Contains(body, `"role": `+role) {
		s.Errorf("/healthz says %d %s, want the role %s", code, body, role)
	}
	_, page := ask("/metrics")
	for _, figure := range figures {
		if !strings.Contains(page, figure+"\n") {
			s.Errorf("/metrics does not say %q", figure)
		}
	}
}

// A commit of a replica that stands by, as it may come by a webhook, waits for
// the one that acts.
func TestWhatAStandbyCommitsIsSentByTheLeader(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		s.until("the first leads", s.desk.leads)
		standby, err := Build(s.setting)
		if err != nil {
			t.Fatal(err)
		}
		defer standby.Store.Close()
		wang := s.resident(words.ZH)
		wang.say(line{types: "/start", answer: "menu.menu.say"})
		s.settled()
		err = standby.App.Handle(s.soon(), talk.Event{
			ID: "standby", Kind: talk.Text, At: s.clock.Now(), Text: words.Plain(words.ZH, "menu.menu.outage", nil),
			Chat: talk.Chat{ID: wang.id, Kind: talk.Private}, From: talk.Person{ID: wang.id, Lang: words.ZH},
		})
		if err != nil {
			t.Fatal(err)
		}
		wang.reads("outage.danger.say")
		s.settled()
		s.transcript(wang.id, "menu.menu.say", "outage.danger.say")
	})
}

// asksSoon sets a reminder that asks the resident whether the light has stayed.
func (s *scene) asksSoon(p *person, at time.Time) {
	s.Helper()
	_, err := s.desk.Store.Commit(s.soon(), store.Change{
		Event: fmt.Sprint("asks ", p.id), Op: rand.Text(), At: time.Now(),
		Reminds: []talk.Remind{{Name: fmt.Sprint("outage/", p.id), At: at, Chat: p.id}},
	})
	if err != nil {
		s.Fatal(err)
	}
}

func TestAKilledLeaderIsReplaced(t *testing.T) {
	t.Parallel()
	redis := startRedis(t)
	s := ownStage(stageFor(t, redis.url(), realTime), redis.url())
	acts, waits := s.replicas()
	early, late, asked := s.resident(words.ZH), s.resident(words.ZH), s.resident(words.ZH)
	asked.say(line{types: "/start", answer: "menu.menu.say"})
	early.say(line{types: "/start", answer: "menu.menu.say"})
	s.settled()
	s.asksSoon(asked, time.Now().Add(2*time.Second)) // while nobody acts

	early.types(words.Plain(words.ZH, "menu.menu.outage", nil)) // in the moment of the kill
	acts.kill()
	killed := time.Now()
	late.types("/start")
	s.until("the other polls", func() bool { return waits.door.polls(killed) })
	gap := time.Since(killed)
	t.Logf("the other took over after %s", gap)
	if gap > takeover {
		t.Errorf("the other took over after %s, want at most %s", gap, takeover)
	}
	early.hears("outage.danger.say")
	late.hears("menu.menu.say")
	asked.reads("outage.held.say")
	s.settled()
	s.transcript(late.id, "menu.menu.say")
	s.transcript(asked.id, "menu.menu.say", "outage.held.say")
	if n := len(s.heard(early.id)); n > 3 { // nobody can know whether the one in the moment of the kill arrived
		t.Errorf("the resident who wrote in the moment of the kill heard %d messages", n)
	}
}

func TestAFrozenLeaderWakesUpHarmless(t *testing.T) {
	t.Parallel()
	redis := startRedis(t)
	s := ownStage(stageFor(t, redis.url(), realTime), redis.url())
	acts, waits := s.replicas()
	wang, asked := s.resident(words.ZH), s.resident(words.ZH)
	for _, p := range []*person{wang, asked} {
		p.say(line{types: "/start", answer: "menu.menu.say"})
	}
	s.settled()

	acts.pause()
	frozen := time.Now()
	wang.types(words.Plain(words.ZH, "menu.menu.outage", nil)) // into the poll of the frozen one
	s.asksSoon(asked, time.Now())
	s.until("the other polls", func() bool { return waits.door.polls(frozen) })
	gap := time.Since(frozen)
	t.Logf("the other took over after %s", gap)
	if gap > takeover {
		t.Errorf("the other took over after %s, want at most %s", gap, takeover)
	}
	wang.hears("outage.danger.say")
	asked.reads("outage.held.say")
	s.until("twice the lease is over", func() bool { return time.Since(frozen) > 2*lead.LeaseFor })
	woken := time.Now()
	acts.resume()
	s.until("the old leader has noticed", func() bool { return strings.Contains(s.log.String(), "the term is over") })
	wang.tap("outage.danger.no")
	wang.hears("outage.household.say")
	s.settled()
	s.transcript(wang.id, "menu.menu.say", "outage.danger.say", "outage.household.say")
	s.transcript(asked.id, "menu.menu.say", "outage.held.say")

	// It is a replica again: it stands by, and takes over from the other.
	took, err := waits.terminate()
	ended := time.Now()
	if calls := acts.door.since(woken, ""); err != nil || len(calls) > 0 && calls[0].at.Before(ended.Add(-took)) {
		t.Errorf("the woken replica called %v before the other ended, with %v", calls, err)
	}
	s.until("the woken one polls", func() bool { return acts.door.polls(woken) })
	gap = time.Since(ended)
	t.Logf("it took over %s after the other had ended", gap)
	if gap > handover {
		t.Errorf("it took over %s after the other had ended, want less than %s", gap, handover)
	}
	wang.say(line{tap: "outage.household.none", answer: "place.town.say"})
}

func TestRedisAwayEndsTheTermAndOneResumes(t *testing.T) {
	t.Parallel()
	redis := startRedis(t)
	s := ownStage(stageFor(t, redis.url(), realTime), redis.url())
	acts, waits := s.replicas()
	wang := s.resident(words.ZH)
	wang.say(line{types: "/start", answer: "menu.menu.say"})
	s.settled()
	redis.kill()
	away := time.Now()
	s.until("the term is over", func() bool { return strings.Contains(s.log.String(), "the term is over") })
	over := time.Now()
	if gap := over.Sub(away); gap > lead.LeaseFor {
		t.Errorf("the leader acted for %s on, want less than its lease", gap)
	}
	s.until("twice the lease is over", func() bool { return time.Since(away) > 2*lead.LeaseFor })
	if calls := waits.door.since(time.Time{}, ""); len(calls) > 0 {
		t.Errorf("the one that stood by called %v", calls)
	}
	if all, looks := acts.door.since(over, ""), acts.door.since(over, "getUpdates"); len(all) > len(looks) {
		t.Errorf("the one that led did more than look who writes: %v", all)
	}
	if err := redis.run(); err != nil {
		t.Fatal(err)
	}
	wang.say(line{tap: "menu.menu.outage", answer: "outage.danger.say"}) // after the hotline, if nobody leads yet
	s.settled()
	asks, asked := sentence(t, words.ZH, "outage.danger.say"), 0
	for _, m := range s.heard(wang.id) {
		if asks.MatchString(m.Text) {
			asked++
		}
	}
	if asked != 1 {
		t.Errorf("the resident was asked %d times", asked)
	}
	// The poll of the one that resumes may end the look of the other, and no more.
	if n := acts.door.clashes() + waits.door.clashes(); n > 1 {
		t.Errorf("two replicas polled at once: %d polls were ended", n)
	}
}

// A reminder found due by two processes is one message: what a leader that lost
// its term fires is nobody's second time.
func TestAReminderFiredByTwoIsOneMessage(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := stageFor(t, url).open()
		s.until("it leads", s.desk.leads)
		wang := s.resident(words.ZH)
		wang.say(line{types: "/start", answer: "menu.menu.say"})
		s.settled()
		late, err := Build(s.setting)
		if err != nil {
			t.Fatal(err)
		}
		defer late.Store.Close()
		remind := talk.Remind{Name: fmt.Sprint("outage/", wang.id), At: evening.Add(time.Minute), Chat: wang.id}
		s.asksSoon(wang, remind.At) // not due by the leader's clock
		found, err := late.Store.Due(s.soon(), remind.At, 1)
		if err != nil || len(found) != 1 {
			t.Fatalf("due is %v, %v; want the reminder", found, err)
		}
		s.clock.Advance(time.Minute)
		wang.reads("outage.held.say") // by the leader
		event := late.App.dueEvent("t:late", found[0])
		if err := late.App.guarded(context.Background(), event, &found[0]); err != nil {
			t.Fatal(err)
		}
		s.settled()
		s.transcript(wang.id, "menu.menu.say", "outage.held.say")
	})
}
