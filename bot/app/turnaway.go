package app

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"powerdesk/bot/store"
	"powerdesk/flows"
	"powerdesk/flows/words"
)

// turnAway stops what is not to be handled: of somebody whom the county has
// barred, of somebody who is too fast, and of one newcomer too many. It reports
// true when the event needs nothing more; with an error it must come again,
// because what its sender is to be told is not stored.
func (a *App) turnAway(ctx context.Context, e flows.Event) (bool, error) {
	if a.County().Bars(e.From.ID, a.clock.Now()) && slices.Contains(deeds, e.Kind) {
		return true, a.bar(ctx, e)
	}
	switch a.pace.admit(e) {
	case welcome:
		return false, nil
	case silent:
		a.count.limited.Inc()
		return true, nil
	case crowded:
		return a.crowdOut(ctx, e)
	case shutOut:
		a.count.crowded.Inc()
		return true, nil
	}
	a.count.limited.Inc()
	a.log.Warn("somebody is too fast, and is asked to wait", "event", e.ID, "kind", e.Kind)
	err := a.reply(ctx, e.ID, e, "router.slow")
	if err != nil {
		a.pace.untold(e.From.ID)
	}
	return true, err
}

// deeds are the kinds of event that somebody does to the desk. That a barred
// person left the duty group, or blocked the bot, must be known all the same.
var deeds = []flows.EventKind{
	flows.Text, flows.Command, flows.Press, flows.Attach, flows.Pinned, flows.Contact, flows.Other, flows.Edited,
}

// bar tells a barred person once a day whom to call, and nothing else. The event
// is the day's, so replicas and restarts tell it once too.
func (a *App) bar(ctx context.Context, e flows.Event) error {
	a.count.barred.Inc()
	a.log.Info("somebody who is barred wrote or pressed", "event", e.ID, "kind", e.Kind)
	day := a.clock.Now().In(a.zone()).Format(time.DateOnly)
	if e.Chat.Kind != flows.Private || a.barred.told(e.From.ID, day) {
		return nil
	}
	if err := a.reply(ctx, fmt.Sprintf("b:%d:%s", e.From.ID, day), e, "router.barred"); err != nil {
		return err
	}
	a.barred.tell(e.From.ID, day)
	return nil
}

// reply stores one sentence to whom an event came from, and nothing else, under
// the event's id or another one.
func (a *App) reply(ctx context.Context, id string, e flows.Event, key string) error {
	text := words.Say(e.From.Lang, key, words.Args{"Hotline": a.County().Hotline})
	return a.commit(ctx, store.Change{
		Event: id, Op: token(), At: e.At,
		Says: []flows.Say{{Chat: e.Chat.ID, Text: text, Class: flows.AnswerClass}},
	}, nil)
}

// days remembers who was told on which day. It holds barred people only.
type days struct {
	mu  sync.Mutex
	all map[int64]string
}

func (d *days) told(person int64, day string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.all[person] == day
}

func (d *days) tell(person int64, day string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.all == nil {
		d.all = make(map[int64]string)
	}
	d.all[person] = day
}
