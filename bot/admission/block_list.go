package admission

import (
	"fmt"
	"slices"
	"time"

	"powerdesk/flows/talk"
)

// deeds are the kinds of event that somebody does to the desk. That a barred
// person left the duty group, or blocked the bot, must be known all the same.
var deeds = []talk.EventKind{
	talk.Text, talk.Command, talk.Press, talk.Attach, talk.Pinned, talk.Contact, talk.Other, talk.Edited,
}

// blocked judges an event by the county's block list. A barred person is told once
// a day whom to call, and nothing else: the words are stored under an event that is
// the day's, so replicas and restarts tell it once too.
func (c *Control) blocked(e talk.Event) Verdict {
	now := c.clock.Now()
	county := c.desk.County()
	if !county.Bars(e.From.ID, now) || !slices.Contains(deeds, e.Kind) {
		return Verdict{}
	}
	c.log.Info("somebody who is barred wrote or pressed", "event", e.ID, "kind", e.Kind)
	today := fmt.Sprintf("b:%d:%s", e.From.ID, now.In(county.Zone).Format(time.DateOnly))
	c.mu.Lock()
	defer c.mu.Unlock()
	return Verdict{Why: Barred, Event: today, told: e.Chat.Kind != talk.Private || c.barred[e.From.ID] == today}
}
