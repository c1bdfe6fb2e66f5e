package demo

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestOffsetConfirmsLowerIDs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.restartQueue(500)
	for i := range 5 {
		must[int](t)(w.As(wang).Send(wang, fmt.Sprint("message ", i)))
	}
	steps := []struct {
		name   string
		offset string
		want   []int
	}{
		{"without an offset nothing is confirmed", "0", []int{500, 501, 502, 503, 504}},
		{"and the same comes again", "0", []int{500, 501, 502, 503, 504}},
		{"an offset confirms what is below", "502", []int{502, 503, 504}},
		{"a lower offset brings nothing back", "500", []int{502, 503, 504}},
		{"a negative offset keeps the last ones", "-1", []int{504}},
		{"an offset behind the tail empties the queue", "505", nil},
	}
	for _, s := range steps {
		if got := ids(w.updates(t, "offset", s.offset)); !cmp.Equal(got, s.want) {
			t.Errorf("%s: got %v, want %v", s.name, got, s.want)
		}
	}
	if got := w.Pending(); got != 0 {
		t.Errorf("got %d pending, want 0", got)
	}
}

func TestOffsetOfAnotherNumberingServesFromTheHead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.restartQueue(900_000)
	must[int](t)(w.As(wang).Send(wang, "before"))
	w.updates(t, "offset", "900001")
	w.restartQueue(100)
	must[int](t)(w.As(wang).Send(wang, "after the ids jumped down"))
	if got := ids(w.updates(t, "offset", "900001")); !cmp.Equal(got, []int{100}) {
		t.Errorf("got %v, want the update with the lower id", got)
	}
	if got := ids(w.updates(t, "offset", "111")); got != nil {
		t.Errorf("an offset of tail+10 is believed: got %v, want nothing", got)
	}
	must[int](t)(w.As(wang).Send(wang, "and on"))
	if got := ids(w.updates(t, "offset", "113")); !cmp.Equal(got, []int{101}) {
		t.Errorf("an offset of tail+11 is not believed: got %v, want [101]", got)
	}
}

func TestAtMostHundredUpdatesAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 130 {
		must[int](t)(w.As(wang).Send(wang, "x"))
	}
	for _, c := range []struct {
		limit string
		want  int
	}{{"100", 100}, {"1000", 100}, {"7", 7}, {"0", 1}, {"-5", 1}} {
		if got := len(w.updates(t, "limit", c.limit)); got != c.want {
			t.Errorf("limit %s: got %d, want %d", c.limit, got, c.want)
		}
	}
	if got := len(w.updates(t)); got != 100 {
		t.Errorf("without a limit: got %d, want 100", got)
	}
}

func TestRetention(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.text(t, "11", "card", "reply_markup", `{"inline_keyboard":[[{"text":"Claim","callback_data":"c1"}]]}`)
	must[int](t)(w.As(wang).Send(wang, "a message"))
	must[*Press](t)(w.As(wang).Press(wang, card, "c1"))
	kinds := func() string {
		var out []string
		for _, u := range w.updates(t) {
			switch {
			case u.Message != nil:
				out = append(out, "message")
			case u.Callback != nil:
				out = append(out, "callback")
			}
		}
		return strings.Join(out, " ")
	}
	if got := kinds(); got != "message callback" {
		t.Fatalf("at once: got %q", got)
	}
	w.clock.advance(150 * time.Second)
	if got := kinds(); got != "message" {
		t.Errorf("after 150 s: got %q, want the message only", got)
	}
	w.clock.advance(24 * time.Hour)
	if got := kinds(); got != "" {
		t.Errorf("after 24 h: got %q, want nothing", got)
	}
	if got := w.Pending(); got != 0 {
		t.Errorf("got %d pending, want 0", got)
	}
}

func TestWhatTheQueueDoesNotTake(t *testing.T) {
	t.Parallel()
	q := queue{next: 1}
	message := func(size int) update {
		return update{kind: "message", body: wireUpdate{Message: &wireMessage{Text: strings.Repeat("x", size)}}}
	}
	if taken, err := q.add(monday, message(maxUpdateBytes-200)); !taken || err != nil {
		t.Errorf("below 64 KiB: got taken %v, error %v", taken, err)
	}
	if taken, err := q.add(monday, message(maxUpdateBytes)); taken || err == nil {
		t.Errorf("over 64 KiB: got taken %v, error %v, want it dropped with a reason", taken, err)
	}
	for ; q.len() < maxQueueLength; q.next++ {
		q.items = append(q.items, &pending{id: q.next, expires: monday.Add(time.Hour)})
	}
	if taken, err := q.add(monday, message(1)); taken || err == nil {
		t.Errorf("into a full queue: got taken %v, error %v, want it dropped with a reason", taken, err)
	}
	q.seek(maxQueueLength / 2)
	if taken, err := q.add(monday, message(1)); !taken || err != nil {
		t.Errorf("after half of it was confirmed: got taken %v, error %v", taken, err)
	}
	if got, want := q.headID(), maxQueueLength/2; got != want {
		t.Errorf("got head %d, want %d", got, want)
	}
}

func TestAllowedUpdates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	join := func() { // a member who comes and goes: chat_member twice and service messages
		if err := w.As(wang).Join(group); err != nil {
			t.Fatal(err)
		}
		if err := w.As(wang).Leave(group); err != nil {
			t.Fatal(err)
		}
	}
	count := func(allowed ...string) (members, messages int) {
		join()
		pairs := []string{}
		if len(allowed) > 0 {
			pairs = append(pairs, "allowed_updates", allowed[0])
		}
		for _, u := range w.updates(t, pairs...) {
			if u.ChatMember != nil {
				members++
			}
			if u.Message != nil {
				messages++
			}
		}
		w.updates(t, "offset", "-1")
		w.updates(t, "offset", strconv.Itoa(w.queue.next))
		return members, messages
	}
	check := func(when string, wantMembers, wantMessages int, allowed ...string) {
		t.Helper()
		if members, messages := count(allowed...); members != wantMembers || messages != wantMessages {
			t.Errorf("%s: got %d chat_member and %d message, want %d and %d", when, members, messages, wantMembers, wantMessages)
		}
	}
	check("by default", 0, 2)
	check("the change comes too late for what is queued", 0, 2, `["chat_member","callback_query"]`)
	check("asked for by name", 2, 0)
	check("null keeps it", 2, 0, "null")
	check("and kept", 2, 0)
	check("an empty list is the default again", 2, 0, "[]")
	check("from then on", 0, 2)
}

func TestLongPoll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	poll := func(ctx context.Context, pairs ...string) chan answer {
		out := make(chan answer, 1)
		go func() {
			a, err := w.try(ctx, "getUpdates", pairs...)
			if err == nil {
				out <- a
			}
			close(out)
		}()
		return out
	}

	waiting := poll(t.Context(), "timeout", "30")
	if got := <-w.clock.asked; got != 30*time.Second {
		t.Errorf("waits %v, want 30 s", got)
	}
	must[int](t)(w.As(wang).Send(wang, "no light"))
	var got []wireUpdate
	(<-waiting).into(t, &got)
	if len(got) != 1 || got[0].Message.Text != "no light" {
		t.Errorf("got %v, want the message", got)
	}

	waiting = poll(t.Context(), "timeout", "500", "offset", "2")
	if got := <-w.clock.asked; got != 50*time.Second {
		t.Errorf("waits %v, want the cap of 50 s", got)
	}
	w.clock.advance(50 * time.Second)
	if a := <-waiting; a.raw != `{"ok":true,"result":[]}` {
		t.Errorf("after the timeout: got %s, want nothing", a.raw)
	}

	first := poll(t.Context(), "timeout", "50", "offset", "2")
	<-w.clock.asked
	second := poll(t.Context(), "timeout", "50", "offset", "2")
	wantRefusal(t, <-first, 409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
	<-w.clock.asked
	must[int](t)(w.As(wang).Send(wang, "again"))
	if a := <-second; !strings.Contains(a.raw, "again") {
		t.Errorf("the second poller got %s, want the message", a.raw)
	}

	ctx, cancel := context.WithCancel(t.Context())
	gone := poll(ctx, "timeout", "50", "offset", "3")
	<-w.clock.asked
	cancel()
	<-gone
	if err := w.Wait(soon(t), func() bool { return w.Count("getUpdates") == 5 }); err != nil {
		t.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.polling.waiting != nil {
		t.Error("a poller that went away still waits")
	}
}

func TestConflictsThatFollowAreSpaced(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.send(t, "setWebhook", "url", w.http.URL+"/hook")
	const words = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
	wantRefusal(t, w.send(t, "getUpdates"), 409, words)
	late := make(chan answer, 1)
	go func() {
		if a, err := w.try(t.Context(), "getUpdates"); err == nil {
			late <- a
		}
	}()
	if got := <-w.clock.asked; got != 3*time.Second {
		t.Errorf("the second conflict is held back %v, want 3 s", got)
	}
	w.clock.advance(3 * time.Second)
	wantRefusal(t, <-late, 409, words)
}

func TestRepeatedOffsetIsSlowedDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	must[int](t)(w.As(wang).Send(wang, "one"))
	must[int](t)(w.As(wang).Send(wang, "two"))
	if got := len(w.updates(t)); got != 2 {
		t.Fatalf("got %d, want 2", got)
	}
	var again []wireUpdate
	w.send(t, "getUpdates").into(t, &again)
	if len(again) != 1 {
		t.Errorf("the same offset within 0.5 s: got %d updates, want 1", len(again))
	}
}

func TestInjectedUpdateArrivesAsWritten(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if err := w.Inject(`{"message":{"date":"yesterday"}}`); err != nil {
		t.Fatal(err)
	}
	w.clock.advance(4 * time.Second)
	if got, want := w.send(t, "getUpdates").raw, `{"ok":true,"result":[{"message":{"date":"yesterday"},"update_id":1}]}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if w.Inject(`[]`) == nil {
		t.Error("got no error, want an array refused")
	}
}
