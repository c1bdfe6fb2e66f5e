package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"powerdesk/bot/store"
	"powerdesk/bot/telegram"
	"powerdesk/flows"
	"powerdesk/flows/words"
)

// noticeEvery is how long one chat is not told again that the desk cannot
// store: the update comes again every few seconds until it can.
const noticeEvery = 10 * time.Minute

// errHere says that the store is not away, as far as is known.
var errHere = errors.New("the store is not away")

// sayAway tells a resident that the desk cannot take anything right now and
// whom to call. It is the one message that is sent unstored: there is nowhere
// to store it, and silence would be worse. An error means that it was not told.
func (a *App) sayAway(ctx context.Context, e flows.Event) error {
	switch {
	case e.Callback != "":
		a.toast(flows.Toast{Callback: e.Callback, Text: a.word(e, "toast.try_again")})
	case e.Chat.Kind == flows.Private && e.Kind != flows.Due:
		return a.apologise(ctx, e.Chat.ID, e.From.Lang)
	}
	return nil
}

func (a *App) word(e flows.Event, key string) string { return words.Plain(e.From.Lang, key, nil) }

// apologise tells somebody whose words could not be handled whom to call, once
// in a while: it goes out unstored, because storing is what failed.
func (a *App) apologise(ctx context.Context, chat int64, l words.Lang) error {
	if !a.away.first(chat) {
		return nil
	}
	text := words.Say(l, "router.away", words.Args{"Hotline": a.County().Hotline})
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), asideFor)
	defer cancel()
	_, err := a.tg.Send(ctx, telegram.Outgoing{Say: flows.Say{Chat: chat, Text: text}})
	if err != nil {
		a.away.forget(chat)
		a.log.Warn("a resident could not be told that the desk is away", "err", err)
	}
	return err
}

// waiting tells who waits behind what cannot be stored. It is asked of
// everybody who waits, so it asks in turn whether the store is why.
func (a *App) waiting(ctx context.Context, e flows.Event) error {
	if !a.away.isAway() {
		return errHere
	}
	return a.sayAway(ctx, e)
}

// notices remembers who has been told lately, and whether there is a reason to.
type notices struct {
	clock Clock
	mu    sync.Mutex
	away  bool // the store was, when it was last asked
	told  map[int64]time.Time
}

func newNotices(c Clock) *notices { return &notices{clock: c, told: make(map[int64]time.Time)} }

// heard takes in how the store has answered.
func (n *notices) heard(err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.away = errors.Is(err, store.ErrUnavailable)
}

func (n *notices) isAway() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.away
}

// first says whether the chat has not been told lately, and notes that it is.
func (n *notices) first(chat int64) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := n.clock.Now()
	for c, at := range n.told {
		if now.Sub(at) > noticeEvery {
			delete(n.told, c)
		}
	}
	if _, told := n.told[chat]; told {
		return false
	}
	n.told[chat] = now
	return true
}

// forget takes back that the chat has been told.
func (n *notices) forget(chat int64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.told, chat)
}
