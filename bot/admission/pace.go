package admission

import (
	"time"

	"powerdesk/flows/talk"
	"powerdesk/flows/understand"
)

// Pace is how fast one person may take turns, and how many people may begin. The
// zero Pace is no limit.
type Pace struct {
	Burst  int           // so many at once
	Every  time.Duration // and then one each
	Notice time.Duration // who is faster is told so once in this time
	People int           // of so many it is remembered
	Crowd  Crowd
}

// thumbs is the pace of people. Each number has its reason:
//
//	Burst   a whole report is twelve to twenty turns; who knows the way taps through it
//	Every   nobody reads an answer and types the next one within three seconds for long
//	Notice  the notice is no second flood, and whoever comes back finds it near
//	People  more than a county writes in a minute; some 100 bytes each
var thumbs = Pace{Burst: 20, Every: 3 * time.Second, Notice: time.Minute, People: 20_000}

// PaceFor is the pace of those who write to a desk with this send rate: before a
// stand-in, which has no limits, people are played by a program.
func PaceFor(sendRate int) Pace {
	if sendRate == 0 {
		return Pace{}
	}
	p := thumbs
	p.Crowd = crowdFor(sendRate)
	return p
}

// person is what is remembered of one.
type person struct {
	turns  bucket
	came   time.Time       // last
	told   time.Time       // that they are too fast
	served time.Time       // last; zero = not at all
	shut   time.Time       // told that there are too many
	album  string          // the last one: ten pictures are one act
	owed   map[string]bool // events that were let in and failed: they come again, and are not paid for twice
}

// owedAtMost bounds what is remembered of one person's failed events: Telegram
// brings one of a chat at a time.
const owedAtMost = 32

// paces judges a turn by how fast its sender is. /start is what somebody does who
// is lost.
func (c *Control) paces(p *person, e talk.Event, now time.Time) Verdict {
	if e.Kind == talk.Command && e.Command == "start" || p.turns.take(c.Burst, c.Every, now) || dangerous(e) {
		return Verdict{}
	}
	told := !p.told.IsZero() && now.Sub(p.told) < c.Notice
	if !told {
		p.told = now
	}
	return Verdict{Why: TooFast, told: told}
}

// talks says whether an event is a turn of a talk: what somebody says to the desk
// in private. What is said in a group is said to the others there, and who is in
// one of the desk's is known. A press is answered by a toast and is never a flood
// of messages; and a message that was changed is never an answer.
func talks(e talk.Event) bool {
	switch e.Kind {
	case talk.Text, talk.Attach, talk.Pinned, talk.Contact, talk.Other, talk.Command:
		return e.Chat.Kind == talk.Private
	default:
		return false
	}
}

// dangerous says whether a turn names a danger, be it in doubt: that is never
// held back.
func dangerous(e talk.Event) bool {
	return understand.Danger(e.Text).Kind != ""
}

// person gives what is remembered of somebody. For whoever comes when there is no
// room for one more nothing is: a storm must not turn them away.
func (c *Control) person(id int64, now time.Time) *person {
	if p := c.people[id]; p != nil {
		p.came = now
		return p
	}
	if len(c.people) >= c.People {
		c.sweep(now)
	}
	p := &person{turns: bucket{float64(c.Burst), now}, came: now}
	if len(c.people) < c.People {
		c.people[id] = p
	}
	return p
}

// sweep forgets whose bucket is full again, at most once a second: it looks at
// everybody. Who is in a talk stays, so that a flood of strangers does not make
// them one: there are a few thousand of these at most (Crowd). Of whomever it has
// no room for Redis knows (knows).
func (c *Control) sweep(now time.Time) {
	if now.Sub(c.swept) < time.Second {
		return
	}
	c.swept = now
	full := max(time.Duration(c.Burst)*c.Every, c.Notice, c.Crowd.Notice)
	for id, p := range c.people {
		if now.Sub(p.came) >= full && len(p.owed) == 0 && !p.inTalk(now, c.Crowd.Stay) {
			delete(c.people, id)
		}
	}
}

// bucket fills by itself.
type bucket struct {
	left float64
	at   time.Time
}

// take takes one out if there is one.
func (b *bucket) take(burst int, every time.Duration, now time.Time) bool {
	if gained := now.Sub(b.at); gained > 0 {
		b.left = min(float64(burst), b.left+float64(gained)/float64(every))
		b.at = now
	}
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}
