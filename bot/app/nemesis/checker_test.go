package nemesis

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// breach is a promise that the history shows broken.
type breach struct{ Invariant, What string }

// past is the history in the ways in which the invariants look at it. It knows
// nothing but the history.
type past struct {
	events  []event
	roles   map[int64]string
	secrets map[string]bool
	jobs    map[string]event
	calls   []event // what people can see: sends and edits that were carried out
	found   []breach
}

// check gives every breach.
func check(events []event) []breach {
	p := &past{events: slices.Clone(events), roles: map[int64]string{}, secrets: map[string]bool{}, jobs: map[string]event{}}
	slices.SortStableFunc(p.events, func(a, b event) int { return a.At.Compare(b.At) })
	for _, e := range p.events {
		switch {
		case e.Kind == "person":
			p.roles[e.Who] = e.What
			for _, s := range e.Secrets {
				p.secrets[s] = true
			}
		case e.Kind == "job":
			p.jobs[e.Job] = e
		case e.Kind == "call" && e.Call.OK() && (strings.HasPrefix(e.Call.Method, "send") || strings.HasPrefix(e.Call.Method, "edit")):
			p.calls = append(p.calls, e)
		}
	}
	for _, invariant := range []func(){
		p.received, p.held, p.firstWins, p.duplicates, p.inOrder, p.obeyed, p.private, p.masked, p.strangers, p.drained, p.released, p.once, p.answered,
	} {
		invariant()
	}
	return p.found
}

func (p *past) broken(invariant, format string, args ...any) {
	p.found = append(p.found, breach{invariant, fmt.Sprintf(format, args...)})
}

// received is I1: whoever was told "received" has a job and a card, and whoever
// finished a report was told.
func (p *past) received() {
	cards := map[string]bool{}
	for _, e := range p.calls {
		if e.Call.Chat == dutyChat || e.Call.Chat == grownChat {
			for _, no := range numbers.FindAllString(e.Call.Params["text"], -1) {
				cards[no] = true
			}
		}
	}
	sent, told := map[int64]bool{}, map[int64]bool{}
	for _, e := range p.events {
		switch {
		case e.Kind == "act" && e.What == "outage.summary.say":
			sent[e.Who] = true
		case e.Kind == "heard" && strings.HasSuffix(e.What, "receipt.say"):
			told[e.Who] = true
			if !slices.Contains(p.jobs[e.Job].Chats, e.Who) {
				p.broken("I1", "%d was told that %q is received, and the desk does not know of it", e.Who, e.Job)
			}
			if !cards[e.Job] {
				p.broken("I1", "%s has no card in the group", e.Job)
			}
		}
	}
	for who := range sent {
		if !told[who] {
			p.broken("I1", "%d finished a report and has no receipt", who)
		}
	}
}

// held is I2: at no time more than two hold a job, and nobody twice.
func (p *past) held() {
	for no, j := range p.jobs {
		hold := map[int64]bool{}
		for _, e := range j.Entries {
			switch {
			case e.What == "claimed" && hold[e.Who]:
				p.broken("I2", "%d took %s twice", e.Who, no)
			case e.What == "claimed":
				hold[e.Who] = true
			case e.What == "released":
				delete(hold, e.Who)
			}
			if len(hold) > 2 {
				p.broken("I2", "%s was held by %d people at once", no, len(hold))
			}
		}
		if len(j.Holders) > 2 || len(j.Holders) == 2 && j.Holders[0] == j.Holders[1] {
			p.broken("I2", "%s is held by %v", no, j.Holders)
		}
	}
}

// firstWins is I2 as people see it: who was told that they hold a job did take
// it, and nobody who was told "taken" was told so before the winners pressed.
func (p *past) firstWins() {
	pressed := map[int64]map[string]time.Time{} // by who and job: the first press of Claim
	for _, e := range p.events {
		if e.Kind == "press" && e.What == "claim" {
			if pressed[e.Who] == nil {
				pressed[e.Who] = map[string]time.Time{}
			}
			if pressed[e.Who][e.Job].IsZero() {
				pressed[e.Who][e.Job] = e.At
			}
		}
	}
	for _, e := range p.events {
		if e.Kind != "toast" {
			continue
		}
		took := slices.DeleteFunc(slices.Clone(p.jobs[e.Job].Entries), func(d entry) bool { return d.What != "claimed" })
		switch e.What {
		case "toast.claimed":
			if !slices.ContainsFunc(took, func(d entry) bool { return d.Who == e.Who }) {
				p.broken("I2", "%d was told to hold %s and never took it", e.Who, e.Job)
			}
		case "toast.taken":
			for _, winner := range took[:min(2, len(took))] {
				if pressed[winner.Who][e.Job].After(e.At) {
					p.broken("I2", "%d was refused %s before %d, who got it, had pressed", e.Who, e.Job, winner.Who)
				}
			}
		}
	}
}

// onTheWire is how long a call may have been under way when a 429 closed its
// scope: that one could not obey.
const onTheWire = 300 * time.Millisecond

// obeyed is I5: no call comes inside the wait of a 429.
func (p *past) obeyed() {
	for _, e := range p.events {
		if e.Kind != "early" {
			continue
		}
		justClosed := slices.ContainsFunc(p.events, func(c event) bool {
			return c.Kind == "call" && c.Call.Code == 429 && c.Call.Fault != "" && !c.At.After(e.At) && e.At.Sub(c.At) < onTheWire
		})
		if !justClosed {
			p.broken("I5", "%s, chat %d, came %s early", e.What, e.Who, e.Early)
		}
	}
}

// private is I7: nothing of a resident is in a group, a log or a metric.
func (p *past) private() {
	for _, e := range p.events {
		text := ""
		switch {
		case e.Kind == "output":
			text = e.Text
		case e.Kind == "call" && e.Call.Chat < 0:
			text = strings.Join(slices.Collect(maps.Values(e.Call.Params)), "\n")
		}
		for secret := range p.secrets {
			if text != "" && strings.Contains(text, secret) {
				p.broken("I7", "%s says %q", cmp.Or(e.What, "a group"), secret)
			}
		}
	}
}

// masked is I8: the token is in nothing that is printed or sent.
func (p *past) masked() {
	_, secret, _ := strings.Cut(secretToken, ":")
	for _, e := range p.events {
		said := e.Kind == "output" && strings.Contains(e.Text, secret)
		if e.Kind == "call" {
			said = strings.Contains(strings.Join(slices.Collect(maps.Values(e.Call.Params)), "\n"), secret)
		}
		if said {
			p.broken("I8", "%s shows the token", cmp.Or(e.What, "a call"))
		}
	}
}

// strangers is I9: whoever is not in the duty group moves nothing.
func (p *past) strangers() {
	for no, j := range p.jobs {
		for _, e := range j.Entries {
			if p.roles[e.Who] == "stranger" {
				p.broken("I9", "the stranger %d has %s %s", e.Who, e.What, no)
			}
		}
	}
	for _, e := range p.events {
		if e.Kind == "toast" && p.roles[e.Who] == "stranger" && e.What != "toast.not_member" && e.What != "toast.try_again" {
			p.broken("I9", "the stranger %d was told %s", e.Who, e.What)
		}
	}
}

// once is I11: nothing that a person did counts twice.
func (p *past) once() {
	has := map[int64][]string{}
	for no, j := range p.jobs {
		for _, chat := range j.Chats {
			has[chat] = append(has[chat], no)
		}
	}
	for who, jobs := range has {
		if who != 0 && len(jobs) > 1 {
			p.broken("I11", "%d reported once and has %v", who, jobs)
		}
	}
}

// answered is the promise itself: whoever says something hears something.
func (p *past) answered() {
	acted, heard := map[int64]event{}, map[int64]time.Time{}
	for _, e := range p.events {
		switch e.Kind {
		case "stuck":
			p.broken("answered", "%d (%s) waits for an answer to %q %s", e.Who, cmp.Or(e.Text, p.roles[e.Who]), e.What, e.Job)
		case "act":
			acted[e.Who] = e
		}
	}
	for _, e := range p.calls {
		heard[e.Call.Chat] = e.At
	}
	for who, e := range acted {
		if heard[who].Before(e.At) {
			p.broken("answered", "%d said %q and heard nothing", who, e.Text)
		}
	}
}
