package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPollAsksForWhatItCanRead(t *testing.T) {
	t.Parallel()
	s := play()
	startPolling(t, connect(t, serve(t, s.answer).URL, nil), nil)
	want := url.Values{
		"allowed_updates": {`["message","edited_message","callback_query","my_chat_member","chat_member"]`},
		"limit":           {"100"},
		"timeout":         {"25"},
	}
	if diff := cmp.Diff(want, s.next(t).Form); diff != "" {
		t.Errorf("first call (-want +got):\n%s", diff)
	}
}

func TestPollConfirmsOnlyWhatIsHandled(t *testing.T) {
	t.Parallel()
	s := play(batch(note(100, 1, "a"), note(101, 2, "b")))
	handling, release := make(chan struct{}, 2), make(chan struct{})
	c := connect(t, serve(t, s.answer).URL, nil)
	startPolling(t, c, func(context.Context, Update) error {
		handling <- struct{}{}
		<-release
		return nil
	})
	s.next(t)
	<-handling
	<-handling
	if len(s.calls) != 0 {
		t.Errorf("asked again while the batch is handled: %v", <-s.calls)
	}
	if c.LastPoll().IsZero() {
		t.Error("LastPoll is not set")
	}
	close(release)
	if got := s.next(t).offset(); got != "102" {
		t.Errorf("offset %q, want 102", got)
	}
}

func TestPollFollowsIdsDownwards(t *testing.T) {
	t.Parallel()
	s := play(batch(note(900, 1, "before")), batch(note(5, 1, "after the quiet week")), batch(note(6, 1, "next")))
	var h heard
	startPolling(t, connect(t, serve(t, s.answer).URL, nil), h.handle)
	var got []string
	for range 4 {
		got = append(got, s.next(t).offset())
	}
	if diff := cmp.Diff([]string{"", "901", "6", "7"}, got); diff != "" {
		t.Errorf("offsets (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"before", "after the quiet week", "next"}, h.list()); diff != "" {
		t.Errorf("heard (-want +got):\n%s", diff)
	}
}

func TestPollPutsPoisonAsideAndGoesOn(t *testing.T) {
	t.Parallel()
	bad := json.RawMessage(`{"update_id":101,"message":{"chat":{"id":1},"text":[]}}`)
	s := play(batch(note(100, 1, "a"), bad, json.RawMessage(`"no update"`), note(103, 1, "b")))
	var h heard
	poison := make(chan Poison, 9)
	c := connect(t, serve(t, s.answer).URL, func(o *Options) {
		o.Quarantine = func(_ context.Context, p Poison) error { poison <- p; return nil }
	})
	startPolling(t, c, h.handle)
	s.next(t)
	if got := s.next(t).offset(); got != "104" {
		t.Errorf("offset %q, want 104", got)
	}
	if diff := cmp.Diff([]string{"a", "b"}, h.list()); diff != "" {
		t.Errorf("heard (-want +got):\n%s", diff)
	}
	ids := map[int]string{}
	for range 2 {
		p := <-poison
		ids[p.ID] = string(p.Raw)
	}
	if diff := cmp.Diff(map[int]string{101: string(bad), 0: `"no update"`}, ids); diff != "" {
		t.Errorf("quarantine (-want +got):\n%s", diff)
	}
}

func TestPollWithoutOneReadableIdDoesNotSpin(t *testing.T) {
	t.Parallel()
	s := play(batch(json.RawMessage(`{}`)), batch(json.RawMessage(`{"update_id":"x"}`)), batch(note(7, 1, "a")))
	var w waits
	c := connect(t, serve(t, s.answer).URL, func(o *Options) { o.After = w.after })
	startPolling(t, c, new(heard).handle)
	for range 3 {
		s.next(t)
	}
	if got := s.next(t).offset(); got != "8" {
		t.Errorf("offset %q, want 8", got)
	}
	if diff := cmp.Diff([]time.Duration{750 * time.Millisecond, 1500 * time.Millisecond}, w.list()); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
}

// The store is down: the update stays with Telegram for as long as it takes.
func TestPollTriesAnErrorAgainAndKeepsTheOffset(t *testing.T) {
	t.Parallel()
	s := play(batch(note(100, 1, "a")))
	var w waits
	tries := 0
	c := connect(t, serve(t, s.answer).URL, func(o *Options) { o.After = w.after })
	startPolling(t, c, func(context.Context, Update) error {
		if tries++; tries <= 8 {
			if len(s.calls) > 0 {
				t.Errorf("asked %v while the store is down", <-s.calls)
			}
			return errors.New("store is down")
		}
		return nil
	})
	s.next(t)
	if got := s.next(t).offset(); got != "101" || tries != 9 {
		t.Errorf("offset %q after %d tries, want 101 after 9", got, tries)
	}
	want := []time.Duration{150, 300, 600, 1200, 2400, 3750, 3750, 3750}
	for i := range want {
		want[i] *= time.Millisecond
	}
	if diff := cmp.Diff(want, w.list()); diff != "" {
		t.Errorf("waits (-want +got):\n%s", diff)
	}
}

func TestPollGivesUpOnAnUpdateThatPanicsThrice(t *testing.T) {
	t.Parallel()
	s := play(batch(note(100, 1, "bad"), note(101, 1, "good"), note(102, 2, "good too")))
	var h heard
	var mu sync.Mutex
	panics := 0
	poison := make(chan Poison, 9)
	c := connect(t, serve(t, s.answer).URL, func(o *Options) {
		o.Quarantine = func(_ context.Context, p Poison) error { poison <- p; return nil }
	})
	startPolling(t, c, func(ctx context.Context, u Update) error {
		if u.Event.Text == "bad" {
			mu.Lock()
			panics++
			mu.Unlock()
			_ = []int{}[len(u.Event.Text)]
		}
		return h.handle(ctx, u)
	})
	s.next(t)
	if got := s.next(t).offset(); got != "103" {
		t.Errorf("offset %q, want 103", got)
	}
	if p := <-poison; p.ID != 100 || !strings.Contains(p.Err.Error(), "index out of range [3]") || panics != 3 {
		t.Errorf("poison %d after %d panics: %v", p.ID, panics, p.Err)
	}
	if n := len(h.list()); n != 2 {
		t.Errorf("%d others were handled, want 2", n)
	}
}

func TestPollTriesTheQuarantineUntilItHolds(t *testing.T) {
	t.Parallel()
	for name, quarantine := range map[string]func(try int) error{
		"it fails twice": func(try int) error {
			if try <= 2 {
				return errors.New("store is down")
			}
			return nil
		},
		"it panics, which a log line must make up for": func(int) error { panic("quarantine") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := play(batch(json.RawMessage(`{"update_id":7,"message":1}`)))
			tries := 0
			var log logbook
			c := connect(t, serve(t, s.answer).URL, func(o *Options) {
				o.Logger = log.logger()
				o.Quarantine = func(context.Context, Poison) error { tries++; return quarantine(tries) }
			})
			startPolling(t, c, nil)
			s.next(t)
			if got := s.next(t).offset(); got != "8" || tries != 3 {
				t.Errorf("offset %q after %d tries, want 8 after 3", got, tries)
			}
			if log.String() == "" {
				t.Error("nothing was logged")
			}
		})
	}
}

func TestPollKeepsTheOrderWithinAChat(t *testing.T) {
	t.Parallel()
	var updates []json.RawMessage
	for i := range 100 {
		updates = append(updates, note(1000+i, int64(1+i%3), strconv.Itoa(i)))
	}
	s := play(batch(updates...))
	var mu sync.Mutex
	last := map[int64]int{}
	handled, all := 0, make(chan struct{})
	stop := startPolling(t, connect(t, serve(t, s.answer).URL, nil), func(_ context.Context, u Update) error {
		i, err := strconv.Atoi(u.Event.Text)
		mu.Lock()
		defer mu.Unlock()
		if handled++; handled == len(updates) {
			close(all)
		}
		if err != nil || i < last[u.Event.Chat.ID] {
			t.Errorf("chat %d: %q after %d", u.Event.Chat.ID, u.Event.Text, last[u.Event.Chat.ID])
		}
		last[u.Event.Chat.ID] = i
		return nil
	})
	<-all
	stop()
	if diff := cmp.Diff(map[int64]int{1: 99, 2: 97, 3: 98}, last); diff != "" {
		t.Errorf("last of each chat (-want +got):\n%s", diff)
	}
}

// A press in the group and the presser's private messages share a lane: the
// press that takes a volunteer into the private chat comes before what they
// write there.
func TestAPresserIsOneLaneWithTheirPrivateChat(t *testing.T) {
	t.Parallel()
	c := connect(t, "http://127.0.0.1:1", nil)
	press := c.open(fixture(t, "update", "press")).keys()
	words := c.open(fixture(t, "update", "language_english")).keys()
	if diff := cmp.Diff([]int64{dutyGroup, volunteer}, press); diff != "" {
		t.Errorf("press (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int64{volunteer, volunteer}, words); diff != "" {
		t.Errorf("private message (-want +got):\n%s", diff)
	}
	moved := c.open(fixture(t, "update", "migrated_old_side")).keys()
	if diff := cmp.Diff([]int64{-4001234567, -1001000000009}, moved); diff != "" {
		t.Errorf("migration (-want +got):\n%s", diff)
	}
}

func TestEveryEventHasItsOwnToken(t *testing.T) {
	t.Parallel()
	c := connect(t, "http://127.0.0.1:1", nil)
	seen := map[string]bool{}
	for range 100 {
		token := c.open(note(1, 1, "x")).update.Event.Token
		if len(token) < 16 || !payloadForm.MatchString(token) {
			t.Fatalf("token %q", token)
		}
		seen[token] = true
	}
	if len(seen) != 100 {
		t.Errorf("%d different tokens of 100", len(seen))
	}
}
