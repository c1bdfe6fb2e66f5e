package telegram

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"
)

// Poison is an update that cannot be handled: it is not readable, or its
// handler panics. Raw is personal data; Err is not.
type Poison struct {
	ID  int // 0 when not even that could be read
	Raw json.RawMessage
	Err error
}

// panicTries is how often a handler may panic over one update.
const panicTries = 3

// parcel is one update on its way through the handler, or into quarantine.
type parcel struct {
	raw    json.RawMessage
	update Update
	wanted bool  // there is something to handle
	poison error // why it goes into quarantine; nil = it does not
	panics int

	settled bool // in a window: it is stored for good
}

// open makes a parcel of an update, decoded against what holds at this moment: the
// desk's groups, the clock, and a fresh random Event.Token. An unreadable update is
// poison at once: to read it again gives the same.
func (c *Client) open(raw json.RawMessage) *parcel {
	p := &parcel{raw: raw}
	p.poison = guard(func() (err error) {
		env := Env{Chats: c.opts.Chats(), Zone: c.opts.Zone, Now: c.opts.Clock.Now(), Token: rand.Text()}
		if me := c.me.Load(); me != nil {
			env.Me = *me
		}
		p.update, p.wanted, err = Decode(raw, env)
		return err
	})
	return p
}

func (c *Client) openAll(batch []json.RawMessage) []*parcel {
	parcels := make([]*parcel, len(batch))
	for i, raw := range batch {
		parcels[i] = c.open(raw)
	}
	return parcels
}

// keys are what the parcel must not overtake another one on: its chat, and its
// sender, whose private chat has the same id.
func (p *parcel) keys() []int64 {
	if m := p.update.Migrated; m != (Migration{}) {
		return []int64{m.Old, m.New}
	}
	return []int64{p.update.Event.Chat.ID, p.update.Event.From.ID}
}

// settle hands the parcel to its handler until that returns nil. An error means
// that nothing was stored, and is tried again for as long as stop is not done.
// It reports false when stop ended it, so that the update stays with Telegram.
// work is the context of the handler: it outlives stop by the grace of a
// shutdown. An attempt takes one of the slots, and a wait none: when nothing can be
// stored, everybody who waits is tried, and so told.
func (c *Client) settle(stop, work context.Context, p *parcel, handle func(context.Context, Update) error, slots chan struct{}) bool {
	for try := 0; stop.Err() == nil; try++ {
		slots <- struct{}{}
		err := c.attempt(work, p, handle)
		<-slots
		if err == nil {
			return true
		}
		if try == 0 {
			c.opts.Logger.Warn("update not handled", "update", p.update.ID, "err", c.mask(err.Error()))
		}
		c.wait(stop, c.backoff(try, 200*time.Millisecond, 5*time.Second))
	}
	return false
}

// attempt hands the parcel to its handler, or to the quarantine, once. After
// panicTries panics the next attempt is for the quarantine.
func (c *Client) attempt(work context.Context, p *parcel, handle func(context.Context, Update) error) error {
	aside := false
	err := guard(func() error {
		switch {
		case p.poison != nil:
			aside = true
			return c.opts.Quarantine(work, Poison{ID: p.update.ID, Raw: p.raw, Err: p.poison})
		case p.wanted:
			return handle(work, p.update)
		default:
			return nil
		}
	})
	crash, ok := errors.AsType[*crash](err)
	if !ok {
		return err
	}
	if p.panics++; p.panics < panicTries {
		return err
	}
	c.opts.Logger.Error("update panics", "update", p.update.ID, "err", err, "stack", c.mask(crash.stack))
	if aside {
		return nil // the quarantine itself panics: the log line is all there can be
	}
	p.poison, p.panics = err, 0
	return err
}

// crash is a recovered panic. Its message names the kind of the value and not
// the value, which may quote a person; what the runtime itself says is safe.
type crash struct {
	what  string
	stack string
}

func (c *crash) Error() string { return "panic: " + c.what }

// guard runs do and turns a panic into an error.
func guard(do func() error) (err error) {
	defer func() {
		switch v := recover().(type) {
		case nil:
		case runtime.Error:
			err = &crash{v.Error(), string(debug.Stack())}
		default:
			err = &crash{fmt.Sprintf("%T", v), string(debug.Stack())}
		}
	}()
	return do()
}
