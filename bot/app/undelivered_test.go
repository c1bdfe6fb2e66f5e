package app

import (
	"errors"
	"strings"
	"testing"

	"powerdesk/bot/outbox"
	"powerdesk/bot/store"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

// regrets is a crew that tells a writer which of their words did not arrive.
func regrets() *notingCrew {
	return &notingCrew{do: func(t *talk.Turn) {
		if t.E.Kind == talk.Failed {
			t.Do(talk.Say{Chat: t.S.Chat, Text: "not delivered for " + t.E.Lost.Job + ": " + t.E.Lost.Text})
		}
	}}
}

// relayed is a volunteer's message to a resident who has blocked the bot: the
// scene, with a desk that has stored it and is not running.
func relayed(t *testing.T, url string) (s *scene, volunteer, resident *person, row outbox.Row) {
	t.Helper()
	s = stageFor(t, url)
	volunteer, resident = s.volunteer("李强"), s.resident(words.ZH)
	volunteer.start("")
	resident.start("")
	if err := resident.hands.Block(); err != nil {
		t.Fatal(err)
	}
	kept, err := store.Open(store.Options{URL: url, Key: s.setting.County.Key, Keep: s.setting.County.Keep, Logger: s.setting.Log})
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	say := talk.Say{Chat: resident.id, Text: "we are at your gate", Class: talk.AnswerClass, Writer: volunteer.id, Job: "1123-01"}
	result, err := founded(t, kept).Commit(s.soon(), store.Change{
		Event: "relay", Op: "relay", At: evening, Says: []talk.Say{say}, Owner: "founder",
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, volunteer, resident, rows(result.Rows)[0]
}

// regretted opens the desk and counts what the writer is told.
func (s *scene) regretted(writer *person) int {
	s.Helper()
	s.openFor(regrets())
	s.until("the row is given up", func() bool {
		b, err := s.desk.Store.Backlog(s.soon())
		return err == nil && b.Dead > 0 && b.Waiting == 0
	})
	s.settled()
	told := 0
	for _, m := range s.heard(writer.id) {
		if strings.HasPrefix(m.Text, "not delivered for 1123-01: we are at your gate") {
			told++
		}
	}
	return told
}

func TestAWriterHearsThatTheirWordsDidNotArrive(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s, volunteer, _, _ := relayed(t, url)
		if got := s.regretted(volunteer); got != 1 {
			t.Errorf("the writer was told %d times, want once\n%s", got, s.screen(volunteer.id))
		}
	})
}

// A process that told the writer and died before it buried the row leaves the
// row to the next one.
func TestAWriterIsToldOnceThoughTheDeskDiesInBetween(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s, volunteer, _, row := relayed(t, url)
		dying, err := Build(s.setting)
		if err != nil {
			t.Fatal(err)
		}
		dying.App.desk.Store(barest(t, s.setting.County, regrets()))
		if err := dying.App.ended(s.soon(), row, outbox.ReasonGone); err != nil {
			t.Fatal(err)
		}
		if got := s.regretted(volunteer); got != 1 {
			t.Errorf("the writer was told %d times, want once\n%s", got, s.screen(volunteer.id))
		}
	})
}

func TestWhoIsToldOfWordsThatWereGivenUp(t *testing.T) {
	t.Parallel()
	row := func(edit func(*talk.Say)) outbox.Row {
		say := talk.Say{Chat: resident, Text: "x", Writer: volunteerA, Job: "1123-01"}
		edit(&say)
		return outbox.Row{ID: "0000000000000007", Chat: say.Chat, Say: say}
	}
	for what, tt := range map[string]struct {
		row    outbox.Row
		reason string // "" = it was delivered
		refuse error
		told   int // events that reached the crew
		err    error
	}{
		"the writer":                           {row(func(*talk.Say) {}), outbox.ReasonGone, nil, 1, nil},
		"nobody, for the desk's own words":     {row(func(s *talk.Say) { s.Writer = 0 }), outbox.ReasonGone, nil, 0, nil},
		"nobody who cannot be reached himself": {row(func(s *talk.Say) { s.Chat = volunteerA }), outbox.ReasonGone, nil, 0, nil},
		"later, when the store is away":        {row(func(*talk.Say) {}), outbox.ReasonGone, store.ErrUnavailable, 1, store.ErrUnavailable},
		"the writer, of a delivery":            {row(func(s *talk.Say) { s.Confirm = true }), "", nil, 1, nil},
		"nobody, when the event is poison":     {row(func(*talk.Say) {}), outbox.ReasonGone, errors.New("damaged"), 1, nil},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			b := newBare(t)
			b.store.refuse = func(store.Change) error { return tt.refuse }
			if err := b.ended(t.Context(), tt.row, tt.reason); !errors.Is(err, tt.err) {
				t.Errorf("got %v, want %v", err, tt.err)
			}
			events := b.crew.given()
			if len(events) != tt.told {
				t.Fatalf("the crew was given %d events, want %d", len(events), tt.told)
			}
			for _, e := range events {
				id, kind := "f:", talk.Failed
				if tt.reason == "" {
					id, kind = "d:", talk.Delivered
				}
				if e.Kind != kind || e.ID != id+"0000000000000007" || e.From.ID != volunteerA || e.Lost.Text != "x" {
					t.Errorf("the crew was given %+v", e)
				}
				if want := (store.Want{Chat: volunteerA, Job: "1123-01"}); b.store.wants[0] != want {
					t.Errorf("loaded %+v, want %+v", b.store.wants[0], want)
				}
			}
		})
	}
}
