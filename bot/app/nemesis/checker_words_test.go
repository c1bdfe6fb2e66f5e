package nemesis

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// unsure are faults after which nobody can know what has arrived: an answer of
// Telegram that was lost, or an acknowledgement that could not be stored.
func (p *past) unsure(first, second event) bool {
	if first.Call.Fault != "" {
		return true
	}
	return slices.ContainsFunc(p.events, func(e event) bool {
		if e.Kind == "death" {
			// What had left the process was still on its way when it died.
			return e.At.After(first.At.Add(-time.Second)) && e.At.Before(second.At)
		}
		return e.Kind == "fault" && !strings.HasPrefix(e.What, "telegram") && !e.At.After(second.At) && !ended(p.events, e).Before(first.At)
	})
}

// ended is when a fault was taken back.
func ended(events []event, fault event) time.Time {
	for _, e := range events {
		if e.Kind == "heal" && e.ID == fault.ID {
			return e.At
		}
	}
	return fault.At.Add(time.Hour)
}

// duplicates is I3: the same words twice in a chat, only where somebody could
// not know that the first had arrived. Words that say no job's number may be
// said twice with reason.
func (p *past) duplicates() {
	first := map[string]event{}
	for _, e := range p.calls {
		if e.Call.Method != "sendMessage" || !numbers.MatchString(e.Call.Params["text"]) {
			continue
		}
		key := fmt.Sprint(e.Call.Chat, e.Call.Params["text"], e.Call.Params["reply_markup"])
		before, twice := first[key]
		if twice && !p.unsure(before, e) {
			p.broken("I3", "chat %d was told twice, in calls %d and %d", e.Call.Chat, before.Call.Seq, e.Call.Seq)
		}
		first[key] = e
	}
}

// news are what a resident is told of a job, in the order in which it happens.
var news = []string{"outage.receipt.say", "news.claimed", "news.claimed_both", "news.on_the_way_eta", "news.arrived", "news.restored"}

// inOrder is I4: news come in the order of what they tell.
func (p *past) inOrder() {
	type told struct {
		who int64
		job string
	}
	latest := map[told]int{}
	gaveBack := map[string]bool{}
	for no, j := range p.jobs {
		gaveBack[no] = slices.ContainsFunc(j.Entries, func(e entry) bool { return e.What == "released" })
	}
	said := map[string]bool{} // a message that comes twice is another's matter
	for _, e := range p.calls {
		text := e.Call.Params["text"]
		no := numbers.FindString(text)
		if e.Call.Chat < 0 || p.roles[e.Call.Chat] != "resident" || gaveBack[no] || e.Call.Method != "sendMessage" || said[fmt.Sprint(e.Call.Chat, text)] {
			continue
		}
		said[fmt.Sprint(e.Call.Chat, text)] = true
		for _, lang := range newsIn {
			if i := slices.Index(news, lang.name(plain(text))); i >= 0 {
				key := told{e.Call.Chat, no}
				if i < latest[key] {
					p.broken("I4", "%d heard %s after %s", e.Call.Chat, news[i], news[latest[key]])
				}
				latest[key] = max(latest[key], i)
			}
		}
	}
}
