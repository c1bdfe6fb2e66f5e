package demo

import (
	"context"
	"fmt"
)

// signal wakes everybody who waits on it. It costs nothing while nobody waits. It is guarded by the server's lock.
type signal struct{ ch chan struct{} }

func (s *signal) wait() <-chan struct{} {
	if s.ch == nil {
		s.ch = make(chan struct{})
	}
	return s.ch
}

func (s *signal) fire() {
	if s.ch != nil {
		close(s.ch)
		s.ch = nil
	}
}

// Wait returns as soon as cond holds. It is asked at once and after every call, message, edit and press; it may use any method of t.
// The error is the context's, when that ends first.
func (t *Telegram) Wait(ctx context.Context, cond func() bool) error {
	for {
		t.mu.Lock()
		changed := t.changed.wait()
		t.mu.Unlock()
		if cond() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("waiting for a condition: %w", ctx.Err())
		}
	}
}

// Await returns the newest message of a chat with an id above after that match accepts, waiting for one to be sent or edited into place.
// Only changes of that one chat wake it, so thousands may wait in thousands of chats. The error is the context's, or says that there is no such chat.
func (t *Telegram) Await(ctx context.Context, chatID int64, after int, match func(Message) bool) (Message, error) {
	for {
		t.mu.Lock()
		ch := t.chats[chatID]
		if ch == nil {
			t.mu.Unlock()
			return Message{}, fmt.Errorf("waiting in chat %d: %w", chatID, ErrNoChat)
		}
		changed := ch.changed.wait()
		news := t.newestFirst(ch, after)
		t.mu.Unlock()
		for _, m := range news {
			if match(m) {
				return m, nil
			}
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return Message{}, fmt.Errorf("waiting for a message in chat %d: %w", chatID, ctx.Err())
		}
	}
}
