package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// waiters is an Options.Waiting that notes who is told.
type waiters struct {
	mu     sync.Mutex
	texts  []string
	refuse map[string]int // how often a text is refused first
	last   string         // the text after which over is closed
	over   chan struct{}
}

func (w *waiters) tell(_ context.Context, u Update) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.refuse[u.Event.Text]--; w.refuse[u.Event.Text] >= 0 {
		return errors.New("not told")
	}
	w.texts = append(w.texts, u.Event.Text)
	if u.Event.Text == w.last {
		close(w.over)
	}
	return nil
}

func (w *waiters) list() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.texts)
}

func tellUntil(last string) *waiters {
	return &waiters{refuse: map[string]int{}, last: last, over: make(chan struct{})}
}

// watched sets a client up to tell of what waits, without waits.
func (w *waiters) watched(o *Options) {
	var pauses waits
	o.After, o.Waiting = pauses.after, w.tell
}

func TestWatchTellsEachOnceAndConfirmsNothing(t *testing.T) {
	t.Parallel()
	a, b, c := note(100, 1, "a"), note(101, 2, "b"), note(102, 3, "c")
	s := play(batch(a), batch(a, b), fail(502, "Bad Gateway", nil), batch(a, b, c))
	w := tellUntil("c")
	w.refuse["a"] = 1 // could not be told at the first look
	client := connect(t, serve(t, s.answer).URL, w.watched)
	ctx, stop := context.WithCancel(within(t))
	ended := make(chan struct{})
	go func() { client.Watch(ctx); close(ended) }()
	<-w.over
	stop()
	<-ended
	told := w.list()
	slices.Sort(told)
	if diff := cmp.Diff([]string{"a", "b", "c"}, told); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	for range 4 {
		if offset := s.next(t).offset(); offset != "" {
			t.Errorf("a look confirms up to %s", offset)
		}
	}
}

func TestWatchLeavesToWhoeverElseFetches(t *testing.T) {
	t.Parallel()
	a, b := note(100, 1, "a"), note(101, 2, "b")
	for what, steps := range map[string][]http.HandlerFunc{
		"and ends its poll": {batch(a), fail(409, "Conflict: terminated by other getUpdates request", nil)},
		"and confirms":      {batch(a, b), batch(b)},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			connect(t, serve(t, play(steps...).answer).URL, tellUntil("").watched).Watch(within(t))
		})
	}
}

func TestWatchDoesNotTakeAForgottenPressForAnother(t *testing.T) {
	t.Parallel()
	press := json.RawMessage(`{"update_id":99,"callback_query":{"id":"7","from":{"id":5,"first_name":"x"},"data":"x",
		"message":{"message_id":1,"date":0,"chat":{"id":-100}}}}`)
	a, b := note(100, 1, "a"), note(101, 2, "b")
	w := tellUntil("b")
	client := connect(t, serve(t, play(batch(press, a), batch(a, b)).answer).URL, w.watched)
	ctx, stop := context.WithCancel(within(t))
	defer stop()
	go client.Watch(ctx)
	<-w.over
}
